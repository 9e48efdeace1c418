from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from tests.conftest import BERLIN
from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.rules import (
    SENTENCES,
    TRANSITIONS,
    Applicant,
    Barrier,
    Event,
    NotPossible,
    Target,
    after,
    age_band,
    answer_deadline,
    barriers,
)

TODAY = date(2026, 11, 20)
APPLICANT = Applicant(birth_date=date(2012, 3, 14), grade=9, school_id=5)
TARGET = Target(
    slot_id=7,
    first_day=date(2027, 2, 8),
    programme_status="open",
    accepts_direct=True,
    offer_status="published",
    paused_until=None,
    min_age=14,
    grades=frozenset({9}),
    school_ids=frozenset({5}),
    seats_free=1,
)


def test_nothing_stands_in_the_way() -> None:
    assert barriers(APPLICANT, TARGET, today=TODAY) == ()


@pytest.mark.parametrize(
    ("barrier", "applicant", "target"),
    [
        (Barrier.PROGRAMME_CLOSED, {}, {"programme_status": "draft"}),
        (Barrier.NOT_DIRECT, {}, {"accepts_direct": False}),
        (Barrier.OFFER_CLOSED, {}, {"offer_status": "paused"}),
        (Barrier.OFFER_CLOSED, {}, {"is_active": False}),
        (Barrier.OFFER_CLOSED, {}, {"paused_until": date(2026, 11, 21)}),
        (Barrier.STARTED, {}, {"first_day": TODAY, "min_age": 13}),
        (Barrier.FULL, {}, {"seats_free": 0}),
        (Barrier.SCHOOL, {"school_id": 6}, {}),
        (Barrier.GRADE, {"grade": 8}, {}),
        (Barrier.AGE, {"birth_date": date(2013, 2, 9)}, {}),
        (Barrier.TOO_MANY, {"open_slots": frozenset({1, 2, 3})}, {}),
        (Barrier.ALREADY, {"open_slots": frozenset({7})}, {}),
        (Barrier.HAS_PLACE, {"has_place": True}, {}),
    ],
)
def test_each_barrier_alone(
    barrier: Barrier, applicant: dict[str, Any], target: dict[str, Any]
) -> None:
    found = barriers(replace(APPLICANT, **applicant), replace(TARGET, **target), today=TODAY)
    assert found == (barrier,)


def test_open_to_all_when_nothing_is_listed() -> None:
    target = replace(TARGET, grades=frozenset(), school_ids=frozenset())
    assert barriers(replace(APPLICANT, grade=12, school_id=99), target, today=TODAY) == ()


def test_a_pause_ends_on_its_day() -> None:
    assert barriers(APPLICANT, replace(TARGET, paused_until=TODAY), today=TODAY) == ()


def test_the_birthday_counts_on_the_first_day() -> None:
    applicant = replace(APPLICANT, birth_date=date(2013, 2, 8))
    assert barriers(applicant, TARGET, today=TODAY) == ()


def test_every_barrier_has_a_sentence() -> None:
    assert SENTENCES.keys() == set(Barrier)


def test_only_open_applications_move() -> None:
    for state in ApplicationState:
        for event in Event:
            if state is ApplicationState.OPEN:
                assert after(state, event) is TRANSITIONS[state, event]
            else:
                with pytest.raises(NotPossible):
                    after(state, event)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2012, 2, 9), "unter 15 Jahre"),
        (date(2012, 2, 8), "15 bis 17 Jahre"),
        (date(2009, 2, 9), "15 bis 17 Jahre"),
        (date(2009, 2, 8), "18 Jahre oder älter"),
    ],
)
def test_age_bands_at_their_borders(born: date, band: str) -> None:
    assert age_band(born, date(2027, 2, 8)) == band


def test_deadline_counts_working_days(now: datetime) -> None:
    due = answer_deadline(now, working_days=5, state="NI", first_day=date(2027, 2, 8))
    assert due == datetime(2026, 11, 27, 23, 59, 59, tzinfo=BERLIN)


def test_deadline_skips_christmas() -> None:
    at = datetime(2026, 12, 23, 9, tzinfo=BERLIN)
    due = answer_deadline(at, working_days=3, state="NI", first_day=date(2027, 2, 8))
    assert due.date() == date(2026, 12, 29)


def test_deadline_lies_before_the_first_day(now: datetime) -> None:
    due = answer_deadline(now, working_days=5, state="NI", first_day=date(2026, 11, 24))
    assert due == datetime(2026, 11, 23, 23, 59, 59, tzinfo=BERLIN)


def test_deadline_is_never_in_the_past(now: datetime) -> None:
    due = answer_deadline(now, working_days=5, state="NI", first_day=date(2026, 11, 20))
    assert due > now
