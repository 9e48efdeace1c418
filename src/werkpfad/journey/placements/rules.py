"""How a placement moves, who must act, and which seats and days exclude each other. Values only.

A placement is proposed, then confirmed once company, pupil and school have all said yes, in any order.
Only confirmed placements hold a seat. Every other end is final: a new chance is a new placement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.placements.enums import ACTIVE, SEATED, Answer, PlacementState, Side


class Event(StrEnum):
    """What can happen to a placement."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    SUPERSEDE = "supersede"
    LOSE_SEAT = "lose_seat"
    EXPIRE = "expire"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    COMPLETE = "complete"


_S, _E = PlacementState, Event
TRANSITIONS: Mapping[tuple[PlacementState, Event], PlacementState] = {
    (_S.PROPOSED, _E.CONFIRM): _S.CONFIRMED,
    (_S.PROPOSED, _E.DECLINE): _S.DECLINED,
    (_S.PROPOSED, _E.SUPERSEDE): _S.DECLINED,
    (_S.PROPOSED, _E.LOSE_SEAT): _S.DECLINED,
    (_S.PROPOSED, _E.EXPIRE): _S.EXPIRED,
    (_S.PROPOSED, _E.CANCEL): _S.CANCELLED,
    (_S.PROPOSED, _E.WITHDRAW): _S.CANCELLED,
    (_S.CONFIRMED, _E.CANCEL): _S.CANCELLED,
    (_S.CONFIRMED, _E.COMPLETE): _S.COMPLETED,
}


class NotPossible(Exception):
    """The event does not fit the state; nothing was written."""

    def __init__(self, state: PlacementState, event: Event) -> None:
        super().__init__(f"{event} in {state}")
        self.state, self.event = state, event


def may(state: str, event: Event) -> bool:
    return (PlacementState(state), event) in TRANSITIONS


def after(state: str, event: Event) -> PlacementState:
    """The next state; raises `NotPossible` for a pair that is not in the table."""
    try:
        return TRANSITIONS[PlacementState(state), event]
    except KeyError:
        raise NotPossible(PlacementState(state), event) from None


def seat_change(before: str, then: str) -> int:
    """+1 when a seat is taken, -1 when one becomes free, 0 otherwise."""
    return (then in SEATED) - (before in SEATED)


def has_seat(*, capacity: int, taken: int) -> bool:
    return taken < capacity


def exclusive_key(
    state: str, *, kind: str, programme_id: int, pupil_id: int, slot_id: int, first_day: date
) -> str | None:
    """What at most one placement may hold at a time; a unique column makes a second one impossible.

    Proposed: one per pupil and slot, so that several companies may say yes before the pupil chooses.
    Seated: one per pupil and block programme, or per pupil and day of a week. Closed: nothing.
    """
    if state not in ACTIVE:
        return None
    if state not in SEATED:
        return f"open:{pupil_id}:{slot_id}"
    if kind == ProgrammeKind.BLOCK:
        return f"block:{pupil_id}:{programme_id}"
    return f"day:{pupil_id}:{first_day:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """When and in which programme a slot is; both days are included."""

    kind: str
    programme_id: int
    first_day: date
    last_day: date


def excludes(one: Stretch, other: Stretch) -> bool:
    """Whether a pupil can have only one of two: the same block programme, or days that overlap."""
    if one.programme_id == other.programme_id and one.kind == ProgrammeKind.BLOCK:
        return True
    return one.first_day <= other.last_day and other.first_day <= one.last_day


@dataclass(frozen=True, slots=True)
class Said:
    """What one side has answered, and until when it should."""

    side: str
    answer: str
    due_at: datetime


_TURN = {Side.COMPANY: 0, Side.PUPIL: 1, Side.SCHOOL: 2}


def open_sides(said: Iterable[Said]) -> tuple[Side, ...]:
    """Who has not answered yet, earliest deadline first; company, pupil, school on the same deadline."""
    waiting = [s for s in said if s.answer == Answer.OPEN]
    waiting.sort(key=lambda s: (s.due_at, _TURN[Side(s.side)]))
    return tuple(Side(s.side) for s in waiting)


def next_actor(said: Iterable[Said]) -> Side | None:
    """Who must act next; None once everybody has answered or one has said no."""
    said = list(said)
    if any(s.answer == Answer.NO for s in said):
        return None
    waiting = open_sides(said)
    return waiting[0] if waiting else None


def all_agree(said: Iterable[Said]) -> bool:
    """Whether each of the three sides has said yes."""
    return {s.side for s in said if s.answer == Answer.YES} == set(Side.values)


class Light(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a pupil has in one programme. `wanted` counts days in a week and is 1 in a block.

    `waiting_for` names sides that must answer a proposal, `open_applications` counts unanswered ones,
    `in_round` is true while submitted wishes wait for the allocation.
    """

    confirmed: int = 0
    wanted: int = 1
    waiting_for: tuple[Side, ...] = ()
    open_applications: int = 0
    in_round: bool = False


class Waiting(StrEnum):
    """Who must act next, beyond the three sides."""

    NOBODY = "nobody"
    COMPANY = "company"
    PUPIL = "pupil"
    SCHOOL = "school"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Signal:
    light: Light
    waiting: Waiting
    sentence: str


_SENTENCES: Mapping[Waiting, str] = {
    Waiting.COMPANY: "Der Betrieb muss antworten.",
    Waiting.PUPIL: "Die Schülerin oder der Schüler muss antworten.",
    Waiting.SCHOOL: "Die Schule muss genehmigen.",
    Waiting.ROUND: "Die Wünsche sind abgegeben, die Zuteilung steht aus.",
}


def traffic_light(standing: Standing) -> Signal:
    """Red: no place and no open chance. Amber: something is pending. Green: confirmed."""
    if standing.confirmed >= max(1, standing.wanted):
        return Signal(Light.GREEN, Waiting.NOBODY, "Der Platz ist bestätigt.")
    waiting = _waiting(standing)
    if waiting is not Waiting.NOBODY:
        return Signal(Light.AMBER, waiting, _SENTENCES[waiting])
    if standing.confirmed:
        missing = standing.wanted - standing.confirmed
        sentence = f"Bestätigt, aber es {'fehlt noch 1 Tag' if missing == 1 else f'fehlen noch {missing} Tage'}."
        return Signal(Light.AMBER, Waiting.PUPIL, sentence)
    return Signal(Light.RED, Waiting.PUPIL, "Noch kein Platz und keine offene Chance.")


def _waiting(standing: Standing) -> Waiting:
    if standing.waiting_for:
        return Waiting(standing.waiting_for[0].value)
    if standing.open_applications:
        return Waiting.COMPANY
    return Waiting.ROUND if standing.in_round else Waiting.NOBODY
