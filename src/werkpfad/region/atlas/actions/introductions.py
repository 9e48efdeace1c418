"""Two members are made known to each other: one mail to each side, once."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.region.atlas.enums import ItemKind
from werkpfad.region.atlas.models import Introduction
from werkpfad.region.atlas.notices import introduction
from werkpfad.region.atlas.queries import voices_of
from werkpfad.region.network.models import Organisation
from werkpfad.region.notifications.actions import notify

KEPT_FOR = timedelta(days=365)


class AlreadyIntroduced(Exception):
    """Both know of each other for this already; nobody is written to again."""


class NobodyToAsk(Exception):
    """The other side has no address that anybody reads; nothing was written."""


@transaction.atomic
def introduce(
    *,
    asking: Organisation,
    other: Organisation,
    kind: ItemKind,
    text: str,
    by: Actor,
    at: datetime,
    today: date,
) -> Introduction:
    """Write to both sides with the other's address. Raises `AlreadyIntroduced` or `NobodyToAsk`."""
    ours, theirs = voices_of(asking, today=today), voices_of(other, today=today)
    if not theirs or not ours:
        raise NobodyToAsk
    try:
        with transaction.atomic():
            made = Introduction.objects.create(
                region=asking.region, asking=asking, other=other, kind=kind, text=text, made_at=at
            )
    except IntegrityError:
        raise AlreadyIntroduced from None
    for to_asking, voices, answer_to in ((True, ours, theirs), (False, theirs, ours)):
        notice = introduction(made, to_asking=to_asking, reply_to=answer_to[0].email)
        for voice in voices:
            notify(
                notice,
                at=at,
                to_user=voice.user,
                to_email=voice.email,
                region=asking.region,
                organisation=asking if to_asking else other,
            )
    record(
        "introduction.made",
        by=by,
        at=at,
        obj=made,
        region_id=asking.region_id,
        asking=asking.public_id,
        other=other.public_id,
        kind=str(kind),
    )
    return made


def forget_introductions(*, at: datetime) -> int:
    """Remove what was written a year ago; returns how many went."""
    return Introduction.objects.filter(made_at__lt=at - KEPT_FOR).delete()[0]
