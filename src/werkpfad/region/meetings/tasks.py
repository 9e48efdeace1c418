"""Work that repeats."""

from datetime import datetime

from werkpfad.region.meetings.actions import (
    ask_how_it_was,
    forget_people,
    forget_registrations,
    remind_of_meetings,
)


def remind(*, at: datetime) -> None:
    """The day before a meeting, and the hours after it."""
    remind_of_meetings(at=at)
    ask_how_it_was(at=at)


def tidy(*, at: datetime) -> None:
    """Forget registrations and people whose time is over."""
    forget_registrations(at=at)
    forget_people(at=at)
