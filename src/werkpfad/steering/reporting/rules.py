"""Figures promise: the same rows give the same numbers. Small groups are hidden by `matching.rules.suppressed`.

Pure functions; shapes are small frozen dataclasses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True, slots=True)
class SchoolStanding:
    """How far one school's pupils are in one programme. The four groups add up to `pupils`."""

    school_id: str
    name: str
    form: str
    pupils: int
    placed: int
    pending: int
    wishing: int
    silent: int

    @property
    def without_place(self) -> int:
        return self.pupils - self.placed


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that ends on a day."""

    day: date
    what: str
    programme_id: str
    programme: str

    def days_left(self, today: date) -> int:
        return (self.day - today).days


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """How quickly companies answer: median hours of those answered, and how many are open or overdue."""

    answered: int
    median_hours: float | None
    within_deadline: int
    open: int
    overdue: int


def answer_times(
    hours: Sequence[float], *, within_deadline: int, open_: int, overdue: int
) -> AnswerTimes:
    """`hours` are the waiting times of answered requests."""
    return AnswerTimes(
        answered=len(hours),
        median_hours=round(median(hours), 1) if hours else None,
        within_deadline=within_deadline,
        open=open_,
        overdue=overdue,
    )


def share(part: int, whole: int) -> int:
    """Whole per cent, rounded down so that 100 % means all; 0 where there is nothing."""
    return part * 100 // whole if whole else 0
