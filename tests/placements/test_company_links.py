"""Pages from a mail: looking changes nothing, acting needs a click, and a link does what it was made for only."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.internships import make_offer, make_slot
from tests.factories.journey import make_application
from tests.factories.network import make_organisation, make_site
from tests.factories.schools import make_pupil
from tests.placements.world import Scene, make_scene
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.models import ActionLink
from werkpfad.base.core import clock
from werkpfad.base.core.actor import COMMAND
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.applications.models import Application
from werkpfad.journey.internships.actions import merge_organisations
from werkpfad.journey.placements.actions.telling import company_link
from werkpfad.journey.placements.models import Attendance, Consent, Placement
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db


@dataclass
class Mail:
    scene: Scene
    placement: Placement
    token: str

    @property
    def path(self) -> str:
        return reverse("placements:answer", args=[self.token])

    def post(self, client: Client, **data: str) -> int:
        item = {"item": f"placement-{self.placement.public_id}"}
        return client.post(self.path, item | data).status_code


def link(scene: Scene, hours: int = 24, purpose: LinkPurpose = LinkPurpose.COMPANY_ANSWER) -> str:
    return company_link(
        scene.company,
        "betrieb@example.org",
        at=clock.now(),
        valid_for=timedelta(hours=hours),
        purpose=purpose,
    )


@pytest.fixture
def mail() -> Mail:
    scene = make_scene(capacity=3)
    return Mail(scene, scene.placement(), link(scene))


def company_answer(mail: Mail) -> str:
    return Consent.objects.get(placement=mail.placement, side="company").answer


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_twice_changes_nothing(client: Client, mail: Mail, method: str) -> None:
    events, mails = AuditEvent.objects.count(), OutboxMail.objects.count()
    for _ in range(2):
        assert getattr(client, method)(mail.path).status_code == 200
    assert (AuditEvent.objects.count(), OutboxMail.objects.count()) == (events, mails)
    assert company_answer(mail) == "open"


def test_yes_by_one_click_and_a_second_click_changes_nothing(client: Client, mail: Mail) -> None:
    assert mail.post(client, answer="yes") == 302
    events = AuditEvent.objects.count()
    assert mail.post(client, answer="yes") == 302
    assert company_answer(mail) == "yes"
    assert AuditEvent.objects.count() == events
    assert Consent.objects.get(placement=mail.placement, side="company").channel == "mail_link"


def test_a_link_from_before_a_merge_still_answers(client: Client, mail: Mail) -> None:
    """The link names the record that is gone; what it opens is still decided by the address alone."""
    company = mail.scene.company
    winner = make_organisation(region=company.region)
    foreign = make_slot(offer=make_offer(organisation=winner, site=make_site(organisation=winner)))
    hidden = make_application(slot=foreign)
    merge_organisations(loser=company, winner=winner, by=COMMAND, at=clock.now())
    text = client.get(mail.path).content.decode()
    assert mail.placement.public_id in text
    assert hidden.public_id not in text
    assert mail.post(client, answer="yes") == 302
    assert company_answer(mail) == "yes"


def test_no_needs_a_reason(client: Client, mail: Mail) -> None:
    assert mail.post(client, answer="no") == 422
    assert mail.post(client, answer="no", reason="other") == 422
    assert mail.post(client, answer="no", reason="dates") == 302
    mail.placement.refresh_from_db()
    assert (mail.placement.state, mail.placement.reason) == ("declined", "dates")


def test_an_answer_after_the_end_is_told_kindly(client: Client, mail: Mail) -> None:
    mail.post(client, answer="no", reason="full")
    response = client.post(
        mail.path, {"item": f"placement-{mail.placement.public_id}", "answer": "yes"}, follow=True
    )
    assert "inzwischen geschlossen" in response.content.decode()


def test_an_application_is_accepted_from_the_mail(client: Client, mail: Mail) -> None:
    application = make_application(
        pupil=make_pupil(school_class=mail.scene.school_class), slot=mail.scene.slot
    )
    assert application.public_id in client.get(mail.path).content.decode()
    item = f"application-{application.public_id}"
    assert client.post(mail.path, {"item": item, "answer": "yes"}).status_code == 302
    assert Application.objects.get(pk=application.pk).state == "accepted"
    assert Placement.objects.filter(application=application).count() == 1


def test_only_the_companys_own_requests(client: Client, mail: Mail) -> None:
    stranger = make_scene().placement()
    data = {"item": f"placement-{stranger.public_id}", "answer": "yes"}
    assert client.post(mail.path, data).status_code == 404
    neighbour = mail.scene.placement(slot=mail.scene.slot_elsewhere())
    data = {"item": f"placement-{neighbour.public_id}", "answer": "yes"}
    assert client.post(mail.path, data).status_code == 404
    assert client.post(mail.path, {"item": "user-1", "answer": "yes"}).status_code == 404


def test_each_changed_character_is_a_forgery(client: Client, mail: Mail) -> None:
    for position in range(0, len(mail.token), 6):
        other = "A" if mail.token[position] != "A" else "B"
        forged = mail.token[:position] + other + mail.token[position + 1 :]
        assert client.get(reverse("placements:answer", args=[forged])).status_code == 404


def test_a_link_opens_only_what_it_was_made_for(client: Client, mail: Mail) -> None:
    for name in ("attendance_link", "feedback_link"):
        assert client.get(reverse(f"placements:{name}", args=[mail.token])).status_code == 404


def test_a_changed_address_ends_the_link(client: Client, mail: Mail) -> None:
    mail.scene.offer.contact_email = "neu@example.org"
    mail.scene.offer.save()
    assert client.get(mail.path).status_code == 404
    assert mail.post(client, answer="yes") == 404
    assert company_answer(mail) == "open"


def test_an_expired_link_sends_its_successor_to_the_same_address(
    client: Client, mail: Mail
) -> None:
    token = link(mail.scene, hours=-1)
    closed = client.get(reverse("placements:answer", args=[token]))
    assert closed.status_code == 410
    assert "b•••@example.org" in closed.content.decode()
    renew = reverse("placements:renew_link", args=["company_answer", token])
    assert client.get(renew).status_code == 405
    sent = client.post(renew)
    assert sent.status_code == 200
    new = OutboxMail.objects.get(subject__contains="neuer Link")
    assert new.to_email == "betrieb@example.org"
    path = new.body.split("http://localhost:8000")[1].split()[0]
    assert path not in sent.content.decode()
    assert client.get(path).status_code == 200


def test_a_valid_or_unknown_link_is_not_renewed(client: Client, mail: Mail) -> None:
    links = ActionLink.objects.count()
    for token in (mail.token, "unbekannt"):
        client.post(reverse("placements:renew_link", args=["company_answer", token]))
    client.post(reverse("placements:renew_link", args=["sign_in", mail.token]))
    assert ActionLink.objects.count() == links
    assert not OutboxMail.objects.exists()


def test_renewing_has_its_limit(client: Client, mail: Mail) -> None:
    token = link(mail.scene, hours=-1)
    renew = reverse("placements:renew_link", args=["company_answer", token])
    before = ActionLink.objects.count()
    for _ in range(5):
        client.post(renew)
    assert ActionLink.objects.count() - before <= 3


def test_one_tap_for_attendance_and_undo(client: Client, mail: Mail) -> None:
    today = clock.today()
    slot = mail.scene.slot
    slot.first_day = slot.last_day = today
    slot.save()
    mail.placement.state, mail.placement.confirmed_at = "confirmed", clock.now()
    mail.placement.save()
    path = reverse(
        "placements:attendance_link",
        args=[link(mail.scene, purpose=LinkPurpose.COMPANY_ATTENDANCE)],
    )
    assert mail.scene.pupil.full_name in client.get(path).content.decode()
    tap = {"placement": mail.placement.public_id}
    assert client.post(path, tap | {"presence": "present"}).status_code == 302
    row = Attendance.objects.get()
    assert (row.presence, row.day, row.channel) == ("present", today, "mail_link")
    assert client.post(path, tap | {"presence": "undo"}).status_code == 302
    assert not Attendance.objects.exists()
    assert client.post(path, tap | {"presence": "asleep"}).status_code == 404
    assert client.post(path + "?tag=2020-01-01", tap | {"presence": "present"}).status_code == 404


def test_feedback_from_the_mail_one_after_the_other(client: Client, mail: Mail) -> None:
    yesterday = clock.today() - timedelta(days=1)
    mail.scene.slot.first_day = mail.scene.slot.last_day = yesterday
    mail.scene.slot.save()
    mail.placement.state, mail.placement.confirmed_at = "completed", clock.now()
    mail.placement.save()
    token = link(mail.scene, purpose=LinkPurpose.COMPANY_FEEDBACK)
    path = reverse("placements:feedback_link", args=[token])
    answers = {"reliable": "4", "interested": "3", "careful": "3", "team": "4", "text": "Danke"}
    key = {"placement": mail.placement.public_id}
    assert client.post(path, key).status_code == 422
    assert client.post(path, key | answers).status_code == 302
    assert "Danke für Ihre Rückmeldung" in client.get(path).content.decode()
    again = client.post(path, key | answers, follow=True)
    assert "schon gespeichert" in again.content.decode()
    assert mail.placement.feedback.count() == 1
