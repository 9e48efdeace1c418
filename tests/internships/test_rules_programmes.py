"""What a programme must fulfil, and the days of a week, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from werkpfad.base.core.school_year import State, is_public_holiday, is_school_holiday
from werkpfad.journey.internships.enums import ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.rules import (
    ProgrammePlan,
    day_choices,
    day_problems,
    next_status,
    programme_problems,
)

TODAY = date(2026, 11, 20)


def plan(**changes: object) -> ProgrammePlan:
    values: dict[str, object] = {
        "kind": ProgrammeKind.BLOCK,
        "title": "Praktikum",
        "description": "",
        "first_day": date(2027, 2, 8),
        "last_day": date(2027, 2, 19),
        "offers_until": date(2027, 1, 8),
        "grades": (9, 10),
        "min_age": 13,
        "max_distance_km": 25,
    }
    return ProgrammePlan(**values | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"last_day": date(2027, 2, 8)}, []),
        ({"last_day": date(2027, 2, 7)}, ["last_day"]),
        ({"last_day": date(2027, 5, 11)}, ["last_day"]),
        ({"kind": ProgrammeKind.WEEK, "last_day": date(2027, 3, 22)}, ["last_day"]),
        ({"offers_until": date(2027, 2, 8)}, []),
        ({"offers_until": date(2027, 2, 9)}, ["offers_until"]),
        ({"offers_until": date(2026, 11, 19)}, ["offers_until"]),
        ({"title": "  "}, ["title"]),
        ({"grades": ()}, ["grades"]),
        ({"grades": (4, 9)}, ["grades"]),
        ({"min_age": 11}, ["min_age"]),
        ({"max_distance_km": 0}, ["max_distance_km"]),
        ({"max_days": 11}, []),
        ({"kind": ProgrammeKind.WEEK, "max_days": 11}, ["max_days"]),
    ],
)
def test_each_broken_rule_names_its_field(changes: dict[str, object], fields: list[str]) -> None:
    found = programme_problems(plan(**changes), today=TODAY)
    assert [problem.field for problem in found] == fields


def test_past_dates_may_stay_but_not_begin() -> None:
    dates = {"first_day": date(2026, 11, 16), "last_day": date(2026, 11, 27)}
    running = plan(**dates, offers_until=date(2026, 11, 1))
    fields = [problem.field for problem in programme_problems(running, today=TODAY)]
    assert fields == ["first_day", "offers_until"]
    assert programme_problems(running, today=TODAY, before=running) == []


def test_status_moves_by_the_table_only() -> None:
    assert next_status(ProgrammeStatus.DRAFT, "open") == ProgrammeStatus.OPEN
    assert next_status(ProgrammeStatus.DRAFT, "close") is None
    assert next_status(ProgrammeStatus.OPEN, "close") == ProgrammeStatus.CLOSED
    assert next_status(ProgrammeStatus.CLOSED, "open") == ProgrammeStatus.OPEN


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(-3, 40), st.sampled_from(list(State))
)
def test_no_weekend_is_offered_and_no_holiday_proposed(
    first: date, length: int, state: State
) -> None:
    last = first + timedelta(days=length)
    choices = day_choices(first, last, state)
    assert [c.day for c in choices] == sorted({c.day for c in choices})
    for choice in choices:
        assert first <= choice.day <= last
        assert choice.day.weekday() < 5
        holiday = is_public_holiday(choice.day, state) or is_school_holiday(choice.day, state)
        assert choice.is_proposed != holiday


def test_days_must_exist_and_lie_in_the_period() -> None:
    period = {"first_day": date(2027, 3, 15), "last_day": date(2027, 3, 19)}
    assert day_problems([date(2027, 3, 15)], **period) == []
    assert day_problems([], **period)[0].message == "Wählen Sie mindestens einen Tag."
    assert day_problems([date(2027, 3, 22)], **period)
    assert day_problems(
        [date(2027, 3, 20)], first_day=date(2027, 3, 15), last_day=date(2027, 3, 21)
    )
