"""The demo's dates, counted from the day it is built, so that something is always under way."""

from dataclasses import dataclass
from datetime import date, timedelta

from werkpfad.base.core.school_year import school_year_of, working_days

STATE = "NI"


@dataclass(frozen=True, slots=True)
class DemoDates:
    """Dates of the running block and of the finished week; all are inclusive."""

    today: date
    school_year: int
    wishes_from: date
    wishes_until: date
    publish_on: date
    confirm_until: date
    leftovers_until: date
    block_first: date
    block_last: date
    week_days: tuple[date, ...]


def demo_dates(today: date) -> DemoDates:
    """Wishes are collected now, the block starts in about eleven weeks, the week ended a month ago."""
    monday = today - timedelta(days=today.weekday())
    block = monday + timedelta(weeks=11)
    week = monday - timedelta(weeks=5)
    return DemoDates(
        today=today,
        school_year=school_year_of(today),
        wishes_from=today - timedelta(days=10),
        wishes_until=today + timedelta(days=14),
        publish_on=today + timedelta(days=18),
        confirm_until=today + timedelta(days=32),
        leftovers_until=today + timedelta(days=53),
        block_first=block,
        block_last=block + timedelta(days=11),
        week_days=tuple(working_days(week, week + timedelta(days=4), STATE)),
    )
