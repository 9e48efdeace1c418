"""One world for all probes of a worker: building it is dear, and each probe throws its own changes away."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.access.sign_in import sign_in_all
from tests.access.world import World, build_world

FIGURES = Path(__file__).parents[2] / "build" / "figures"


@pytest.fixture(scope="module")
def shared_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        sign_in_all(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(shared_world: World) -> Iterator[World]:
    """The shared world inside a savepoint of this test's own."""
    with transaction.atomic():
        yield shared_world
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def queries_per_page(worker_id: str) -> Iterator[dict[str, int]]:
    """Every page and role with its number of queries; left for `./dev figures`."""
    counts: dict[str, int] = {}
    yield counts
    FIGURES.mkdir(parents=True, exist_ok=True)
    (FIGURES / f"queries-{worker_id}.json").write_text(json.dumps(counts, sort_keys=True))
