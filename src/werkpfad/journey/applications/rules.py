"""When a pupil may apply to a slot, and how an application ends. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from werkpfad.base.core.days import day_of, end_of_day
from werkpfad.base.core.school_year import add_working_days, age_on
from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeStatus

MAX_OPEN = 3


class Event(StrEnum):
    """What can happen to an open application."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    SUPERSEDE = "supersede"


_S, _E = ApplicationState, Event
TRANSITIONS: Mapping[tuple[ApplicationState, Event], ApplicationState] = {
    (_S.OPEN, _E.ACCEPT): _S.ACCEPTED,
    (_S.OPEN, _E.DECLINE): _S.DECLINED,
    (_S.OPEN, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.OPEN, _E.EXPIRE): _S.EXPIRED,
    (_S.OPEN, _E.SUPERSEDE): _S.SUPERSEDED,
}


class NotPossible(Exception):
    """The application is closed already; nothing was written."""

    def __init__(self, state: ApplicationState, event: Event) -> None:
        super().__init__(f"{event} in {state}")
        self.state, self.event = state, event


def after(state: str, event: Event) -> ApplicationState:
    """The next state; raises `NotPossible` for a pair that is not in the table."""
    try:
        return TRANSITIONS[ApplicationState(state), event]
    except KeyError:
        raise NotPossible(ApplicationState(state), event) from None


class Barrier(StrEnum):
    """Why an application is not possible."""

    PROGRAMME_CLOSED = "programme_closed"
    NOT_DIRECT = "not_direct"
    OFFER_CLOSED = "offer_closed"
    STARTED = "started"
    FULL = "full"
    SCHOOL = "school"
    GRADE = "grade"
    AGE = "age"
    TOO_MANY = "too_many"
    ALREADY = "already"
    HAS_PLACE = "has_place"


SENTENCES: Mapping[Barrier, str] = {
    Barrier.PROGRAMME_CLOSED: "Das Programm ist gerade nicht offen.",
    Barrier.NOT_DIRECT: "In diesem Programm werden die Plätze zugeteilt. Setze das Angebot auf die Wunschliste.",
    Barrier.OFFER_CLOSED: "Das Angebot ist gerade nicht offen.",
    Barrier.STARTED: "Der Zeitraum hat schon begonnen.",
    Barrier.FULL: "Alle Plätze sind vergeben.",
    Barrier.SCHOOL: "Das Programm ist für andere Schulen gedacht.",
    Barrier.GRADE: "Das Programm ist für andere Klassenstufen gedacht.",
    Barrier.AGE: "Das Mindestalter ist am ersten Tag noch nicht erreicht.",
    Barrier.TOO_MANY: f"Es sind schon {MAX_OPEN} Bewerbungen offen. Zieh erst eine zurück oder warte auf Antwort.",
    Barrier.ALREADY: "Hier läuft schon eine Bewerbung.",
    Barrier.HAS_PLACE: "Für diese Zeit gibt es schon einen bestätigten Platz.",
}


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies: `has_place` for a confirmed place in the same time, `open_slots` of open applications."""

    birth_date: date
    grade: int
    school_id: int
    open_slots: frozenset[int] = frozenset()
    has_place: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where: `school_ids` and `grades` empty means open to all; `is_active` is true while the company takes part."""

    slot_id: int
    first_day: date
    programme_status: str
    accepts_direct: bool
    offer_status: str
    paused_until: date | None
    min_age: int
    grades: frozenset[int]
    school_ids: frozenset[int]
    seats_free: int
    is_active: bool = True


def barriers(applicant: Applicant, target: Target, *, today: date) -> tuple[Barrier, ...]:
    """Everything that stands in the way, in the order of the enum; empty means the pupil may apply."""
    paused = target.paused_until is not None and target.paused_until > today
    tests = {
        Barrier.PROGRAMME_CLOSED: target.programme_status != ProgrammeStatus.OPEN,
        Barrier.NOT_DIRECT: not target.accepts_direct,
        Barrier.OFFER_CLOSED: not target.is_active
        or target.offer_status != OfferStatus.PUBLISHED
        or paused,
        Barrier.STARTED: target.first_day <= today,
        Barrier.FULL: target.seats_free < 1,
        Barrier.SCHOOL: bool(target.school_ids) and applicant.school_id not in target.school_ids,
        Barrier.GRADE: bool(target.grades) and applicant.grade not in target.grades,
        Barrier.AGE: age_on(applicant.birth_date, target.first_day) < target.min_age,
        Barrier.TOO_MANY: len(applicant.open_slots) >= MAX_OPEN,
        Barrier.ALREADY: target.slot_id in applicant.open_slots,
        Barrier.HAS_PLACE: applicant.has_place,
    }
    return tuple(barrier for barrier in Barrier if tests[barrier])


def answer_deadline(at: datetime, *, working_days: int, state: str, first_day: date) -> datetime:
    """The evening of the n-th working day, but never later than the evening before the first day."""
    day = add_working_days(day_of(at), working_days, state)
    return max(end_of_day(min(day, first_day - timedelta(days=1))), at + timedelta(hours=1))


def age_band(birth_date: date, day: date) -> str:
    """All a company learns of a pupil's age before it has said yes and everybody agreed."""
    age = age_on(birth_date, day)
    if age < 15:
        return "unter 15 Jahre"
    return "15 bis 17 Jahre" if age < 18 else "18 Jahre oder älter"
