"""Attendance, feedback and certificate."""

from datetime import date, datetime, timedelta

import pytest

from tests.conftest import BERLIN
from tests.factories.schools import make_pupil
from tests.placements.world import ANYBODY, Scene, make_scene
from werkpfad.base.core.actor import person
from werkpfad.base.core.enums import Channel
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import (
    AlreadyGiven,
    NotADay,
    NotAttestable,
    NotComplete,
)
from werkpfad.journey.placements.attested import is_untouched
from werkpfad.journey.placements.enums import PlacementState, Presence, Side
from werkpfad.journey.placements.models import Attendance, Certificate, Feedback, Placement
from werkpfad.journey.placements.queries import days_of
from werkpfad.journey.placements.questions import averages
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = date(2027, 2, 8), date(2027, 2, 19)
SCORES = {"reliable": 4, "interested": 3, "careful": 4, "team": 2}


@pytest.fixture
def scene() -> Scene:
    return make_scene(capacity=3)


@pytest.fixture
def placement(scene: Scene, now: datetime) -> Placement:
    return scene.placement(state="confirmed", confirmed_at=now)


def record(
    placement: Placement, day: date, presence: Presence = Presence.PRESENT, today: date = FRIDAY
) -> Attendance:
    at = datetime(2027, 2, 8, 8, tzinfo=BERLIN)
    return actions.record_day(
        placement=placement, day=day, presence=presence, by=ANYBODY, at=at, today=today
    )


def test_one_answer_a_day_and_the_last_one_counts(placement: Placement) -> None:
    record(placement, MONDAY)
    record(placement, MONDAY, Presence.LATE)
    assert [a.presence for a in Attendance.objects.all()] == ["late"]


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=3), FRIDAY + timedelta(days=3)])
def test_only_days_of_the_placement(placement: Placement, day: date) -> None:
    with pytest.raises(NotADay):
        record(placement, day, today=date(2027, 3, 1))


def test_no_attendance_in_advance_or_without_agreement(scene: Scene, placement: Placement) -> None:
    with pytest.raises(NotADay):
        record(placement, MONDAY, today=MONDAY - timedelta(days=1))
    other = scene.placement(pupil=make_pupil(school_class=scene.school_class))
    with pytest.raises(NotADay):
        record(other, MONDAY)


def test_a_tap_can_be_undone(placement: Placement, now: datetime) -> None:
    record(placement, MONDAY)
    assert actions.take_back_day(placement=placement, day=MONDAY, by=ANYBODY, at=now)
    assert not actions.take_back_day(placement=placement, day=MONDAY, by=ANYBODY, at=now)
    assert not Attendance.objects.exists()


def test_the_paper_sheet_counts_the_same(placement: Placement, now: datetime) -> None:
    days = {MONDAY: Presence.PRESENT, MONDAY + timedelta(days=1): Presence.EXCUSED}
    by = person(5).through(Channel.PAPER)
    first = actions.record_days(placement=placement, days=days, by=by, at=now, today=FRIDAY)
    again = actions.record_days(placement=placement, days=days, by=by, at=now, today=FRIDAY)
    assert (first, again) == (2, 0)
    assert set(Attendance.objects.values_list("channel", "recorded_by_id")) == {("paper", 5)}


def test_days_leave_out_weekends(placement: Placement) -> None:
    days = days_of(placement)
    assert (len(days), days[0], days[-1]) == (10, MONDAY, FRIDAY)
    assert all(day.weekday() < 5 for day in days)


def test_the_end_completes_and_asks_for_feedback(placement: Placement, now: datetime) -> None:
    assert actions.complete_finished(today=FRIDAY, at=now) == 0
    assert actions.complete_finished(today=FRIDAY + timedelta(days=1), at=now) == 1
    assert actions.complete_finished(today=FRIDAY + timedelta(days=2), at=now) == 0
    placement.refresh_from_db()
    placement.slot.refresh_from_db()
    assert placement.state == PlacementState.COMPLETED
    mail = OutboxMail.objects.get(kind="feedback")
    assert "/rueckmeldung/mit-link/" in mail.body
    assert not Certificate.objects.exists()


def test_complete_attendance_issues_the_certificate_by_itself(
    placement: Placement, now: datetime
) -> None:
    for day in days_of(placement):
        record(placement, day)
    assert not Certificate.objects.exists()
    actions.complete_finished(today=FRIDAY + timedelta(days=1), at=now)
    assert Certificate.objects.get().content["days_present"] == 10


def test_attendance_entered_later_issues_it_too(placement: Placement, now: datetime) -> None:
    actions.complete_finished(today=FRIDAY + timedelta(days=1), at=now)
    placement.refresh_from_db()
    for day in days_of(placement):
        record(placement, day, Presence.EXCUSED if day == MONDAY else Presence.PRESENT)
    content = Certificate.objects.get().content
    assert (content["days_present"], content["days_planned"]) == (9, 10)


def test_nobody_gets_a_certificate_for_staying_away(placement: Placement, now: datetime) -> None:
    record(placement, MONDAY, Presence.UNEXCUSED)
    with pytest.raises(NotAttestable):
        actions.issue_certificate(placement=placement, by=ANYBODY, at=now)


def test_a_certificate_is_frozen(scene: Scene, placement: Placement, now: datetime) -> None:
    record(placement, MONDAY)
    issued = actions.issue_certificate(placement=placement, by=ANYBODY, at=now)
    scene.company.name = "Ganz anders GmbH"
    scene.company.save()
    record(placement, MONDAY + timedelta(days=1))
    again = actions.issue_certificate(placement=placement, by=ANYBODY, at=now)
    assert again.pk == issued.pk
    assert again.content["company"] != "Ganz anders GmbH"
    assert again.content["days_present"] == 1
    assert is_untouched(again.content, again.content_hash)
    assert not is_untouched(again.content | {"days_present": 10}, again.content_hash)
    assert (len(again.code), again.code.isalnum()) == (12, True)


def test_a_certificate_can_be_withdrawn_once(placement: Placement, now: datetime) -> None:
    record(placement, MONDAY)
    issued = actions.issue_certificate(placement=placement, by=ANYBODY, at=now)
    first = actions.revoke_certificate(certificate=issued, by=ANYBODY, at=now)
    later = now + timedelta(days=1)
    assert actions.revoke_certificate(certificate=first, by=ANYBODY, at=later).revoked_at == now


def test_feedback_once_a_side(placement: Placement, now: datetime) -> None:
    def give(scores: dict[str, int]) -> Feedback:
        return actions.give_feedback(
            placement=placement, side=Side.COMPANY, scores=scores, text="", by=ANYBODY, at=now
        )

    for wrong in ({}, SCORES | {"team": 5}, SCORES | {"extra": 1}):
        with pytest.raises(NotComplete):
            give(wrong)
    give(SCORES)
    with pytest.raises(AlreadyGiven):
        give(SCORES | {"team": 4})
    assert Feedback.objects.get().scores == SCORES


def test_averages_only_from_enough_pupils() -> None:
    assert averages(Side.COMPANY, [SCORES] * 4, min_group_size=5) == ()
    found = averages(Side.COMPANY, [SCORES] * 4 + [SCORES | {"team": 4}], min_group_size=5)
    assert {a.question.code: a.value for a in found} == SCORES | {"team": 2.4}


def test_the_first_morning_brings_one_link_per_address(
    scene: Scene, placement: Placement, now: datetime
) -> None:
    scene.placement(
        pupil=make_pupil(school_class=scene.school_class), state="confirmed", confirmed_at=now
    )
    morning = datetime(2027, 2, 8, 6, 30, tzinfo=BERLIN)
    assert actions.send_first_day_links(today=MONDAY - timedelta(days=1), at=now) == 0
    assert actions.send_first_day_links(today=MONDAY, at=morning) == 1
    assert actions.send_first_day_links(today=MONDAY, at=morning + timedelta(hours=1)) == 0
    mail = OutboxMail.objects.get()
    assert "2 Praktikant:innen" in mail.subject
    assert "/anwesenheit/mit-link/" in mail.body
