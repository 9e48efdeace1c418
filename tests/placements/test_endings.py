"""Calling off and deadlines: a seat becomes free, once, and people hear of it."""

from datetime import datetime, timedelta

import pytest

from tests.factories.schools import make_pupil
from tests.placements.world import ANYBODY, Scene, everybody_says_yes, make_scene
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.endings import ending_sentence
from werkpfad.journey.placements.enums import AnswerReason, PlacementState, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.rules import NotPossible
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def cancel(placement: Placement, now: datetime, side: Side | None = Side.COMPANY) -> Placement:
    return actions.cancel(
        placement=placement,
        side=side,
        reason=AnswerReason.ILLNESS,
        text="",
        by=ANYBODY,
        at=now,
    )


def test_calling_off_frees_the_seat_for_the_next(scene: Scene, now: datetime) -> None:
    first = scene.placement()
    everybody_says_yes(first, at=now)
    cancel(first, now)
    scene.slot.refresh_from_db()
    assert scene.slot.taken == 0
    second = scene.placement(pupil=make_pupil(school_class=scene.school_class))
    assert everybody_says_yes(second, at=now).result == "confirmed"


def test_calling_off_twice_frees_one_seat(now: datetime) -> None:
    scene = make_scene(capacity=2)
    first, second = (
        scene.placement(),
        scene.placement(pupil=make_pupil(school_class=scene.school_class)),
    )
    everybody_says_yes(first, at=now)
    everybody_says_yes(second, at=now)
    cancel(first, now)
    cancel(first, now)
    scene.slot.refresh_from_db()
    assert scene.slot.taken == 1


def test_calling_off_tells_everybody_and_the_coordination(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    everybody_says_yes(placement, at=now)
    OutboxMail.objects.all().delete()
    cancel(placement, now)
    by_kind = OutboxMail.objects.values_list("kind", flat=True)
    assert sorted(by_kind) == ["cancelled", "cancelled", "region"]
    free = OutboxMail.objects.get(kind="region")
    assert scene.offer.title in free.subject
    assert scene.pupil.given_name not in free.subject + free.body


def test_withdrawing_a_proposal_frees_nothing(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    cancel(placement, now, side=None)
    placement.refresh_from_db()
    assert placement.state == PlacementState.CANCELLED
    assert not OutboxMail.objects.filter(kind="region").exists()


def test_what_is_over_cannot_be_called_off(scene: Scene, now: datetime) -> None:
    placement = scene.placement(state="completed", confirmed_at=now)
    with pytest.raises(NotPossible):
        cancel(placement, now)


def test_a_missed_deadline_closes_and_names_who(scene: Scene, now: datetime) -> None:
    placement = scene.placement(answer_by=now)
    everybody_says_yes(placement, at=now, sides=(Side.PUPIL, Side.SCHOOL))
    assert actions.expire_overdue(at=now) == 1
    placement.refresh_from_db()
    assert (placement.state, placement.closed_by) == (PlacementState.EXPIRED, Side.COMPANY)
    assert "der Betrieb hat nicht rechtzeitig geantwortet" in ending_sentence(placement)
    assert OutboxMail.objects.filter(to_user=scene.teacher).count() == 1


def test_expiring_twice_changes_and_tells_nothing_more(scene: Scene, now: datetime) -> None:
    scene.placement(answer_by=now)
    actions.expire_overdue(at=now)
    mails = OutboxMail.objects.count()
    assert actions.expire_overdue(at=now + timedelta(days=1)) == 0
    assert OutboxMail.objects.count() == mails


def test_an_answered_side_does_not_expire(scene: Scene, now: datetime) -> None:
    placement = scene.placement(answer_by=now + timedelta(days=1))
    assert actions.expire_overdue(at=now) == 0
    everybody_says_yes(placement, at=now)
    assert actions.expire_overdue(at=now + timedelta(days=9)) == 0


def test_batches_finish_everything(scene: Scene, now: datetime) -> None:
    for _ in range(3):
        scene.placement(pupil=make_pupil(school_class=scene.school_class), answer_by=now)
    assert [actions.expire_overdue(at=now, batch=2) for _ in range(3)] == [2, 1, 0]


@pytest.mark.parametrize(
    ("state", "closed_by", "reason", "informal", "sentence"),
    [
        (
            "declined",
            "",
            "full",
            False,
            "Der Platz ist leider gerade an jemand anderen vergeben worden.",
        ),
        (
            "declined",
            "company",
            "full",
            False,
            "Der Betrieb hat abgelehnt. Grund: Alle Plätze sind vergeben.",
        ),
        (
            "declined",
            "pupil",
            "other_place",
            False,
            "Für diese Zeit ist ein anderer Platz bestätigt.",
        ),
        ("declined", "pupil", "too_far", True, "Du hast abgelehnt. Grund: Der Weg ist zu weit."),
        ("cancelled", "", "", False, "Die Servicestelle hat abgesagt."),
        (
            "expired",
            "pupil",
            "",
            True,
            "Die Frist ist abgelaufen: du hast nicht rechtzeitig geantwortet.",
        ),
        ("proposed", "", "", False, ""),
        ("confirmed", "", "", False, ""),
    ],
)
def test_endings_in_words(
    state: str, closed_by: str, reason: str, informal: bool, sentence: str
) -> None:
    placement = Placement(state=state, closed_by=closed_by, reason=reason)
    assert ending_sentence(placement, to_pupil=informal) == sentence
