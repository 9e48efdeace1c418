"""What the office decides about a meeting, and the lines it writes agenda and groups in."""

import re
from dataclasses import dataclass
from datetime import datetime

from werkpfad.region.meetings.enums import Answer, MeetingState, PlaceKind

_MINUTES = re.compile(r"(\d{1,3})\s*(?:min(?:uten|\.)?|')?", re.IGNORECASE)
MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item: `minutes` as planned, `owner` in words."""

    title: str
    minutes: int | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One working group; without `capacity` there is room for everybody."""

    title: str
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """Everything about a meeting but its people. Both moments are aware."""

    title: str
    description: str
    starts_at: datetime
    ends_at: datetime
    place_kind: PlaceKind
    room: str
    address: str
    access_note: str
    video_link: str
    capacity: int | None
    agenda: tuple[AgendaLine, ...] = ()
    groups: tuple[GroupLine, ...] = ()


# What an invitation and a calendar show: a change of one of these is told to everybody who was invited.
TOLD = ("title", "starts_at", "ends_at", "place_kind", "room", "address", "access_note")


def agenda_from(text: str) -> tuple[AgendaLine, ...]:
    """'Titel; 20 min; Person', one item per line; minutes and person in any order, both may be missing."""
    lines = []
    for line in text.splitlines():
        parts = [" ".join(part.split()) for part in line.split(";")]
        words = [part for part in parts if part]
        if words:
            lines.append(_agenda_line(words))
    return tuple(lines)


def _agenda_line(words: list[str]) -> AgendaLine:
    minutes, owner = None, ""
    for word in words[1:]:
        match = _MINUTES.fullmatch(word)
        if match and minutes is None:
            minutes = int(match[1])
        elif not owner:
            owner = word[:120]
    return AgendaLine(words[0][:160], minutes, owner)


def agenda_text(lines: tuple[AgendaLine, ...]) -> str:
    """The lines again as somebody would write them."""
    return "\n".join(
        "; ".join(
            part
            for part in (line.title, f"{line.minutes} min" if line.minutes else "", line.owner)
            if part
        )
        for line in lines
    )


def groups_from(text: str) -> tuple[GroupLine, ...]:
    """'Titel; 12', one group per line; the number of seats may be missing."""
    lines = []
    for line in text.splitlines():
        parts = [" ".join(part.split()) for part in line.split(";")]
        if parts[0]:
            seats = next((int(part) for part in parts[1:] if part.isdecimal()), None)
            lines.append(GroupLine(parts[0][:120], seats))
    return tuple(lines)


def groups_text(lines: tuple[GroupLine, ...]) -> str:
    return "\n".join(
        f"{line.title}; {line.capacity}" if line.capacity else line.title for line in lines
    )


def has_seat(capacity: int | None, taken: int) -> bool:
    """Whether one more fits; no capacity means no limit."""
    return capacity is None or taken < capacity


def may_invite(state: str) -> bool:
    return state != MeetingState.CANCELLED


def may_call_off(state: str) -> bool:
    return state != MeetingState.CANCELLED


def may_answer(state: str, *, ends_at: datetime, at: datetime) -> bool:
    """Until the end: who comes late is still registered on the spot."""
    return state == MeetingState.INVITED and at < ends_at


def is_told(answer: str) -> bool:
    """Whether somebody who gave this answer hears of changes."""
    return answer != Answer.DECLINED
