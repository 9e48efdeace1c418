"""Wish lists: filled in by the pupil, or by a teacher for the pupil, until the deadline; never after it.

In the leftover market whoever has no place chooses again, or for the first time. `has_place` says whether the pupil
has one, confirmed or proposed, which only `placements` knows.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.internships.queries import days_of
from werkpfad.journey.matching.models import Entry, FieldWish, Round, Wish
from werkpfad.journey.matching.queries import all_obstacles, phase_of, rounds_for
from werkpfad.journey.matching.rules import (
    NotValid,
    Obstacle,
    Problem,
    fewest_wishes,
    is_open_for_wishes,
    submit_problems,
    week_problems,
)
from werkpfad.region.schools.models import Pupil


class WishesClosed(Exception):
    """The deadline has passed, has not begun, or the pupil does not take part; nothing was written."""


class NotEligible(Exception):
    """The place cannot be wished for; `obstacles` say why, in the pupil's words."""

    def __init__(self, found: Sequence[Obstacle]) -> None:
        super().__init__("; ".join(obstacle.text for obstacle in found))
        self.obstacles = tuple(found)


@transaction.atomic
def add_wish(
    *,
    round_: Round,
    pupil: Pupil,
    slot: Slot,
    by: Actor,
    at: datetime,
    place: int | None = None,
    has_place: bool = False,
) -> Entry:
    """Put a slot at the end of the list, or back at `place` (1 = first). Adding twice changes nothing.

    Raises `WishesClosed`, `NotEligible`, or `NotValid` if the list is full.
    """
    entry = _entry(round_, pupil, ProgrammeKind.BLOCK, at=at, has_place=has_place)
    if slot.programme_id != round_.programme_id:
        raise WishesClosed
    found = [o for o in all_obstacles(pupil, slot) if o.is_hard]
    if found:
        raise NotEligible(found)
    order = list(entry.wishes.order_by("rank").values_list("slot_id", flat=True))
    if slot.pk in order:
        return entry
    if len(order) >= round_.max_wishes:
        text = f"Deine Liste ist voll: Mehr als {round_.max_wishes} Wünsche gehen nicht."
        raise NotValid([Problem("", text)])
    order.insert(len(order) if place is None else max(place - 1, 0), slot.pk)
    _store(entry, order, by=by, at=at)
    return entry


@transaction.atomic
def order_wishes(
    *,
    round_: Round,
    pupil: Pupil,
    slots: Sequence[str],
    by: Actor,
    at: datetime,
    has_place: bool = False,
) -> Entry:
    """Make `slots` (public ids of slots on the list, dearest first) the new list; left-out ones are removed."""
    entry = _entry(round_, pupil, ProgrammeKind.BLOCK, at=at, has_place=has_place)
    known = dict(entry.wishes.values_list("slot__public_id", "slot_id"))
    order = [known[slot] for slot in dict.fromkeys(slots) if slot in known]
    _store(entry, order, by=by, at=at)
    return entry


@transaction.atomic
def submit_wishes(
    *,
    round_: Round,
    pupil: Pupil,
    takes_other: bool,
    by: Actor,
    at: datetime,
    has_place: bool = False,
) -> Entry:
    """Hand the list in. It may still be changed until the deadline. Raises `NotValid` or `WishesClosed`."""
    entry = _entry(round_, pupil, ProgrammeKind.BLOCK, at=at, has_place=has_place)
    problems = submit_problems(
        entry.wishes.count(),
        min_wishes=_fewest(round_, at=at),
        max_wishes=round_.max_wishes,
    )
    if problems:
        raise NotValid(problems)
    entry.takes_other, entry.submitted_at = takes_other, at
    entry.save(update_fields=["takes_other", "submitted_at", "updated_at"])
    _record("wishes_submitted", entry, by=by, at=at)
    return entry


@transaction.atomic
def save_week_wishes(
    *,
    round_: Round,
    pupil: Pupil,
    fields: Sequence[Field],
    days: Sequence[date],
    wanted_days: int,
    by: Actor,
    at: datetime,
) -> Entry:
    """Ranked fields, days that suit, and how many days are wanted; handed in at once."""
    entry = _entry(round_, pupil, ProgrammeKind.WEEK, at=at)
    programme = round_.programme
    problems = week_problems(
        [field.code for field in fields],
        days,
        wanted_days,
        possible=days_of(programme),
        max_days=programme.max_days,
    )
    if problems:
        raise NotValid(problems)
    entry.field_wishes.all().delete()
    FieldWish.objects.bulk_create(
        FieldWish(entry=entry, field=field, rank=rank) for rank, field in enumerate(fields, start=1)
    )
    entry.days = sorted(day.isoformat() for day in set(days))
    entry.wanted_days, entry.submitted_at = wanted_days, at
    entry.save(update_fields=["days", "wanted_days", "submitted_at", "updated_at"])
    _record("wishes_submitted", entry, by=by, at=at)
    return entry


def _fewest(round_: Round, *, at: datetime) -> int:
    return fewest_wishes(phase_of(round_, today=day_of(at)), round_.min_wishes)


def _entry(
    round_: Round, pupil: Pupil, kind: ProgrammeKind, *, at: datetime, has_place: bool = False
) -> Entry:
    """The pupil's entry, locked; created on the first wish. Raises `WishesClosed`."""
    if round_.programme.kind != kind or not rounds_for(pupil).filter(pk=round_.pk).exists():
        raise WishesClosed
    phase = phase_of(round_, today=day_of(at))
    if not is_open_for_wishes(phase, has_place=has_place):
        raise WishesClosed
    entry, _ = Entry.objects.get_or_create(round=round_, pupil=pupil)
    return Entry.objects.select_for_update().get(pk=entry.pk)


def _store(entry: Entry, order: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Write the list anew: ranks are unique, so they cannot be moved one by one."""
    entry.wishes.all().delete()
    Wish.objects.bulk_create(
        Wish(entry=entry, slot_id=slot_id, rank=rank) for rank, slot_id in enumerate(order, start=1)
    )
    if entry.submitted_at is not None and len(order) < _fewest(entry.round, at=at):
        entry.submitted_at = None
    entry.save(update_fields=["submitted_at", "updated_at"])
    _record("wishes_changed", entry, by=by, at=at, count=len(order))


def _record(event: str, entry: Entry, *, by: Actor, at: datetime, **facts: int) -> None:
    region_id = entry.round.programme.region_id
    record(event, by=by, at=at, obj=entry, region_id=region_id, **facts)
