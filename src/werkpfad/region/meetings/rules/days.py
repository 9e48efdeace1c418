"""Days and times of meetings. What counts is the clock on the wall in Germany, also across the clock change."""

import calendar
from datetime import date, datetime, time, timedelta

from werkpfad.base.core.days import BERLIN
from werkpfad.region.meetings.enums import Rhythm

MOST_IN_SERIES = 52
VIDEO_LINK_BEFORE = timedelta(minutes=60)

_DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}
_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.TWO_MONTHLY: 2, Rhythm.HALF_YEARLY: 6}


def moment(day: date, at: time) -> datetime:
    """This time of day in Germany. A time the clock change leaves out is the one an hour later."""
    local = datetime.combine(day, at, BERLIN)
    return datetime.fromtimestamp(local.timestamp(), BERLIN)


def moved(when: datetime, days: int) -> datetime:
    """The same time of day `days` later (or earlier), whatever the clock change does in between."""
    local = when.astimezone(BERLIN)
    return moment(local.date() + timedelta(days=days), local.time())


def series_days(first: date, rhythm: Rhythm, count: int) -> tuple[date, ...]:
    """The days of a series, `first` included: the same weekday; in months the same week of the month."""
    if rhythm in _DAYS:
        return tuple(first + timedelta(days=n * _DAYS[rhythm]) for n in range(count))
    week = (first.day - 1) // 7
    step = _MONTHS[rhythm]
    return tuple(_in_month(first, n * step, week) for n in range(count))


def _in_month(first: date, months: int, week: int) -> date:
    """The weekday of `first` in the week `week` (from 0) of a later month; the last one where there is no fifth."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    begins = date(year, month + 1, 1)
    day = 1 + (first.weekday() - begins.weekday()) % 7 + 7 * week
    longest = calendar.monthrange(begins.year, begins.month)[1]
    return begins.replace(day=day if day <= longest else day - 7)


def overlap(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Whether two periods (start, end) share time; one that begins when the other ends does not."""
    return first[0] < second[1] and second[0] < first[1]


def shows_video_link(
    *, is_coming: bool, starts_at: datetime, ends_at: datetime, at: datetime
) -> bool:
    """Only to who is registered, from an hour before until the end, so that a link passed on is of little use."""
    return is_coming and starts_at - VIDEO_LINK_BEFORE <= at < ends_at
