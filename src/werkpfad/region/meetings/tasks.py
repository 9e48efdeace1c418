"""Work that repeats."""

from datetime import datetime

from werkpfad.region.meetings.actions import (
    ask_how_it_was,
    forget_people,
    forget_registrations,
    forget_unconfirmed,
    remind_of_meetings,
    remind_of_points,
)


def remind(*, at: datetime) -> None:
    """The day before a meeting, the hours after it, and the days before a task is due."""
    remind_of_meetings(at=at)
    ask_how_it_was(at=at)
    remind_of_points(at=at)


def tidy(*, at: datetime) -> None:
    """Forget registrations, people and unconfirmed addresses whose time is over."""
    forget_registrations(at=at)
    forget_people(at=at)
    forget_unconfirmed(at=at)
