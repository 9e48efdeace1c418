"""What a programme must fulfil, on which days it can take place, and how it moves from draft to closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from werkpfad.base.core.school_year import is_public_holiday, is_school_holiday
from werkpfad.journey.internships.enums import ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.rules.problems import Problem

LONGEST_BLOCK_DAYS = 92
LONGEST_WEEK_DAYS = 42
GRADES = range(5, 14)
AGES = range(12, 22)
DISTANCES_KM = range(1, 201)

STEPS: dict[tuple[str, str], ProgrammeStatus] = {
    (ProgrammeStatus.DRAFT, "open"): ProgrammeStatus.OPEN,
    (ProgrammeStatus.OPEN, "close"): ProgrammeStatus.CLOSED,
    (ProgrammeStatus.CLOSED, "open"): ProgrammeStatus.OPEN,
}


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """What a coordinator decides about a programme. `first_day` and `last_day` are both included.

    `school_ids` are primary keys of schools; none means that all schools of the region take part.
    """

    kind: ProgrammeKind
    title: str
    description: str
    first_day: date
    last_day: date
    offers_until: date
    grades: tuple[int, ...]
    min_age: int
    max_distance_km: int
    max_days: int = 1
    accepts_direct: bool = False
    is_school_event: bool = True
    school_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A weekday in the period of a Praktikumswoche, and why it is not proposed (empty if it is)."""

    day: date
    note: str

    @property
    def is_proposed(self) -> bool:
        return not self.note


def next_status(status: str, step: str) -> ProgrammeStatus | None:
    """The status after `step` ("open", "close"); None if the step is not possible."""
    return STEPS.get((status, step))


def programme_problems(
    plan: ProgrammePlan, *, today: date, before: ProgrammePlan | None = None
) -> list[Problem]:
    """All broken rules. Dates that stay as they were in `before` may lie in the past."""
    return [*_date_problems(plan, today, before), *_number_problems(plan)]


def _date_problems(
    plan: ProgrammePlan, today: date, before: ProgrammePlan | None
) -> Iterable[Problem]:
    longest = LONGEST_BLOCK_DAYS if plan.kind == ProgrammeKind.BLOCK else LONGEST_WEEK_DAYS
    if plan.last_day < plan.first_day:
        yield Problem("last_day", "Der letzte Tag liegt vor dem ersten.")
    elif (plan.last_day - plan.first_day).days >= longest:
        yield Problem("last_day", f"Ein Programm dauert höchstens {longest} Tage.")
    if plan.offers_until > plan.first_day:
        yield Problem("offers_until", "Angebote müssen spätestens am ersten Tag stehen.")
    for name, message in (
        ("first_day", "Der erste Tag liegt in der Vergangenheit."),
        ("offers_until", "Dieser Tag ist schon vorbei."),
    ):
        day: date = getattr(plan, name)
        if day < today and (before is None or getattr(before, name) != day):
            yield Problem(name, message)


def _number_problems(plan: ProgrammePlan) -> Iterable[Problem]:
    if not plan.title.strip():
        yield Problem("title", "Geben Sie dem Programm einen Namen.")
    if not plan.grades or any(grade not in GRADES for grade in plan.grades):
        yield Problem("grades", "Wählen Sie mindestens einen Jahrgang von 5 bis 13.")
    if plan.min_age not in AGES:
        yield Problem("min_age", "Das Mindestalter liegt zwischen 12 und 21 Jahren.")
    if plan.max_distance_km not in DISTANCES_KM:
        yield Problem("max_distance_km", "Die Entfernung liegt zwischen 1 und 200 km.")
    if plan.kind == ProgrammeKind.WEEK and plan.max_days not in range(1, 11):
        yield Problem("max_days", "Zwischen 1 und 10 Tagen je Schüler:in.")


def day_choices(first_day: date, last_day: date, state: str) -> list[DayChoice]:
    """Monday to Friday of the period; public and school holidays are marked and never proposed."""
    span = max((last_day - first_day).days + 1, 0)
    days = (first_day + timedelta(days=n) for n in range(span))
    return [DayChoice(day, _why_not(day, state)) for day in days if day.weekday() < 5]


def _why_not(day: date, state: str) -> str:
    if is_public_holiday(day, state):
        return "Feiertag"
    return "Schulferien" if is_school_holiday(day, state) else ""


def day_problems(days: Iterable[date], *, first_day: date, last_day: date) -> list[Problem]:
    """A Praktikumswoche needs a day, and every day lies in its period from Monday to Friday."""
    chosen = list(days)
    if not chosen:
        return [Problem("days", "Wählen Sie mindestens einen Tag.")]
    if any(not first_day <= day <= last_day or day.weekday() > 4 for day in chosen):
        return [Problem("days", "Ein gewählter Tag liegt nicht im Zeitraum des Programms.")]
    return []
