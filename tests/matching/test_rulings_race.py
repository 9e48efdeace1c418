"""Two offices, one seat, PostgreSQL: never fixed for more pupils than there are seats. A control shows the race."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connections

from tests.factories.rounds import make_list, make_round_class, make_seeded_round, make_slots
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.actions import NotAllowed, make_ruling, rulings
from werkpfad.journey.matching.enums import RulingKind
from werkpfad.journey.matching.models import Entry, Round, Ruling
from werkpfad.region.schools.models import Pupil

RACERS = 8
PAUSE = 0.05

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def race(entries: list[Entry], slot: Slot, now: datetime) -> Counter[str]:
    """Everybody fixes the same slot at the same moment, each for another pupil on another connection."""
    start = threading.Barrier(len(entries))

    def decide(entry: Entry) -> str:
        try:
            start.wait(timeout=20)
            make_ruling(
                round_=entry.round,
                pupil=entry.pupil,
                slot=slot,
                kind=RulingKind.PIN,
                reason="Nur hier gibt es einen Aufzug.",
                by=SYSTEM,
                at=now,
            )
            return "fixed"
        except NotAllowed:
            return "refused"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=len(entries)) as pool:
        return Counter(pool.map(decide, entries))


def slow(
    look: Callable[[Round, Pupil, Slot, RulingKind], list[str]],
) -> Callable[[Round, Pupil, Slot, RulingKind], list[str]]:
    """A pause between looking at the seats and taking one makes the race certain."""

    def looked(round_: Round, pupil: Pupil, slot: Slot, kind: RulingKind) -> list[str]:
        found = look(round_, pupil, slot, kind)
        time.sleep(PAUSE)
        return found

    return looked


def scene(capacity: int) -> tuple[list[Entry], Slot]:
    round_ = make_seeded_round()
    (slot,) = make_slots(round_, capacity)
    school_class = make_round_class(round_)
    return [make_list(round_, [slot], school_class=school_class) for _ in range(RACERS)], slot


def unlocked(round_: Round, *, at: datetime) -> Round:
    return Round.objects.select_related("programme__region").get(pk=round_.pk)


def test_never_fixed_for_more_than_there_are_seats(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries, slot = scene(capacity=2)
    monkeypatch.setattr(rulings, "ruling_problems", slow(rulings.ruling_problems))
    assert race(entries, slot, now) == {"fixed": 2, "refused": RACERS - 2}
    assert Ruling.objects.count() == 2


def test_control_without_the_lock_too_many_are_fixed(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries, slot = scene(capacity=2)
    monkeypatch.setattr(rulings, "ruling_problems", slow(rulings.ruling_problems))
    monkeypatch.setattr(rulings, "_open_round", unlocked)
    race(entries, slot, now)
    assert Ruling.objects.count() > 2
