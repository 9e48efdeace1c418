"""What a calendar is told: plain values, written as bytes by `ical`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Method(StrEnum):
    """What a calendar object in a mail asks the calendar to do."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Party:
    """Organizer or invited person."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `uid` never changes, `sequence` grows with each change; `stamped_at` belongs to that revision."""

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    status: Status = Status.CONFIRMED
    organizer: Party | None = None
    attendee: Party | None = None
