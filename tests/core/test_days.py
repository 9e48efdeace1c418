from datetime import UTC, date, datetime

import pytest

from werkpfad.base.core import days

DAY = date(2026, 12, 5)


def test_a_day_is_written_for_the_place_it_stands_in() -> None:
    assert days.written_out(DAY) == "5. Dezember 2026"
    assert days.without_year(DAY) == "5. Dezember"
    assert days.in_figures(DAY) == "05.12.2026"
    assert days.on_a_tile(date(2026, 11, 25)) == "Mi 25.11."


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2027, 3, 22), date(2027, 3, 22), "am 22. März 2027"),
        (date(2027, 2, 8), date(2027, 2, 19), "vom 8. Februar bis 19. Februar 2027"),
        (date(2026, 12, 21), date(2027, 1, 8), "vom 21. Dezember 2026 bis 8. Januar 2027"),
    ],
)
def test_a_period_names_the_year_as_often_as_needed(first: date, last: date, text: str) -> None:
    assert days.period(first, last) == text


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 12, 4, 22, 59, tzinfo=UTC), date(2026, 12, 4)),
        (datetime(2026, 12, 4, 23, 0, tzinfo=UTC), date(2026, 12, 5)),
        (datetime(2026, 7, 4, 22, 0, tzinfo=UTC), date(2026, 7, 5)),
    ],
)
def test_a_day_begins_at_midnight_in_germany(moment: datetime, day: date) -> None:
    assert days.day_of(moment) == day


def test_a_day_ends_before_the_next_one() -> None:
    assert days.end_of_day(DAY) == datetime(2026, 12, 5, 22, 59, 59, tzinfo=UTC)
    assert days.day_of(days.end_of_day(DAY)) == DAY
