"""School-year and holiday arithmetic.

The school year begins on 1 August and ends on 31 July everywhere in Germany (Hamburger Abkommen, § 1);
public and school holidays differ by state and come from the `holidays` package (1990-2029).
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays


class State(StrEnum):
    """The sixteen states by their ISO 3166-2 codes."""

    BW = "BW"
    BY = "BY"
    BE = "BE"
    BB = "BB"
    HB = "HB"
    HH = "HH"
    HE = "HE"
    MV = "MV"
    NI = "NI"
    NW = "NW"
    RP = "RP"
    SL = "SL"
    SN = "SN"
    ST = "ST"
    SH = "SH"
    TH = "TH"


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of `day` began."""
    return day.year if day.month >= 8 else day.year - 1


def school_year_label(start: int) -> str:
    """2026 -> '2026/27'."""
    return f"{start}/{(start + 1) % 100:02d}"


def school_year_ends_on(start: int) -> date:
    return date(start + 1, 7, 31)


@lru_cache(maxsize=64)
def _holidays(state: str, category: str, year: int) -> frozenset[date]:
    return frozenset(
        holidays.country_holidays("DE", subdiv=state, categories=(category,), years=year)
    )


def is_public_holiday(day: date, state: State | str) -> bool:
    return day in _holidays(str(state), "public", day.year)


def is_school_holiday(day: date, state: State | str) -> bool:
    return day in _holidays(str(state), "school", day.year)


def is_working_day(day: date, state: State | str) -> bool:
    """Monday to Friday without public holidays."""
    return day.weekday() < 5 and not is_public_holiday(day, state)


def add_working_days(day: date, count: int, state: State | str) -> date:
    """The day `count` working days after `day`; for answer deadlines."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, state):
            count -= 1
    return day


def working_days(first_day: date, last_day: date, state: State | str) -> list[date]:
    """All working days from `first_day` to `last_day`, both included."""
    span = (last_day - first_day).days + 1
    days = (first_day + timedelta(days=n) for n in range(max(span, 0)))
    return [day for day in days if is_working_day(day, state)]


def working_days_left(today: date, deadline: date, state: State | str) -> int:
    """How many working days remain after `today`, the deadline included; a deadline on a Sunday counts to the Friday."""
    return len(working_days(today + timedelta(days=1), deadline, state))


def age_on(birth_date: date, day: date) -> int:
    """Full years; a person born on 29 February has a birthday on 1 March in common years (§§ 187, 188 BGB)."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)
