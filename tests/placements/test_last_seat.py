"""One seat, fifty people, PostgreSQL: never overbooked. Two controls show that the test can fail.

Every thread is one side's last yes for another pupil's placement in the same slot. A pause between looking at the
seat and taking it makes the race certain where nothing prevents it.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections

from tests.factories.schools import make_pupil
from tests.placements.world import ANYBODY, Scene, everybody_says_yes, make_scene
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import answers
from werkpfad.journey.placements.enums import PlacementState, Side
from werkpfad.journey.placements.models import Placement

RACERS = 50
AT_ONCE = 25
PAUSE = 0.02
CONSTRAINT = "slot_not_overbooked"


def scene_with(racers: int, now: datetime, capacity: int = 1) -> tuple[Scene, list[Placement]]:
    """Placements of different pupils that lack the school's yes only."""
    scene = make_scene(capacity=capacity)
    placements = [
        scene.placement(pupil=make_pupil(school_class=scene.school_class, with_user=False))
        for _ in range(racers)
    ]
    for placement in placements:
        everybody_says_yes(placement, at=now, sides=(Side.COMPANY, Side.PUPIL))
    return scene, placements


def race(placements: list[Placement], now: datetime) -> Counter[str]:
    """All last answers at the same moment, each on its own connection; counts what came of them."""
    start = threading.Barrier(min(AT_ONCE, len(placements)))

    def last_yes(placement: Placement) -> str:
        try:
            start.wait(timeout=20)
            done = actions.answer(
                placement=placement, side=Side.SCHOOL, yes=True, by=ANYBODY, at=now
            )
            return str(done.result)
        except IntegrityError:
            return "refused by the database"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        return Counter(pool.map(last_yes, placements))


def seated(scene: Scene) -> int:
    return Placement.objects.filter(slot=scene.slot, state=PlacementState.CONFIRMED).count()


def slow(look: Callable[[int], Slot]) -> Callable[[int], Slot]:
    def looked(slot_id: int) -> Slot:
        slot = look(slot_id)
        time.sleep(PAUSE)
        return slot

    return looked


def unlocked(slot_id: int) -> Slot:
    return Slot.objects.get(pk=slot_id)


@pytest.fixture
def without_constraint(transactional_db: Any) -> Iterator[None]:
    """The database without its own guard; restored afterwards."""
    definition = next(c for c in Slot._meta.constraints if c.name == CONSTRAINT)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Slot, definition)
    yield
    Slot.objects.update(taken=0)
    with connection.schema_editor() as editor:
        editor.add_constraint(Slot, definition)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("capacity", [1, 3])
def test_never_overbooked(now: datetime, monkeypatch: pytest.MonkeyPatch, capacity: int) -> None:
    scene, placements = scene_with(RACERS, now, capacity)
    monkeypatch.setattr(answers, "locked_slot", slow(answers.locked_slot))
    results = race(placements, now)
    scene.slot.refresh_from_db()
    assert results == {"confirmed": capacity, "full": RACERS - capacity}
    assert seated(scene) == scene.slot.taken == capacity


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_the_constraint_alone_holds(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, placements = scene_with(AT_ONCE, now)
    monkeypatch.setattr(answers, "locked_slot", slow(unlocked))
    results = race(placements, now)
    assert seated(scene) == 1
    assert results["refused by the database"] > 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_without_lock_and_constraint_it_overbooks(
    now: datetime, monkeypatch: pytest.MonkeyPatch, without_constraint: None
) -> None:
    scene, placements = scene_with(AT_ONCE, now)
    monkeypatch.setattr(answers, "locked_slot", slow(unlocked))
    race(placements, now)
    assert seated(scene) > 1


@pytest.mark.django_db
def test_the_database_refuses_one_too_many(now: datetime) -> None:
    scene, _ = scene_with(0, now)
    with pytest.raises(IntegrityError):
        Slot.objects.filter(pk=scene.slot.pk).update(taken=2)
