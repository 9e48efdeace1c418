"""Applying, taking back, declining and expiring; what a company learns of a pupil before it has said yes."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.journey import make_application
from tests.factories.network import make_membership
from tests.placements.world import ANYBODY, Scene, make_scene
from werkpfad.base.accounts.models import ActionLink
from werkpfad.base.core.actor import person
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.applications import actions
from werkpfad.journey.applications.actions import CannotApply
from werkpfad.journey.applications.enums import DeclineReason
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.queries import answer_addresses, offers_answered_by
from werkpfad.journey.applications.rules import NotPossible
from werkpfad.journey.internships.models import Slot
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene(capacity=2)


def apply(
    scene: Scene, now: datetime, slot: Slot | None = None, has_place: bool = False
) -> Application:
    return actions.apply_for_slot(
        pupil=scene.pupil,
        slot=slot or scene.slot,
        message=" Ich baue gern. ",
        has_place=has_place,
        by=person(scene.pupil.user_id or 0),
        at=now,
    )


def test_applying_asks_the_company_by_mail_with_a_link(scene: Scene, now: datetime) -> None:
    application = apply(scene, now)
    assert (application.state, application.message) == ("open", "Ich baue gern.")
    assert application.submitted_by_id == scene.pupil.user_id
    assert application.decide_by.date() == date(2026, 11, 27)
    mail = OutboxMail.objects.get()
    link = ActionLink.objects.get()
    assert (mail.to_email, link.email) == ("betrieb@example.org", "betrieb@example.org")
    assert (link.purpose, link.object_id) == ("company_answer", scene.company.public_id)
    assert "/antwort/" in mail.body
    assert AuditEvent.objects.filter(event="application.submitted").count() == 1


def test_the_company_learns_first_name_and_age_band_only(scene: Scene, now: datetime) -> None:
    apply(scene, now)
    mail = OutboxMail.objects.get()
    text = mail.subject + mail.body
    assert scene.pupil.given_name in text
    assert "unter 15 Jahre" in text
    for secret in (scene.pupil.family_name, scene.school.organisation.name, "2012", "21680"):
        assert secret not in text


def test_names_with_special_characters_arrive_unharmed(scene: Scene, now: datetime) -> None:
    scene.offer.title = "Küche & Service: „Tom's“ <Bistro>"
    scene.offer.save()
    apply(scene, now)
    assert "Küche & Service: „Tom's“ <Bistro>" in OutboxMail.objects.get().body


def test_three_open_applications_are_the_limit(scene: Scene, now: datetime) -> None:
    for _ in range(3):
        apply(scene, now, scene.slot_elsewhere())
    with pytest.raises(CannotApply, match="schon 3 Bewerbungen"):
        apply(scene, now)
    assert Application.objects.count() == 3


def test_the_same_slot_only_once(scene: Scene, now: datetime) -> None:
    apply(scene, now)
    with pytest.raises(CannotApply, match="schon eine Bewerbung"):
        apply(scene, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_application(pupil=scene.pupil, slot=scene.slot)


def test_a_place_for_the_same_time_excludes(scene: Scene, now: datetime) -> None:
    with pytest.raises(CannotApply, match="bestätigten Platz"):
        apply(scene, now, has_place=True)


def test_the_law_is_asked(scene: Scene, now: datetime) -> None:
    scene.programme.is_school_event = False
    scene.programme.save()
    with pytest.raises(CannotApply, match="Unter 15 Jahren"):
        apply(scene, now)
    assert not OutboxMail.objects.exists()


def test_withdrawing_tells_the_company(scene: Scene, now: datetime) -> None:
    application = apply(scene, now)
    closed = actions.withdraw(application=application, by=ANYBODY, at=now)
    assert (closed.state, closed.closed_at) == ("withdrawn", now)
    assert OutboxMail.objects.filter(subject__contains="zurückgezogen").count() == 1
    with pytest.raises(NotPossible):
        actions.withdraw(application=application, by=ANYBODY, at=now)


def test_declining_needs_and_keeps_a_reason(scene: Scene, now: datetime) -> None:
    application = apply(scene, now)
    closed = actions.decline(
        application=application,
        reason=DeclineReason.DATES,
        text="Betriebsferien",
        by=ANYBODY,
        at=now,
    )
    assert (closed.decline_reason, closed.decline_text) == ("dates", "Betriebsferien")
    mail = OutboxMail.objects.get(to_user=scene.teacher)
    assert "Der Zeitraum passt nicht" in mail.body
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(decline_reason="")


def test_no_answer_expires_once(scene: Scene, now: datetime) -> None:
    application = apply(scene, now)
    assert actions.expire_overdue(at=application.decide_by - timedelta(seconds=1)) == 0
    assert actions.expire_overdue(at=application.decide_by) == 1
    assert actions.expire_overdue(at=application.decide_by + timedelta(days=1)) == 0
    application.refresh_from_db()
    assert application.state == "expired"
    assert OutboxMail.objects.filter(to_user=scene.teacher).count() == 1


def test_one_reminder_two_days_before(scene: Scene, now: datetime) -> None:
    application = apply(scene, now)
    assert actions.remind_companies(at=application.decide_by - timedelta(days=3)) == 0
    assert actions.remind_companies(at=application.decide_by - timedelta(days=1)) == 1
    assert actions.remind_companies(at=application.decide_by - timedelta(hours=1)) == 0


def test_a_changed_address_opens_nothing(scene: Scene, now: datetime) -> None:
    offers = offers_answered_by(scene.company, "betrieb@example.org", today=now.date())
    assert list(offers) == [scene.offer]
    scene.offer.contact_email = "neu@example.org"
    scene.offer.save()
    assert not offers.all().exists()


def test_without_contact_address_the_people_in_charge_are_asked(
    scene: Scene, now: datetime
) -> None:
    scene.offer.contact_email = ""
    scene.offer.save()
    manager = make_membership("company_manager", organisation=scene.company)
    make_membership("supervisor", organisation=scene.company)
    today = now.date()
    assert answer_addresses(scene.offer, today=today) == [manager.user.email]
    mine = offers_answered_by(scene.company, manager.user.email or "", today=today)
    assert list(mine) == [scene.offer]
    manager.ends_on = today
    manager.save()
    assert answer_addresses(scene.offer, today=today) == []
    assert not offers_answered_by(scene.company, manager.user.email or "", today=today).exists()
