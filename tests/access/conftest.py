"""One world for all probes of a worker: building it is dear, and each probe throws its own changes away."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access.world import World, build_world


@pytest.fixture(scope="module")
def shared_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(shared_world: World) -> Iterator[World]:
    """The shared world inside a savepoint of this test's own."""
    with transaction.atomic():
        yield shared_world
        transaction.set_rollback(True)
