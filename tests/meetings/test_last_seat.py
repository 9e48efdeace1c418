"""Many say yes at the same moment: never more than there are seats, and nobody is lost (T41)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connections

from tests.factories.meetings import make_meeting, make_registration
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.meetings.actions import accept, approve_minutes, decline
from werkpfad.region.meetings.actions.minutes import AlreadyApproved
from werkpfad.region.meetings.enums import Answer, Attending
from werkpfad.region.meetings.models import Minutes, Registration

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def answers() -> list[str]:
    return sorted(Registration.objects.values_list("answer", flat=True))


def test_eight_answers_for_three_seats(now: datetime) -> None:
    meeting = make_meeting(capacity=3)
    rows = [make_registration(meeting=meeting) for _ in range(8)]

    def say_yes(row: Registration) -> None:
        try:
            accept(
                registration=row,
                attending=Attending.ROOM,
                group=None,
                needs="",
                by=SYSTEM,
                at=now,
            )
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(say_yes, rows))
    assert answers() == [Answer.COMING] * 3 + [Answer.WAITING] * 5


def test_two_seats_given_back_at_once_go_to_two(now: datetime) -> None:
    meeting = make_meeting(capacity=2)
    coming = [make_registration(meeting=meeting, answer=Answer.COMING) for _ in range(2)]
    for _ in range(3):
        make_registration(meeting=meeting, answer=Answer.WAITING)

    def give_back(row: Registration) -> None:
        try:
            decline(registration=row, by=SYSTEM, at=now)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(give_back, coming))
    assert answers() == [Answer.COMING] * 2 + [Answer.DECLINED] * 2 + [Answer.WAITING]


def test_two_approve_at_once(now: datetime) -> None:
    meeting = make_meeting()

    def approve(_: int) -> bool:
        try:
            approve_minutes(meeting=meeting, by=SYSTEM, at=now)
        except AlreadyApproved:
            return False
        finally:
            connections["default"].close()
        return True

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert sorted(pool.map(approve, range(4))) == [False, False, False, True]
    assert Minutes.objects.count() == 1
