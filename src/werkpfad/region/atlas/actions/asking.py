"""The yearly question: is this entry still right? Answered from the mail, without an account."""

from datetime import date, datetime, timedelta

from django.db import transaction

from werkpfad.base.accounts.actions import issue_link, use_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.models import ActionLink
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.region.atlas.actions.entries import confirm_entry, withdraw_entry
from werkpfad.region.atlas.models import MemberEntry
from werkpfad.region.atlas.notices import still_right
from werkpfad.region.atlas.queries import entries_to_ask, voices_of
from werkpfad.region.notifications.actions import notify

LINK_LASTS = timedelta(days=60)


def ask_stale(*, at: datetime, today: date) -> int:
    """Write to the owners of entries nobody confirmed for a year; returns how many entries were asked about."""
    entries = list(entries_to_ask(at=at))
    for entry in entries:
        ask_about(entry=entry, at=at, today=today)
    return len(entries)


@transaction.atomic
def ask_about(*, entry: MemberEntry, at: datetime, today: date) -> None:
    """One mail with a link of its own to each who speaks for the organisation."""
    for voice in voices_of(entry.organisation, today=today):
        token = issue_link(
            purpose=LinkPurpose.ENTRY_CHECK,
            email=voice.email,
            valid_for=LINK_LASTS,
            by=SYSTEM,
            at=at,
            obj=entry,
        )
        notify(
            still_right(entry, token, asked_on=today),
            at=at,
            to_user=voice.user,
            to_email=voice.email,
            region=entry.region,
            organisation=entry.organisation,
        )
    MemberEntry.objects.filter(pk=entry.pk).update(asked_at=at)


@transaction.atomic
def answer_by_link(
    *, link: ActionLink, entry: MemberEntry, still_right: bool, by: Actor, at: datetime
) -> None:
    """Use the link up: the entry is confirmed, or taken off the map. Raises `LinkNotUsable`."""
    use_link(link=link, at=at)
    if still_right:
        confirm_entry(entry=entry, by=by, at=at)
    else:
        withdraw_entry(entry=entry, by=by, at=at)
