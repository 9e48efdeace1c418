"""Writing to invited people. Every mail carries a link of its own, which works until three months after the meeting."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from werkpfad.base.accounts.actions import issue_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.addresses import absolute
from werkpfad.region.meetings.models import Meeting, Registration
from werkpfad.region.meetings.notices import about
from werkpfad.region.meetings.rules import Method, is_told
from werkpfad.region.notifications.actions import notify

LINK_OUTLASTS_MEETING = timedelta(days=90)
LINK_LASTS_AT_LEAST = timedelta(days=14)


def tell(
    registration: Registration,
    template: str,
    *,
    occasion: str,
    by: Actor,
    at: datetime,
    method: Method | None = None,
    **more: Any,
) -> None:
    """Queue one mail to one person. The registration comes with meeting, circle, region and participant."""
    meeting = registration.meeting
    token = issue_link(
        purpose=LinkPurpose.MEETING,
        email=registration.participant.email,
        valid_for=max(meeting.ends_at + LINK_OUTLASTS_MEETING - at, LINK_LASTS_AT_LEAST),
        by=by,
        at=at,
        obj=registration,
        single_use=False,
    )
    url = absolute(reverse("meetings:answer", args=[token]))
    notice = about(registration, template, url=url, occasion=occasion, method=method, **more)
    notify(notice, at=at, to_email=registration.participant.email, region=meeting.circle.region)


def tell_all(
    meeting: Meeting, template: str, *, occasion: str, method: Method, by: Actor, at: datetime
) -> int:
    """Everybody who has not declined; returns how many."""
    rows = list(_told(meeting))
    for row in rows:
        tell(row, template, occasion=occasion, method=method, by=by, at=at)
    return len(rows)


def _told(meeting: Meeting) -> Iterable[Registration]:
    rows = Registration.objects.filter(meeting=meeting).select_related(
        "meeting__circle__region", "participant"
    )
    return [row for row in rows.order_by("pk") if is_told(row.answer)]
