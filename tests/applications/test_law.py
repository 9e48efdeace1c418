"""Boundary cases of the JArbSchG; the paragraphs stand in `applications.law`."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from werkpfad.journey.applications.law import (
    Case,
    Outcome,
    break_minutes,
    check,
    hour_limits,
    working_hours,
)

# A Monday to Friday two weeks later, outside the holidays of Niedersachsen.
CASE = Case(
    birth_date=date(2012, 3, 14),
    is_full_time_compulsory=True,
    is_school_event=True,
    first_day=date(2027, 2, 8),
    last_day=date(2027, 2, 19),
    state="NI",
    min_age=13,
    starts_at=time(8),
    ends_at=time(15),
)


def codes(**changes: Any) -> dict[str, str]:
    return {f.code: str(f.outcome) for f in check(replace(CASE, **changes)).findings}


def test_a_usual_internship_is_allowed() -> None:
    verdict = check(CASE)
    assert verdict.outcome is Outcome.ALLOWED
    assert verdict.findings == ()


@pytest.mark.parametrize(
    ("born", "compulsory", "school_event", "day", "week", "paragraph"),
    [
        (date(2012, 3, 14), True, True, 7, 35, "§ 7 Satz 1 Nr. 2 JArbSchG"),
        (date(2010, 3, 14), True, True, 7, 35, "§ 7 Satz 1 Nr. 2 JArbSchG"),
        (date(2012, 3, 14), False, True, 7, 35, "§ 7 Satz 1 Nr. 2 JArbSchG"),
        (date(2010, 3, 14), False, True, 8, 40, "§ 8 Abs. 1 JArbSchG"),
        (date(2010, 3, 14), True, False, 8, 40, "§ 8 Abs. 1 JArbSchG"),
        (date(2009, 2, 8), False, True, None, None, "§ 3 ArbZG"),
        (date(2009, 2, 9), False, True, 8, 40, "§ 8 Abs. 1 JArbSchG"),
    ],
)
def test_limits_follow_compulsory_schooling_not_age_alone(
    born: date, compulsory: bool, school_event: bool, day: int, week: int, paragraph: str
) -> None:
    case = replace(
        CASE, birth_date=born, is_full_time_compulsory=compulsory, is_school_event=school_event
    )
    limits = hour_limits(case)
    assert (limits.hours_a_day, limits.hours_a_week, limits.paragraph) == (day, week, paragraph)


def test_minimum_age_on_the_first_day() -> None:
    assert codes(min_age=15) == {"min_age": "blocked"}
    assert codes(min_age=15, birth_date=date(2012, 2, 8)) == {}


def test_voluntary_under_15_is_blocked_even_in_holidays() -> None:
    assert codes(is_school_event=False) == {"voluntary_child": "blocked"}
    easter = {"first_day": date(2027, 3, 29), "last_day": date(2027, 4, 2)}
    young = codes(is_school_event=False, birth_date=date(2012, 3, 30), **easter)
    assert young == {"voluntary_child": "blocked"}


def test_the_15th_birthday_within_the_internship_comes_too_late() -> None:
    assert codes(is_school_event=False, birth_date=date(2012, 2, 10)) == {
        "voluntary_child": "blocked"
    }


def test_voluntary_with_compulsory_schooling_only_in_holidays() -> None:
    older = {"is_school_event": False, "birth_date": date(2011, 3, 14)}
    assert codes(**older) == {"voluntary_school_time": "blocked"}
    easter = {"first_day": date(2027, 3, 29), "last_day": date(2027, 4, 2)}
    assert codes(**older, **easter) == {}
    assert codes(**older, is_full_time_compulsory=False) == {}


def test_voluntary_in_holidays_at_most_four_weeks() -> None:
    older = {"is_school_event": False, "birth_date": date(2011, 3, 14)}
    summer = date(2027, 7, 12)
    assert codes(**older, first_day=summer, last_day=date(2027, 8, 8)) == {}
    assert codes(**older, first_day=summer, last_day=date(2027, 8, 9)) == {
        "voluntary_too_long": "blocked"
    }


def test_adults_are_bound_by_nothing_here() -> None:
    assert (
        codes(
            birth_date=date(2009, 2, 8),
            is_school_event=False,
            starts_at=time(5),
            ends_at=time(22),
        )
        == {}
    )


@pytest.mark.parametrize(("starts", "ends"), [(time(5, 59), time(12)), (time(14), time(20, 1))])
def test_night_is_blocked_for_the_young(starts: time, ends: time) -> None:
    assert codes(starts_at=starts, ends_at=ends) == {"night": "blocked"}


def test_six_to_eight_in_the_evening_is_the_day() -> None:
    assert codes(starts_at=time(6), ends_at=time(13)) == {}
    assert codes(starts_at=time(13), ends_at=time(20)) == {}


def test_an_early_bakery_from_16_needs_a_decision() -> None:
    found = codes(
        birth_date=date(2010, 3, 14),
        is_full_time_compulsory=False,
        starts_at=time(5, 30),
        ends_at=time(12),
    )
    assert found == {"night": "needs_decision"}


def test_long_hours_need_a_decision() -> None:
    assert codes(starts_at=time(8), ends_at=time(16)) == {}
    assert codes(starts_at=time(8), ends_at=time(16, 1)) == {"hours_a_day": "needs_decision"}


@pytest.mark.parametrize(
    ("starts", "ends", "hours"),
    [
        (time(8), time(12, 30), 4.5),
        (time(8), time(13), 4.5),
        (time(8), time(14, 30), 6.0),
        (time(8), time(15), 6.0),
        (time(8), time(16), 7.0),
        (time(8), time(17), 8.0),
    ],
)
def test_breaks_are_no_working_time(starts: time, ends: time, hours: float) -> None:
    assert working_hours(starts, ends) == hours


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2027, 3, 20), {"saturday": "needs_decision"}),
        (date(2027, 3, 21), {"sunday": "needs_decision"}),
        (date(2027, 3, 26), {"sunday": "needs_decision"}),
        (date(2027, 3, 22), {}),
    ],
)
def test_single_days_on_weekends_and_holidays(day: date, found: dict[str, str]) -> None:
    assert codes(first_day=day, last_day=day) == found


def test_the_heaviest_finding_decides() -> None:
    case = replace(CASE, min_age=16, ends_at=time(17))
    assert check(case).outcome is Outcome.BLOCKED
    assert check(case).is_blocked


def test_each_finding_of_the_law_names_its_paragraph() -> None:
    case = replace(CASE, is_school_event=False, starts_at=time(5), ends_at=time(21))
    assert all(f.paragraph.startswith("§") for f in check(case).findings)
    assert len(check(case).findings) == 3


@pytest.mark.parametrize(
    ("starts", "ends", "minutes"),
    [
        (time(8), time(12, 30), 0),
        (time(8), time(12, 31), 30),
        (time(8), time(14, 30), 30),
        (time(8), time(14, 31), 60),
    ],
)
def test_the_break_grows_with_the_time(starts: time, ends: time, minutes: int) -> None:
    assert break_minutes(starts, ends) == minutes
