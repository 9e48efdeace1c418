"""What the network tells: an entry waits, is public, or has to be confirmed."""

from datetime import date

from django.urls import reverse

from werkpfad.base.core.addresses import absolute
from werkpfad.region.atlas.models import Introduction, MemberEntry
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import Notice, from_template


def entry_waits(entry: MemberEntry) -> Notice:
    """To the office: somebody handed in an entry."""
    return from_template(
        NoticeKind.REGION,
        "atlas/mail/entry_waits.txt",
        {"name": entry.organisation.name, "address": absolute(reverse("atlas:care"))},
        dedupe_key=f"entry_waits:{entry.public_id}:{entry.submitted}",
    )


def entry_released(entry: MemberEntry, number: int) -> Notice:
    """To the owners: everybody reads the entry now."""
    address = absolute(reverse("atlas:member", args=[entry.public_id]))
    return from_template(
        NoticeKind.NETWORK,
        "atlas/mail/entry_released.txt",
        {"name": entry.organisation.name, "address": address},
        dedupe_key=f"entry_released:{entry.public_id}:{number}",
    )


def still_right(entry: MemberEntry, token: str, *, asked_on: date) -> Notice:
    """To the owners, once a year: is it still right?"""
    return from_template(
        NoticeKind.NETWORK,
        "atlas/mail/still_right.txt",
        {
            "name": entry.organisation.name,
            "confirmed_at": entry.confirmed_at,
            "address": absolute(reverse("atlas:still_right", args=[token])),
        },
        dedupe_key=f"still_right:{entry.public_id}:{asked_on}",
    )


def introduction(made: Introduction, *, to_asking: bool, reply_to: str) -> Notice:
    """To both sides: who the other is, what it is about, and how to answer."""
    me, other = (made.asking, made.other) if to_asking else (made.other, made.asking)
    entry = MemberEntry.objects.filter(organisation=other).first()
    page = absolute(reverse("atlas:member", args=[entry.public_id])) if entry else ""
    context = {"me": me, "other": other, "made": made, "to_asking": to_asking, "page": page}
    return from_template(
        NoticeKind.NETWORK,
        "atlas/mail/introduction.txt",
        context | {"address": reply_to},
        dedupe_key=f"introduction:{made.public_id}:{me.public_id}",
    )
