"""Reach of every pupil of a round: seldom asked, so computed when the page is opened."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date

from werkpfad.base.core.school_year import age_on
from werkpfad.journey.applications.law import check
from werkpfad.journey.applications.queries import case_of
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.internships.queries import open_slots, pupils_of
from werkpfad.journey.matching.models import Entry, Round
from werkpfad.journey.matching.queries.wishes import pupil_facts, slot_facts, with_facts
from werkpfad.journey.matching.reach import Reach, Stop, Walker, reaches
from werkpfad.region.schools.models import Pupil


@dataclass(frozen=True, slots=True)
class ReachRow:
    """One pupil with the reach and the own limit in km; names are not loaded into it."""

    pupil: Pupil
    reach: Reach
    max_km: int


@dataclass(frozen=True, slots=True)
class ClassReach:
    """One class: pupils, those who reach nothing, those who reach few."""

    school: str
    name: str
    pupils: int
    none: int
    few: int


def reach_rows(round_: Round, *, today: date) -> list[ReachRow]:
    """Every pupil who could take part, the least reach first. Five queries; the law is asked once per age."""
    programme = round_.programme
    slots = [
        slot
        for slot in with_facts(open_slots(programme)).order_by("pk")
        if slot.capacity > slot.taken
    ]
    pupils = list(
        pupils_of(programme, today=today)
        .select_related("school_class__school__organisation", "profile")
        .distinct()
    )
    days = _days(round_) if programme.kind == ProgrammeKind.WEEK else {}
    ages: dict[Hashable, Pupil] = {}
    walkers = [_walker(round_, pupil, slots, days, ages) for pupil in pupils]
    stops = [
        Stop(slot.offer.public_id, slot_facts(slot).point, slot.first_day.isoformat())
        for slot in slots
    ]
    found = reaches(walkers, stops, lambda law: [_permits(ages[law], slot) for slot in slots])
    rows = [
        ReachRow(pupil, reach, walker.max_km)
        for pupil, reach, walker in zip(pupils, found, walkers, strict=True)
    ]
    return sorted(rows, key=lambda row: (row.reach.reachable, row.pupil.public_id))


def _days(round_: Round) -> dict[int, frozenset[str]]:
    """Days that suit, of those who have said so."""
    rows = Entry.objects.filter(round=round_).values_list("pupil", "days")
    return {pupil: frozenset(days) for pupil, days in rows if days}


def _walker(
    round_: Round,
    pupil: Pupil,
    slots: list[Slot],
    days: dict[int, frozenset[str]],
    ages: dict[Hashable, Pupil],
) -> Walker:
    facts = pupil_facts(pupil)
    moments = sorted({day for slot in slots for day in (slot.first_day, slot.last_day)})
    law = (
        pupil.is_full_time_compulsory,
        *(age_on(pupil.birth_date, day) for day in moments),
    )
    ages.setdefault(law, pupil)
    limit = min(facts.max_km, round_.programme.max_distance_km)
    return Walker(pupil.public_id, facts.home, limit, law, days.get(pupil.pk))


def _permits(pupil: Pupil, slot: Slot) -> bool:
    """Whether age and law let somebody of this pupil's age take the slot."""
    facts = replace(slot_facts(slot), free=1)
    old_enough = age_on(pupil.birth_date, slot.first_day) >= facts.min_age
    return old_enough and not check(case_of(pupil, slot)).is_blocked


def by_class(rows: list[ReachRow]) -> list[ClassReach]:
    """Classes in which somebody reaches nothing or few, most concerned first."""
    counts: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        school_class = row.pupil.school_class
        key = (school_class.school.organisation.name, school_class.name)
        cell = counts.setdefault(key, [0, 0, 0])
        cell[0] += 1
        cell[1] += row.reach.level == "none"
        cell[2] += row.reach.level == "few"
    found = [ClassReach(*key, *cell) for key, cell in counts.items() if cell[1] + cell[2]]
    return sorted(found, key=lambda row: (-row.none - row.few, row.school, row.name))
