"""The rules of offers, from values alone."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkpfad.journey.internships.enums import OfferStatus
from werkpfad.journey.internships.rules import (
    OfferPlace,
    OfferStep,
    OfferText,
    OfferTimes,
    SeatFrame,
    next_offer_status,
    publish_problems,
    seat_problems,
    shifted_seats,
    text_problems,
    time_problems,
)

TODAY = date(2026, 11, 20)
TEXT = OfferText("holz", "Regal bauen", "Du baust ein Regal und nimmst es mit nach Hause.")
PLACE = OfferPlace("s", "Kim Beispiel", "kim@example.org")
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


def frame(**values: object) -> SeatFrame:
    common = {
        "key": "k",
        "programme_id": 1,
        "first_day": date(2027, 2, 8),
        "last_day": date(2027, 2, 19),
        "offers_until": date(2027, 1, 8),
    }
    return SeatFrame(**common | values)  # type: ignore[arg-type]


def messages(seat: SeatFrame, wanted: int, *, today: date = TODAY, late: bool = False) -> list[str]:
    found = seat_problems([seat], {"k": wanted}, today=today, after_deadline=late)
    return [problem.message for problem in found]


@pytest.mark.parametrize(
    ("status", "step", "after"),
    [
        (OfferStatus.DRAFT, OfferStep.PUBLISH, OfferStatus.PUBLISHED),
        (OfferStatus.PUBLISHED, OfferStep.PUBLISH, None),
        (OfferStatus.PUBLISHED, OfferStep.PAUSE, OfferStatus.PAUSED),
        (OfferStatus.DRAFT, OfferStep.PAUSE, None),
        (OfferStatus.PAUSED, OfferStep.RESUME, OfferStatus.PUBLISHED),
        (OfferStatus.CLOSED, OfferStep.RESUME, None),
        (OfferStatus.CLOSED, OfferStep.PUBLISH, OfferStatus.PUBLISHED),
        (OfferStatus.DRAFT, OfferStep.CLOSE, None),
    ],
)
def test_the_way_of_an_offer(status: str, step: str, after: OfferStatus | None) -> None:
    assert next_offer_status(status, step) == after


def test_seats_cannot_drop_below_what_is_taken_or_proposed() -> None:
    full = frame(capacity=5, taken=2, held=1)
    assert messages(full, 1) == ["2 Plätze sind schon vergeben. Weniger geht nicht."]
    assert "gerade vorgeschlagen" in messages(full, 2)[0]
    assert messages(full, 3) == []


def test_after_the_deadline_only_the_coordination_adds_seats() -> None:
    late = date(2027, 1, 9)
    assert messages(frame(capacity=2), 3, today=date(2027, 1, 8)) == []
    assert "8. Januar 2027" in messages(frame(capacity=2), 3, today=late)[0]
    assert messages(frame(capacity=2), 1, today=late) == []
    assert messages(frame(capacity=2), 3, today=late, late=True) == []
    assert messages(frame(capacity=2, is_open=False), 3, late=True) != []
    assert messages(frame(), 1, today=date(2027, 2, 20), late=True) != []


@given(
    taken=st.integers(0, 20),
    held=st.integers(0, 20),
    spare=st.integers(0, 20),
    wanted=st.integers(-5, 1000),
    late=st.booleans(),
)
def test_no_accepted_number_of_seats_breaks_a_promise(
    taken: int, held: int, spare: int, wanted: int, late: bool
) -> None:
    seat = frame(capacity=taken + held + spare, taken=taken, held=held)
    if not messages(seat, wanted, late=late):
        assert taken + held <= wanted <= 500


def test_times_come_in_pairs_and_run_forward() -> None:
    def fields(**values: object) -> list[str]:
        return [problem.field for problem in time_problems(OfferTimes(**values))]  # type: ignore[arg-type]

    assert fields() == fields(starts_at=time(8), ends_at=time(15)) == []
    assert fields(starts_at=time(8)) == ["ends_at"]
    assert fields(ends_at=time(8)) == ["starts_at"]
    assert fields(starts_at=time(8), ends_at=time(8)) == ["ends_at"]
    assert fields(min_age=3) == fields(min_age=99) == ["min_age"]


def test_a_text_needs_title_and_description_and_at_most_three_more_fields() -> None:
    assert text_problems(TEXT) == []
    found = text_problems(OfferText("holz", " ", "\n", other_fields=("a", "b", "c", "d")))
    assert [problem.field for problem in found] == ["title", "description", "other_fields"]
    assert text_problems(OfferText("holz", "x", "y", other_fields=("a", "b", "c", "holz"))) == []


def test_publishing_names_the_page_of_each_gap() -> None:
    assert publish_problems(text=TEXT, place=PLACE, seats=1, is_active_company=True) == []
    found = publish_problems(
        text=OfferText("holz", "Regal", "Kurz."),
        place=OfferPlace("s", ""),
        seats=0,
        is_active_company=False,
    )
    assert [problem.field for problem in found] == ["", "text", "seats", "place", "place"]


def test_a_new_week_takes_over_weekdays() -> None:
    monday, tuesday = date(2026, 3, 16), date(2026, 3, 17)
    target = [date(2027, 3, 15), date(2027, 3, 16), date(2027, 3, 17)]
    assert shifted_seats({monday: 2, tuesday: 3}, target, source_is_week=True) == {
        date(2027, 3, 15): 2,
        date(2027, 3, 16): 3,
    }
    assert shifted_seats({monday: 2, tuesday: 3}, [target[2]], source_is_week=True) == {
        target[2]: 3
    }
    assert shifted_seats({monday: 2}, target, source_is_week=False) == dict.fromkeys(target, 2)
    assert shifted_seats({}, target, source_is_week=True) == {}


@given(
    source=st.dictionaries(DAYS, st.integers(0, 50), max_size=10),
    first=DAYS,
    length=st.integers(0, 20),
    is_week=st.booleans(),
)
def test_moved_seats_lie_on_the_new_days_and_never_grow(
    source: dict[date, int], first: date, length: int, is_week: bool
) -> None:
    days = [first + timedelta(days=n) for n in range(length)]
    moved = shifted_seats(source, days, source_is_week=is_week)
    assert moved.keys() <= set(days)
    assert all(0 < seats <= max(source.values()) for seats in moved.values())
    assert bool(moved) == bool(days and any(source.values()))
