"""Mails leave once, whatever the server does: nothing lost, nothing twice (T47, T50)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.access.sign_in import sign_in_as
from tests.factories.network import make_membership, make_region
from tests.notifications.servers import nobody_there, running
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.network.models import Region
from werkpfad.region.notifications import tasks
from werkpfad.region.notifications.actions import notify, send_outbox, try_again
from werkpfad.region.notifications.actions.outbox import GIVE_UP_AFTER_TRIES
from werkpfad.region.notifications.enums import MailStatus, NoticeKind
from werkpfad.region.notifications.models import OutboxMail
from werkpfad.region.notifications.notice import Notice

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def queue(number: int, at: datetime, region: Region | None = None) -> None:
    for n in range(number):
        notice = Notice(NoticeKind.REQUEST, f"Anfrage {n}", "Guten Tag", f"request:{n}")
        notify(notice, at=at, to_email=f"b{n}@example.org", region=region)


def states() -> set[str]:
    return set(OutboxMail.objects.values_list("status", flat=True))


def test_each_mail_arrives_once(now: datetime) -> None:
    queue(5, now)
    with running() as server:
        assert send_outbox(at=now) == (5, 0)
        assert send_outbox(at=now + MINUTE) == (0, 0)
    assert sorted(address for address, _ in server.received) == [
        f"b{n}@example.org" for n in range(5)
    ]


def test_the_same_occasion_is_told_once(now: datetime) -> None:
    queue(2, now)
    queue(2, now)
    assert OutboxMail.objects.count() == 2


def test_after_a_day_without_server_everything_arrives_once(now: datetime) -> None:
    """Checked each minute, as the worker does; half a day the port is closed, half a day the server says 421."""
    at = now
    queue(12, at)
    with nobody_there():
        for _ in range(12 * 60 // 5):
            at += 5 * MINUTE
            tasks.deliver(at=at)
    assert states() == {MailStatus.QUEUED}
    with running(lambda address: "421 4.3.2 Closing") as sulking:
        for _ in range(12):
            at += 60 * MINUTE
            tasks.deliver(at=at)
    assert states() == {MailStatus.QUEUED}
    assert sulking.received == []
    with running() as server:
        for _ in range(130):
            at += MINUTE
            tasks.deliver(at=at)
    assert states() == {MailStatus.SENT}
    assert len(server.received) == len(set(server.received)) == 12


def test_a_server_that_hangs_holds_up_one_mail_only(now: datetime) -> None:
    queue(3, now)
    with running(lambda address: "hang") as server:
        assert send_outbox(at=now) == (0, 3)
    assert server.received == []
    with running() as server:
        assert send_outbox(at=now + 6 * MINUTE) == (3, 0)


def test_one_bad_address_does_not_hold_up_the_others(now: datetime) -> None:
    queue(4, now)
    with running(lambda a: "550 5.1.1 Unknown" if a.startswith("b1@") else "250 OK") as server:
        assert send_outbox(at=now) == (3, 1)
        assert send_outbox(at=now + timedelta(days=1)) == (0, 0)
    assert len(server.received) == 3
    refused = OutboxMail.objects.get(to_email="b1@example.org")
    assert (refused.status, refused.last_error) == (MailStatus.FAILED, "SMTPRecipientsRefused 550")


def test_a_mail_refused_for_now_is_tried_for_about_two_days(now: datetime) -> None:
    queue(1, now)
    at, tries = now, 0
    with running(lambda address: "450 4.2.1 Busy"):
        while OutboxMail.objects.get().status == MailStatus.QUEUED:
            at = OutboxMail.objects.get().next_try_at
            send_outbox(at=at)
            tries += 1
    assert tries == GIVE_UP_AFTER_TRIES
    assert timedelta(days=1, hours=12) < at - now < timedelta(days=3)


def test_a_given_up_mail_can_be_tried_again(now: datetime) -> None:
    queue(1, now)
    with running(lambda address: "550 No"):
        send_outbox(at=now)
    mail = OutboxMail.objects.get()
    assert try_again(mail=mail, at=now)
    assert not try_again(mail=mail, at=now)
    with running() as server:
        send_outbox(at=now)
    assert len(server.received) == 1


def test_a_mail_claimed_by_a_worker_that_died_leaves_later(now: datetime) -> None:
    queue(1, now)
    OutboxMail.objects.update(next_try_at=now + 10 * MINUTE)
    with running() as server:
        assert send_outbox(at=now) == (0, 0)
        assert send_outbox(at=now + 10 * MINUTE) == (1, 0)
    assert len(server.received) == 1


def test_line_breaks_in_a_subject_add_no_header(now: datetime) -> None:
    notice = Notice(NoticeKind.REQUEST, "Anfrage von Ümläut & <Co>", "Grüße", "x")
    notify(notice, at=now, to_email="a@example.org")
    with running() as server:
        send_outbox(at=now)
    headers = server.received[0][1].split("\r\n\r\n")[0]
    assert "Auto-Submitted: auto-generated" in headers
    assert headers.count("\nTo:") == 1


def test_coordinators_see_that_the_server_is_down_and_what_became_of_mails(now: datetime) -> None:
    region = make_region()
    held = make_membership(RoleCode.COORDINATOR, region=region)
    client = sign_in_as(Client(), held.user)
    queue(2, now, region)
    notify(
        Notice(NoticeKind.REQUEST, "Fremd", "x", "f"),
        at=now,
        to_email="fremd@example.org",
        region=make_region(),
    )
    with nobody_there():
        send_outbox(at=now)
    page = client.get("/mails/").content.decode()
    assert "Mails kommen gerade nicht hinaus" in page
    assert "b0@example.org" in page
    assert "fremd@example.org" not in page
    assert "Anfrage 0" not in page, "the log shows no subjects"
    with running(lambda address: "550 No"):
        send_outbox(at=now + 6 * MINUTE)
    mail = OutboxMail.objects.filter(region=region).first()
    assert mail is not None
    assert "Erneut versuchen" in client.get("/mails/?status=failed").content.decode()
    client.post(f"/mails/{mail.public_id}/erneut/")
    mail.refresh_from_db()
    assert mail.status == MailStatus.QUEUED
