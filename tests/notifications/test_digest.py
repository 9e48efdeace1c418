"""Preferences hold for each organisation, and who wants one mail a day gets exactly one."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.access.sign_in import sign_in_as
from tests.factories.network import make_membership, make_user
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.network.models import Organisation
from werkpfad.region.notifications import tasks
from werkpfad.region.notifications.actions import notify, set_preferences
from werkpfad.region.notifications.actions.outbox import next_digest
from werkpfad.region.notifications.enums import ALWAYS_SENT, Delivery, MailStatus, NoticeKind
from werkpfad.region.notifications.models import OutboxMail
from werkpfad.region.notifications.notice import Notice

pytestmark = pytest.mark.django_db
DAILY = {"delivery": Delivery.DAILY}


@pytest.fixture
def user() -> User:
    return make_user(email="chefin@example.org")


@pytest.fixture
def company(user: User) -> Organisation:
    return make_membership(RoleCode.COMPANY_MANAGER, user=user).organisation


def tell(
    user: User, company: Organisation, number: int, at: datetime, **more: str
) -> OutboxMail | None:
    kind = NoticeKind(more.get("kind", "request"))
    notice = Notice(kind, f"Anfrage {number}", f"Text {number}", f"{kind}:{number}")
    return notify(notice, at=at, to_user=user, organisation=company)


def prefer(user: User, company: Organisation, delivery: Delivery) -> None:
    set_preferences(user=user, choices={(NoticeKind.REQUEST, company): delivery})


def test_collected_mails_become_one(user: User, company: Organisation, now: datetime) -> None:
    prefer(user, company, Delivery.DAILY)
    for number in range(3):
        tell(user, company, number, now + timedelta(minutes=number))
    tasks.deliver(at=now + timedelta(hours=6, minutes=59))
    assert mail.outbox == []
    for minutes in (0, 1, 2):
        tasks.deliver(at=now + timedelta(hours=7, minutes=minutes))
    assert [message.subject for message in mail.outbox] == ["3 Neuigkeiten bei Werkpfad"]
    assert all(f"Text {number}" in mail.outbox[0].body for number in range(3))
    bundled = OutboxMail.objects.filter(status=MailStatus.BUNDLED)
    assert bundled.count() == 3


def test_a_single_collected_mail_leaves_as_it_is(
    user: User, company: Organisation, now: datetime
) -> None:
    prefer(user, company, Delivery.DAILY)
    tell(user, company, 1, now)
    tasks.deliver(at=now + timedelta(hours=7))
    assert [message.subject for message in mail.outbox] == ["Anfrage 1"]


def test_who_wants_no_mail_gets_none(user: User, company: Organisation, now: datetime) -> None:
    prefer(user, company, Delivery.NEVER)
    assert tell(user, company, 1, now) is None


def test_a_choice_for_one_organisation_leaves_the_other_alone(
    user: User, company: Organisation, now: datetime
) -> None:
    other = make_membership(RoleCode.COMPANY_MANAGER, user=user).organisation
    prefer(user, company, Delivery.NEVER)
    assert tell(user, company, 1, now) is None
    assert tell(user, other, 2, now) is not None


@pytest.mark.parametrize("kind", ALWAYS_SENT)
def test_mails_about_the_account_always_leave_at_once(
    user: User, company: Organisation, now: datetime, kind: NoticeKind
) -> None:
    set_preferences(user=user, choices={(kind, company): Delivery.NEVER})
    queued = tell(user, company, 1, now, kind=kind)
    assert queued is not None
    assert not queued.hold_for_digest


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-11-20T09:00:00+01:00", "2026-11-20T16:00:00+01:00"),
        ("2026-11-20T16:00:00+01:00", "2026-11-21T16:00:00+01:00"),
        ("2026-07-01T13:59:00+00:00", "2026-07-01T16:00:00+02:00"),
        ("2027-03-27T20:00:00+01:00", "2027-03-28T16:00:00+02:00"),
    ],
)
def test_the_hour_is_that_of_the_clock_on_the_wall(written: str, leaves: str) -> None:
    assert next_digest(datetime.fromisoformat(written)) == datetime.fromisoformat(leaves)


def test_the_page_stores_what_was_chosen(user: User, company: Organisation, now: datetime) -> None:
    client = sign_in_as(Client(), user)
    page = client.get("/konto/mails/").content.decode()
    assert company.name in page
    names = {f"{kind}-{company.public_id}": "now" for kind in NoticeKind.values}
    client.post("/konto/mails/", names | {f"request-{company.public_id}": "never"})
    assert tell(user, company, 1, now) is None
    assert tell(user, company, 2, now, kind="answer") is not None
    wrong = client.post("/konto/mails/", names | {f"request-{company.public_id}": "loud"})
    assert wrong.status_code == 200
