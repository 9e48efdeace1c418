"""One mail a day instead of many, for those who want it so."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string

from werkpfad.region.notifications.enums import MailStatus
from werkpfad.region.notifications.models import OutboxMail
from werkpfad.region.notifications.queries import held_mails

DIGEST = "digest"


def build_digests(*, at: datetime) -> int:
    """Turn the held mails whose hour has come into one mail per person; returns how many were made."""
    by_address: defaultdict[str, list[int]] = defaultdict(list)
    for mail_id, address in held_mails(at=at).values_list("pk", "to_email"):
        by_address[address].append(mail_id)
    for ids in by_address.values():
        _bundle(ids, at=at)
    return len(by_address)


@transaction.atomic
def _bundle(ids: list[int], *, at: datetime) -> None:
    """A single held mail leaves as it is; several become one. Two workers: the second finds nothing left."""
    rows = OutboxMail.objects.select_for_update(of=("self",)).filter(
        pk__in=ids, status=MailStatus.QUEUED, hold_for_digest=True
    )
    mails = list(rows.order_by("created_at", "pk"))
    if len(mails) == 1:
        OutboxMail.objects.filter(pk=mails[0].pk).update(hold_for_digest=False)
    if len(mails) < 2:
        return
    first = mails[0]
    regions = {mail.region_id for mail in mails}
    OutboxMail.objects.create(
        region=first.region if len(regions) == 1 else None,
        to_email=first.to_email,
        to_user=first.to_user,
        kind=DIGEST,
        subject=f"{len(mails)} Neuigkeiten bei Werkpfad",
        body=render_to_string("notifications/mail/digest.txt", {"mails": mails}),
        dedupe_key=f"digest:{first.public_id}",
        next_try_at=at,
    )
    OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(status=MailStatus.BUNDLED)
