"""What must go goes, what must stay stays (T63, for links, sessions, invitations and mails)."""

from datetime import datetime, timedelta

import pytest

from tests.factories.network import make_organisation, make_user
from werkpfad.base.accounts import tasks as accounts_tasks
from werkpfad.base.accounts.actions import issue_link, note_sign_in
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.models import ActionLink, SignIn
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.schedule import registered
from werkpfad.region.network import tasks as network_tasks
from werkpfad.region.network.actions import invite
from werkpfad.region.network.models import Invitation
from werkpfad.region.notifications import tasks
from werkpfad.region.notifications.actions import notify
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.models import OutboxMail
from werkpfad.region.notifications.notice import Notice

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_links_go_ninety_days_after_their_end(now: datetime) -> None:
    issue_link(purpose=LinkPurpose.SIGN_IN, email="a@example.org", valid_for=DAY, by=SYSTEM, at=now)
    accounts_tasks.tidy(at=now + 91 * DAY)
    assert ActionLink.objects.exists()
    accounts_tasks.tidy(at=now + 91 * DAY + timedelta(seconds=1))
    assert not ActionLink.objects.exists()


def test_sessions_nobody_ended_are_closed_and_go_later(now: datetime) -> None:
    row = note_sign_in(user=make_user(), session_key="k" * 32, device="Firefox", by=SYSTEM, at=now)
    SignIn.objects.update(created_at=now)
    accounts_tasks.tidy(at=now + timedelta(hours=12))
    row.refresh_from_db()
    assert row.ended_at is None
    accounts_tasks.tidy(at=now + timedelta(hours=12, seconds=1))
    row.refresh_from_db()
    assert (row.ended_at, row.session_key) == (now, "")
    accounts_tasks.tidy(at=now + 90 * DAY + timedelta(seconds=1))
    assert not SignIn.objects.exists()


def test_invitations_go_ninety_days_after_their_end(now: datetime) -> None:
    invite(
        organisation=make_organisation(),
        role="supervisor",
        email="a@example.org",
        name="",
        by=SYSTEM,
        at=now,
    )
    network_tasks.tidy(at=now + 104 * DAY)
    assert Invitation.objects.exists()
    network_tasks.tidy(at=now + 104 * DAY + timedelta(seconds=1))
    assert not Invitation.objects.exists()


def test_mails_go_after_ninety_days_unless_they_still_wait(now: datetime) -> None:
    for name in ("gone", "waits"):
        notify(Notice(NoticeKind.REGION, name, "x", name), at=now, to_email=f"{name}@example.org")
    tasks.deliver(at=now)
    OutboxMail.objects.update(created_at=now)
    OutboxMail.objects.filter(to_email="waits@example.org").update(status="queued", sent_at=None)
    tasks.tidy(at=now + 90 * DAY)
    assert OutboxMail.objects.count() == 2
    tasks.tidy(at=now + 90 * DAY + timedelta(seconds=1))
    assert OutboxMail.objects.get().to_email == "waits@example.org"


def test_all_of_it_happens_by_itself() -> None:
    names = {entry.name for entry in registered()}
    assert {"accounts.tidy", "network.tidy", "notifications.tidy", "notifications.outbox"} <= names
