"""Addresses of calendars to subscribe to: one per person, shown once, replaced or switched off at any time."""

from datetime import datetime, timedelta

from django.db import transaction

from werkpfad.base.accounts.actions import issue_link, revoke_links
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core.actor import Actor
from werkpfad.region.meetings.models import Participant

FEED_LASTS = timedelta(days=730)


@transaction.atomic
def open_feed(*, participant: Participant, by: Actor, at: datetime) -> str:
    """A new secret address; the old one stops working. Returns its token, which is stored nowhere."""
    close_feed(participant=participant, at=at)
    return issue_link(
        purpose=LinkPurpose.CALENDAR,
        email=participant.email,
        valid_for=FEED_LASTS,
        by=by,
        at=at,
        obj=participant,
        single_use=False,
    )


def close_feed(*, participant: Participant, at: datetime) -> int:
    """Nobody can read the calendar any more; returns how many addresses were open."""
    return revoke_links(
        purpose=LinkPurpose.CALENDAR, obj_id=participant.public_id, email=None, at=at
    )
