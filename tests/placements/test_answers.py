"""The three answers, the seat, and what a confirmation closes."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from tests.factories.internships import make_programme, make_slot, make_week
from tests.factories.journey import make_application
from tests.factories.schools import make_pupil
from tests.placements.world import ANYBODY, Scene, everybody_says_yes, make_scene
from werkpfad.base.core.actor import by_link
from werkpfad.base.core.enums import Channel
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import Result
from werkpfad.journey.placements.enums import Answer, AnswerReason, PlacementState, Side
from werkpfad.journey.placements.models import Consent, Placement
from werkpfad.journey.placements.rules import NotPossible
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.mark.parametrize("order", list(permutations(Side)))
def test_the_order_of_answers_does_not_matter(
    scene: Scene, now: datetime, order: tuple[Side, ...]
) -> None:
    placement = scene.placement()
    assert everybody_says_yes(placement, at=now, sides=order[:2]).result is Result.RECORDED
    scene.slot.refresh_from_db()
    assert scene.slot.taken == 0
    assert everybody_says_yes(placement, at=now, sides=order[2:]).result is Result.CONFIRMED
    placement.refresh_from_db()
    scene.slot.refresh_from_db()
    assert (placement.state, placement.confirmed_at) == (PlacementState.CONFIRMED, now)
    assert scene.slot.taken == 1


def test_a_double_click_counts_once(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    everybody_says_yes(placement, at=now)
    mails, events = OutboxMail.objects.count(), AuditEvent.objects.count()
    again = actions.answer(placement=placement, side=Side.PUPIL, yes=True, by=ANYBODY, at=now)
    assert again.result is Result.UNCHANGED
    scene.slot.refresh_from_db()
    assert scene.slot.taken == 1
    assert (OutboxMail.objects.count(), AuditEvent.objects.count()) == (mails, events)


def test_each_answer_leaves_who_when_and_how(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    actions.answer(placement=placement, side=Side.COMPANY, yes=True, by=by_link(7), at=now)
    consent = Consent.objects.get(placement=placement, side=Side.COMPANY)
    assert (consent.answer, consent.answered_at) == (Answer.YES, now)
    assert (consent.by_user_id, consent.channel) == (None, Channel.MAIL_LINK)
    event = AuditEvent.objects.get(event="placement.company_yes")
    assert (event.object_id, event.actor_link_id) == (placement.public_id, 7)
    assert event.region_id == scene.region.pk


def test_a_no_closes_with_its_reason(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    done = actions.answer(
        placement=placement,
        side=Side.SCHOOL,
        yes=False,
        by=ANYBODY,
        at=now,
        reason=AnswerReason.TOO_FAR,
        text=" 60 km mit dem Rad ",
    )
    assert done.result is Result.DECLINED
    placement.refresh_from_db()
    assert placement.state == PlacementState.DECLINED
    assert (placement.reason, placement.reason_text) == ("too_far", "60 km mit dem Rad")
    assert (placement.closed_by, placement.exclusive_key) == (Side.SCHOOL, None)
    mail = OutboxMail.objects.get(to_email="betrieb@example.org")
    assert "Der Weg ist zu weit" in mail.body
    assert scene.pupil.family_name not in mail.body


def test_a_closed_placement_takes_no_answer(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    actions.answer(placement=placement, side=Side.PUPIL, yes=False, by=ANYBODY, at=now)
    with pytest.raises(NotPossible):
        actions.answer(placement=placement, side=Side.COMPANY, yes=True, by=ANYBODY, at=now)


def test_a_confirmed_placement_is_called_off_not_declined(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    everybody_says_yes(placement, at=now)
    with pytest.raises(NotPossible):
        actions.answer(placement=placement, side=Side.PUPIL, yes=False, by=ANYBODY, at=now)


def test_the_second_of_two_gets_a_friendly_word(scene: Scene, now: datetime) -> None:
    first = scene.placement()
    second = scene.placement(pupil=make_pupil(school_class=scene.school_class))
    everybody_says_yes(second, at=now, sides=(Side.COMPANY, Side.PUPIL))
    everybody_says_yes(first, at=now)
    done = actions.answer(placement=second, side=Side.SCHOOL, yes=True, by=ANYBODY, at=now)
    assert done.result is Result.FULL
    second.refresh_from_db()
    scene.slot.refresh_from_db()
    assert (second.state, second.reason) == (PlacementState.DECLINED, AnswerReason.FULL)
    assert scene.slot.taken == 1
    told = OutboxMail.objects.filter(to_user=scene.teacher, body__contains="vergeben")
    assert told.count() == 1


def test_confirming_closes_what_competes_and_nothing_else(scene: Scene, now: datetime) -> None:
    rival = scene.placement(slot=scene.slot_elsewhere())
    later_programme = make_programme(
        region=scene.region,
        schools=[scene.school],
        first_day=date(2027, 6, 7),
        last_day=date(2027, 6, 11),
    )
    later = scene.placement(slot=make_slot(programme=later_programme))
    applied = make_application(pupil=scene.pupil, slot=scene.slot_elsewhere())
    applied_later = make_application(pupil=scene.pupil, slot=make_slot(programme=later_programme))
    everybody_says_yes(scene.placement(), at=now)
    for row in (rival, later, applied, applied_later):
        row.refresh_from_db()
    assert (rival.state, rival.reason) == (PlacementState.DECLINED, AnswerReason.OTHER_PLACE)
    assert later.state == PlacementState.PROPOSED
    assert (applied.state, applied_later.state) == ("superseded", "open")
    told = OutboxMail.objects.filter(body__contains="anderer Platz bestätigt")
    assert told.count() == 2


def test_another_pupils_chances_stay(scene: Scene, now: datetime) -> None:
    other = make_pupil(school_class=scene.school_class)
    kept = scene.placement(pupil=other, slot=scene.slot_elsewhere())
    everybody_says_yes(scene.placement(), at=now)
    kept.refresh_from_db()
    assert kept.state == PlacementState.PROPOSED


def test_a_pupil_never_has_two_places_at_once(scene: Scene, now: datetime) -> None:
    everybody_says_yes(scene.placement(), at=now)
    late = scene.placement(slot=scene.slot_elsewhere())
    done = everybody_says_yes(late, at=now)
    assert done.result is Result.OTHER_PLACE
    late.slot.refresh_from_db()
    assert late.slot.taken == 0


def test_two_days_of_a_week_go_together_one_day_twice_does_not(now: datetime) -> None:
    scene = make_scene()
    week = make_week(region=scene.region, schools=[scene.school])
    monday = make_slot(programme=week, first_day=date(2027, 3, 22))
    tuesday = make_slot(programme=week, first_day=date(2027, 3, 23))
    monday_too = make_slot(programme=week, first_day=date(2027, 3, 22))
    results = [
        everybody_says_yes(scene.placement(slot=slot), at=now).result
        for slot in (monday, tuesday, monday_too)
    ]
    assert results == [Result.CONFIRMED, Result.CONFIRMED, Result.OTHER_PLACE]


def test_the_database_itself_refuses_a_second_place(scene: Scene, now: datetime) -> None:
    everybody_says_yes(scene.placement(), at=now)
    key = Placement.objects.get(state=PlacementState.CONFIRMED).exclusive_key
    with pytest.raises(IntegrityError), transaction.atomic():
        scene.placement(
            slot=scene.slot_elsewhere(), state="confirmed", confirmed_at=now, exclusive_key=key
        )


def test_confirming_tells_the_company_what_it_needs(scene: Scene, now: datetime) -> None:
    everybody_says_yes(scene.placement(), at=now)
    mail = OutboxMail.objects.get(to_email="betrieb@example.org")
    assert scene.pupil.full_name in mail.subject
    assert scene.school.organisation.name in mail.body
    assert OutboxMail.objects.filter(to_user=scene.teacher, kind="confirmed").count() == 1


def test_a_yes_can_be_taken_back_until_confirmed(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    everybody_says_yes(placement, at=now, sides=(Side.PUPIL,))
    actions.take_back(placement=placement, side=Side.PUPIL, by=ANYBODY, at=now)
    assert Consent.objects.get(placement=placement, side=Side.PUPIL).answer == Answer.OPEN
    everybody_says_yes(placement, at=now)
    with pytest.raises(NotPossible):
        actions.take_back(placement=placement, side=Side.PUPIL, by=ANYBODY, at=now)


def test_companies_and_schools_are_reminded_once(scene: Scene, now: datetime) -> None:
    scene.placement(proposed_at=now - timedelta(days=5), answer_by=now + timedelta(days=1))
    assert actions.remind_sides(at=now) == 2
    assert actions.remind_sides(at=now + timedelta(hours=1)) == 0
    kinds = OutboxMail.objects.filter(kind="reminder").values_list("to_email", flat=True)
    assert sorted(kinds) == sorted(["betrieb@example.org", scene.teacher.email])


def test_nobody_is_reminded_long_before_or_right_after_the_start(
    scene: Scene, now: datetime
) -> None:
    scene.placement(proposed_at=now - timedelta(days=5), answer_by=now + timedelta(days=5))
    scene.placement(
        pupil=make_pupil(school_class=scene.school_class),
        proposed_at=now - timedelta(hours=1),
        answer_by=now + timedelta(days=1),
    )
    assert actions.remind_sides(at=now) == 0


@pytest.mark.parametrize(("days", "reminded"), [(3, 2), (4, 2), (5, 0)])
def test_reminders_count_working_days(
    scene: Scene, now: datetime, days: int, reminded: int
) -> None:
    """On a Friday: Monday and Tuesday are near, Wednesday is not."""
    scene.placement(proposed_at=now - timedelta(days=5), answer_by=now + timedelta(days=days))
    assert actions.remind_sides(at=now) == reminded
