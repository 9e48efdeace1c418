"""The summer of a school: classes move up, leavers' access ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.region.schools.actions.pupils import KeyTaken, move_pupil, remove_pupil
from werkpfad.region.schools.models import ClassTeacher, Pupil, School, SchoolClass
from werkpfad.region.schools.rules import (
    HIGHEST_GRADE,
    ClassMove,
    first_day_without,
    may_roll_over,
)


class RollOverNotPossible(Exception):
    """Nothing was changed; `reason` says why in German."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RollOver:
    """What was done."""

    classes: int
    moved: int
    left: int


@transaction.atomic
def roll_over_year(
    *, school: School, from_year: int, moves: Sequence[ClassMove], by: Actor, at: datetime
) -> RollOver:
    """Move classes of `from_year` into the next school year, their pupils and teachers with them, or let them leave.

    Classes that stand in no move stay as they are. All or nothing; running it again moves whoever is left.
    """
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)
    if not may_roll_over(from_year, today=day_of(at)):
        raise RollOverNotPossible("Das Schuljahr läuft noch. Der Wechsel geht ab dem 1. August.")
    by_id = {c.pk: c for c in SchoolClass.objects.filter(school=school, school_year=from_year)}
    moved = left = 0
    for move in moves:
        old = by_id.get(move.class_id)
        if old is None:
            raise RollOverNotPossible("Eine der Klassen gehört nicht zu diesem Schuljahr.")
        current = list(Pupil.objects.filter(school_class=old, left_on__isnull=True))
        if move.new_name is None:
            left += _let_leave(current, from_year, by=by, at=at)
        else:
            moved += _move_up(old, move.new_name, current, by=by, at=at)
    record(
        "school.rolled_over",
        by=by,
        at=at,
        obj=school,
        region_id=school.organisation.region_id,
        from_year=from_year,
        classes=len(moves),
        moved=moved,
        left=left,
    )
    return RollOver(len(moves), moved, left)


def _let_leave(pupils: list[Pupil], from_year: int, *, by: Actor, at: datetime) -> int:
    for pupil in pupils:
        remove_pupil(pupil=pupil, left_on=first_day_without(from_year), by=by, at=at)
    return len(pupils)


def _move_up(
    old: SchoolClass, new_name: str, pupils: list[Pupil], *, by: Actor, at: datetime
) -> int:
    if old.grade >= HIGHEST_GRADE:
        raise RollOverNotPossible(f"Nach der Klasse {old.name} kommt keine höhere mehr.")
    new, _ = SchoolClass.objects.get_or_create(
        school=old.school,
        school_year=old.school_year + 1,
        name=new_name,
        defaults={"grade": old.grade + 1},
    )
    for teaching in old.teachers.all():
        ClassTeacher.objects.get_or_create(school_class=new, user_id=teaching.user_id)
    for pupil in pupils:
        try:
            move_pupil(pupil=pupil, to_class=new, by=by, at=at)
        except KeyTaken:
            raise RollOverNotPossible(
                f"In der Klasse {new_name} steht schon jemand mit derselben Schülernummer wie in {old.name}. "
                "Bitte erst dort aufräumen."
            ) from None
    return len(pupils)
