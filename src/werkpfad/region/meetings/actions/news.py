"""The newsletter promises: nobody gets it who did not ask for it and confirm; leaving takes one click and no account;
nobody counts who opened what.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from werkpfad.base.accounts.actions import issue_link, revoke_links
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.ids import new_public_id
from werkpfad.region.meetings.models import Circle, NewsIssue, Subscription
from werkpfad.region.notifications.actions import notify
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import from_template

CONFIRM_WITHIN = timedelta(days=3)
LEAVE_LINK_LASTS = timedelta(days=3650)


class AlreadySent(Exception):
    """The issue is in the archive and in people's mailboxes; it stays as it is."""


@transaction.atomic
def ask_for_news(*, circle: Circle, email: str, at: datetime) -> None:
    """Send a link to confirm. The page answers the same for every address, known or not."""
    address = email.strip().lower()
    row, _ = Subscription.objects.get_or_create(circle=circle, email=address)
    if row.confirmed_at is not None:
        return
    revoke_links(purpose=LinkPurpose.NEWS, obj_id=row.public_id, email=address, at=at)
    token = issue_link(
        purpose=LinkPurpose.NEWS,
        email=address,
        valid_for=CONFIRM_WITHIN,
        by=SYSTEM,
        at=at,
        obj=row,
        single_use=False,
    )
    notice = from_template(
        NoticeKind.NEWS,
        "meetings/mail/news_confirm.txt",
        {
            "circle": circle,
            "region": circle.region,
            "url": absolute(reverse("meetings:news_confirm", args=[token])),
        },
        dedupe_key=f"news_confirm:{new_public_id()}",
    )
    notify(notice, at=at, to_email=address, region=circle.region)


@transaction.atomic
def confirm_news(*, subscription: Subscription, by: Actor, at: datetime) -> None:
    """From now on the address receives issues."""
    if subscription.confirmed_at is None:
        subscription.confirmed_at = at
        subscription.save(update_fields=["confirmed_at", "updated_at"])
        _record("news.confirmed", subscription.circle, by=by, at=at)


@transaction.atomic
def leave_news(*, subscription: Subscription, by: Actor, at: datetime) -> None:
    """The address is deleted, not kept as unsubscribed."""
    _record("news.left", subscription.circle, by=by, at=at)
    subscription.delete()


@transaction.atomic
def write_issue(*, circle: Circle, title: str, text: str, by: Actor, at: datetime) -> NewsIssue:
    """A draft; nobody receives it yet."""
    issue = NewsIssue.objects.create(circle=circle, title=title, text=text)
    _record("news.written", circle, by=by, at=at)
    return issue


@transaction.atomic
def change_issue(
    *, issue: NewsIssue, title: str, text: str, seen_version: int, by: Actor, at: datetime
) -> None:
    """Raises EditConflict, AlreadySent."""
    locked = NewsIssue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if locked.sent_at is not None:
        raise AlreadySent
    locked.title, locked.text = title, text
    save_if_unchanged(locked, seen_version=seen_version)
    _record("news.changed", issue.circle, by=by, at=at)


@transaction.atomic
def send_issue(*, issue: NewsIssue, by: Actor, at: datetime) -> int:
    """One mail to each confirmed address, with the header for one-click leaving (RFC 8058). Raises AlreadySent."""
    locked = NewsIssue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if locked.sent_at is not None:
        raise AlreadySent
    circle = issue.circle
    receivers = list(Subscription.objects.filter(circle=circle, confirmed_at__isnull=False))
    for row in receivers:
        _send(locked, circle, row, by=by, at=at)
    locked.sent_at, locked.receivers = at, len(receivers)
    locked.save(update_fields=["sent_at", "receivers", "updated_at"])
    _record("news.sent", circle, by=by, at=at, count=len(receivers))
    return len(receivers)


def _send(issue: NewsIssue, circle: Circle, row: Subscription, *, by: Actor, at: datetime) -> None:
    token = issue_link(
        purpose=LinkPurpose.NEWS,
        email=row.email,
        valid_for=LEAVE_LINK_LASTS,
        by=by,
        at=at,
        obj=row,
        single_use=False,
    )
    one_click = absolute(reverse("meetings:news_one_click", args=[token]))
    notice = from_template(
        NoticeKind.NEWS,
        "meetings/mail/news.txt",
        {
            "issue": issue,
            "circle": circle,
            "region": circle.region,
            "url": absolute(reverse("meetings:news_leave", args=[token])),
            "archive": absolute(reverse("meetings:news", args=[circle.public_id])),
        },
        dedupe_key=f"news:{issue.public_id}",
        headers={
            "List-Unsubscribe": f"<{one_click}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        },
    )
    notify(notice, at=at, to_email=row.email, region=circle.region)


def forget_unconfirmed(*, at: datetime) -> int:
    """Remove addresses that were typed in and never confirmed; returns how many."""
    old = Subscription.objects.filter(
        confirmed_at__isnull=True, updated_at__lt=at - 2 * CONFIRM_WITHIN
    )
    return old.delete()[0]


def _record(event: str, circle: Circle, *, by: Actor, at: datetime, **facts: object) -> None:
    record(event, by=by, at=at, obj=circle, region_id=circle.region_id, **facts)
