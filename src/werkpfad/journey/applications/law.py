"""Whether a concrete internship may happen under the JArbSchG, in plain German with the paragraph.

Pure values in, a verdict out. Statute text as of 2022 with the changes of 2025. The verdict is a help for the
people who decide, not legal advice: what cannot be judged from values comes back as NEEDS_DECISION.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from werkpfad.base.core.school_year import State, age_on, is_public_holiday, is_school_holiday

CHILD_BELOW = 15
ADULT_FROM = 18
DAY_BEGINS, DAY_ENDS = time(6), time(20)
HOLIDAY_WEEKS = 4


class Outcome(StrEnum):
    ALLOWED = "allowed"
    NEEDS_DECISION = "needs_decision"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result: a stable code, its weight, a sentence for people, and where it stands (may be empty)."""

    code: str
    outcome: Outcome
    sentence: str
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Longest working time without breaks, in hours; None for adults, who fall under the ArbZG."""

    hours_a_day: int | None
    hours_a_week: int | None
    sentence: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one pupil in one place. Both days are included; times are the company's usual ones."""

    birth_date: date
    is_full_time_compulsory: bool
    is_school_event: bool
    first_day: date
    last_day: date
    state: State | str
    min_age: int
    starts_at: time | None = None
    ends_at: time | None = None

    @property
    def age(self) -> int:
        return age_on(self.birth_date, self.first_day)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings and the limit of hours that applies; `outcome` is the heaviest finding."""

    findings: tuple[Finding, ...]
    limits: Limits

    @property
    def outcome(self) -> Outcome:
        found = {finding.outcome for finding in self.findings}
        if Outcome.BLOCKED in found:
            return Outcome.BLOCKED
        return Outcome.NEEDS_DECISION if Outcome.NEEDS_DECISION in found else Outcome.ALLOWED

    @property
    def is_blocked(self) -> bool:
        return self.outcome is Outcome.BLOCKED


def check(case: Case) -> Verdict:
    """Judge one concrete internship."""
    limits = hour_limits(case)
    findings = [
        *_age(case),
        *_voluntary(case),
        *_times(case, limits),
        *_day(case),
    ]
    return Verdict(tuple(findings), limits)


def hour_limits(case: Case) -> Limits:
    """7/35 hours bind to full-time compulsory schooling, not to age alone (§ 2 Abs. 3 with § 7)."""
    if case.age >= ADULT_FROM:
        return Limits(None, None, "Für Volljährige gilt das Arbeitszeitgesetz.", "§ 3 ArbZG")
    is_child = case.is_full_time_compulsory or case.age < CHILD_BELOW
    if is_child and case.is_school_event:
        return Limits(
            7,
            35,
            "Höchstens 7 Stunden am Tag und 35 Stunden in der Woche, nur leichte Tätigkeiten.",
            "§ 7 Satz 1 Nr. 2 JArbSchG",
        )
    return Limits(
        8,
        40,
        "Höchstens 8 Stunden am Tag und 40 Stunden in der Woche.",
        "§ 8 Abs. 1 JArbSchG",
    )


def _age(case: Case) -> list[Finding]:
    if case.age >= case.min_age:
        return []
    return [
        Finding(
            "min_age",
            Outcome.BLOCKED,
            f"Für diesen Platz muss man am ersten Tag mindestens {case.min_age} Jahre alt sein.",
        )
    ]


def _voluntary(case: Case) -> list[Finding]:
    """Internships that are no school event; see § 5 Abs. 1 and 4."""
    if case.is_school_event or case.age >= ADULT_FROM:
        return []
    if case.age < CHILD_BELOW:
        return [
            Finding(
                "voluntary_child",
                Outcome.BLOCKED,
                "Unter 15 Jahren ist ein freiwilliges Praktikum nicht erlaubt. "
                "Möglich ist es nur, wenn die Schule es zur Schulveranstaltung erklärt.",
                "§ 5 Abs. 1 und 2 JArbSchG",
            )
        ]
    if not case.is_full_time_compulsory:
        return []
    if not _all_in_holidays(case):
        return [
            Finding(
                "voluntary_school_time",
                Outcome.BLOCKED,
                "Wer noch vollzeitschulpflichtig ist, darf ein freiwilliges Praktikum nur in den Schulferien machen.",
                "§ 5 Abs. 4 JArbSchG",
            )
        ]
    if case.last_day - case.first_day >= timedelta(weeks=HOLIDAY_WEEKS):
        return [
            Finding(
                "voluntary_too_long",
                Outcome.BLOCKED,
                "In den Schulferien sind höchstens vier Wochen im Kalenderjahr erlaubt.",
                "§ 5 Abs. 4 JArbSchG",
            )
        ]
    return []


def _all_in_holidays(case: Case) -> bool:
    """Whether each weekday lies in school holidays or on a public holiday."""
    span = (case.last_day - case.first_day).days + 1
    days = (case.first_day + timedelta(days=n) for n in range(span))
    return all(
        is_school_holiday(day, case.state) or is_public_holiday(day, case.state)
        for day in days
        if day.weekday() < 5
    )


def _times(case: Case, limits: Limits) -> list[Finding]:
    if case.starts_at is None or case.ends_at is None or case.age >= ADULT_FROM:
        return []
    found: list[Finding] = []
    if case.starts_at < DAY_BEGINS or case.ends_at > DAY_ENDS:
        strict = case.age < 16 or (case.is_full_time_compulsory and case.is_school_event)
        found.append(
            Finding(
                "night",
                Outcome.BLOCKED if strict else Outcome.NEEDS_DECISION,
                "Gearbeitet werden darf nur zwischen 6 und 20 Uhr."
                if strict
                else "Vor 6 und nach 20 Uhr darf ab 16 Jahren nur in wenigen Branchen gearbeitet werden. "
                "Bitte die Zeiten mit dem Betrieb klären.",
                "§ 14 JArbSchG",
            )
        )
    hours = working_hours(case.starts_at, case.ends_at)
    if limits.hours_a_day is not None and hours > limits.hours_a_day:
        found.append(
            Finding(
                "hours_a_day",
                Outcome.NEEDS_DECISION,
                f"Die üblichen Zeiten des Betriebs sind zu lang: Erlaubt sind höchstens "
                f"{limits.hours_a_day} Stunden am Tag ohne Pausen. Bitte kürzere Zeiten vereinbaren.",
                limits.paragraph,
            )
        )
    return found


def present_minutes(starts_at: time, ends_at: time) -> int:
    """Minutes between two times of one day."""
    return (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute


def break_minutes(starts_at: time, ends_at: time) -> int:
    """The whole break of § 11 JArbSchG that belongs to these times: 60 above six hours of work, 30 above four and a half."""
    minutes = present_minutes(starts_at, ends_at)
    return 60 if minutes > 6.5 * 60 else 30 if minutes > 4.5 * 60 else 0


def working_hours(starts_at: time, ends_at: time) -> float:
    """Hours of work in this time at the most. Where `break_minutes` begins to count, a break may be a little shorter."""
    present = present_minutes(starts_at, ends_at) / 60
    if present - 0.5 > 6:
        return max(present - 1, 6.0)
    return max(present - 0.5, 4.5) if present > 4.5 else present


def _day(case: Case) -> list[Finding]:
    """A single day on a weekend or public holiday; longer internships leave these days out."""
    if case.first_day != case.last_day or case.age >= ADULT_FROM:
        return []
    if case.first_day.weekday() == 6 or is_public_holiday(case.first_day, case.state):
        return [
            Finding(
                "sunday",
                Outcome.NEEDS_DECISION,
                "An Sonn- und Feiertagen darf nur in wenigen Branchen gearbeitet werden.",
                "§§ 17, 18 JArbSchG",
            )
        ]
    if case.first_day.weekday() == 5:
        return [
            Finding(
                "saturday",
                Outcome.NEEDS_DECISION,
                "An Samstagen darf nur in bestimmten Branchen gearbeitet werden, mit einem freien Tag als Ausgleich.",
                "§ 16 JArbSchG",
            )
        ]
    return []
