"""The newsletter reaches who asked and confirmed, and leaving takes one click (RFC 8058)."""

import email
import email.policy
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories.meetings import make_circle
from tests.factories.network import make_region
from tests.factories.signed_in import coordinator_of
from tests.notifications.servers import running
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.meetings import tasks
from werkpfad.region.meetings.actions import AlreadySent, send_issue, write_issue
from werkpfad.region.meetings.models import Circle, NewsIssue, Subscription
from werkpfad.region.network.models import Region
from werkpfad.region.notifications.actions import send_outbox
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db
FROZEN = time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def circle(region: Region) -> Circle:
    return make_circle(region=region)


@pytest.fixture
def sent(circle: Circle, now: datetime) -> NewsIssue:
    issue = write_issue(circle=circle, title="Erste", text="Hallo", by=SYSTEM, at=now)
    send_issue(issue=issue, by=SYSTEM, at=now)
    return issue


def reader(circle: Circle, now: datetime, address: str = "ada@example.org") -> Subscription:
    return Subscription.objects.create(circle=circle, email=address, confirmed_at=now)


def path_in(mail: OutboxMail, part: str) -> str:
    found = re.search(rf"/rundbrief/{part}/[^/\s]+/", mail.body)
    assert found
    return found[0]


@FROZEN
def test_asked_for_confirmed_and_then_received(
    circle: Circle, sent: NewsIssue, now: datetime
) -> None:
    guest = Client()
    guest.post(f"/rundbrief/{circle.public_id}/", {"email": "Ada@Example.org"})
    link = path_in(OutboxMail.objects.get(), "bestaetigen")
    second = write_issue(circle=circle, title="Zweite", text="Neues", by=SYSTEM, at=now)
    assert guest.get(link).status_code == 200
    assert Subscription.objects.get().confirmed_at is None
    guest.post(link)
    assert send_issue(issue=second, by=SYSTEM, at=now) == 1
    assert OutboxMail.objects.get(subject="Zweite").to_email == "ada@example.org"


@FROZEN
def test_the_answer_is_the_same_for_known_and_unknown(
    circle: Circle, sent: NewsIssue, now: datetime
) -> None:
    reader(circle, now)
    path = f"/rundbrief/{circle.public_id}/"
    pages = []
    for address in ("ada@example.org", "neu@example.org"):
        guest = Client()
        page = guest.post(path, {"email": address}, follow=True).content.decode()
        pages.append("Dort bestätigen Sie die Adresse" in page)
    assert pages == [True, True]
    assert [mail.to_email for mail in OutboxMail.objects.all()] == ["neu@example.org"]


@FROZEN
def test_a_stranger_cannot_fill_a_mailbox(circle: Circle, sent: NewsIssue) -> None:
    for _ in range(10):
        Client().post(f"/rundbrief/{circle.public_id}/", {"email": "opfer@example.org"})
    assert OutboxMail.objects.count() <= 3


def test_one_click_as_mail_providers_do_it(circle: Circle, now: datetime) -> None:
    reader(circle, now)
    issue = write_issue(circle=circle, title="Neues", text="Text", by=SYSTEM, at=now)
    send_issue(issue=issue, by=SYSTEM, at=now)
    with running() as server:
        send_outbox(at=now)
    message = email.message_from_string(server.received[0][1], policy=email.policy.default)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<https?://[^/]+(/.+)>", str(message["List-Unsubscribe"]).strip())
    assert address
    provider = Client(enforce_csrf_checks=True)
    assert provider.get(address[1]).status_code == 405
    assert provider.post(address[1]).status_code == 404
    assert Subscription.objects.exists()
    assert provider.post(address[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()
    assert provider.post(address[1], {"List-Unsubscribe": "One-Click"}).status_code == 200


@FROZEN
def test_the_link_in_the_mail_asks_first(circle: Circle, now: datetime) -> None:
    reader(circle, now)
    issue = write_issue(circle=circle, title="Neues", text="Text", by=SYSTEM, at=now)
    send_issue(issue=issue, by=SYSTEM, at=now)
    link = path_in(OutboxMail.objects.get(), "abbestellen")
    Client().get(link)
    assert Subscription.objects.exists()
    assert "Ihre Adresse ist gelöscht" in Client().post(link).content.decode()
    assert not Subscription.objects.exists()
    assert "Abbestellt" in Client().get(link).content.decode()


def test_sent_once_and_then_fixed(circle: Circle, sent: NewsIssue, now: datetime) -> None:
    reader(circle, now)
    with pytest.raises(AlreadySent):
        send_issue(issue=sent, by=SYSTEM, at=now)
    assert not OutboxMail.objects.exists()


@FROZEN
def test_the_office_writes_and_the_archive_shows_what_was_sent(
    region: Region, circle: Circle
) -> None:
    office = coordinator_of(region)
    archive = f"/rundbrief/{circle.public_id}/"
    typed = {"title": "Herbst", "text": "<script>alert(1)</script>", "version": "1"}
    office.post(f"/netzwerke/{circle.public_id}/rundbrief/neu/", typed)
    issue = NewsIssue.objects.get()
    assert Client().get(archive).status_code == 404
    office.post(f"/rundbriefe/{issue.public_id}/", typed | {"title": "Winter"})
    clash = office.post(f"/rundbriefe/{issue.public_id}/", typed)
    assert clash.status_code == 409
    office.post(f"/rundbriefe/{issue.public_id}/verschicken/")
    assert "Winter" in Client().get(archive).content.decode()
    page = Client().get(f"{archive}{issue.public_id}/").content.decode()
    assert "&lt;script&gt;alert" in page
    office.post(f"/rundbriefe/{issue.public_id}/", typed | {"version": "2"})
    assert NewsIssue.objects.get().title == "Winter"


def test_what_nobody_confirms_is_forgotten(circle: Circle, now: datetime) -> None:
    Subscription.objects.create(circle=circle, email="vertippt@example.org")
    kept = reader(circle, now)
    Subscription.objects.update(updated_at=now)
    tasks.tidy(at=now + timedelta(days=5))
    assert Subscription.objects.count() == 2
    tasks.tidy(at=now + timedelta(days=7))
    assert list(Subscription.objects.all()) == [kept]
