"""A short word from both sides afterwards, once each."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.journey.applications.notices import LINK_VALID_FOR
from werkpfad.journey.applications.queries import answer_addresses
from werkpfad.journey.placements import notices
from werkpfad.journey.placements.actions.telling import company_link
from werkpfad.journey.placements.enums import SEATED, Side
from werkpfad.journey.placements.models import Feedback, Placement
from werkpfad.journey.placements.questions import are_complete
from werkpfad.region.notifications.actions import notify


class AlreadyGiven(Exception):
    """This side has given its feedback; the first one stays."""


class NotComplete(ValueError):
    """Scores that are no answers to the side's questions, or a placement that never took place."""


@transaction.atomic
def give_feedback(
    *,
    placement: Placement,
    side: Side,
    scores: Mapping[str, int],
    text: str,
    by: Actor,
    at: datetime,
) -> Feedback:
    """Store one side's answers. Raises `AlreadyGiven`, `NotComplete`."""
    if placement.state not in SEATED or not are_complete(side, scores):
        raise NotComplete
    try:
        with transaction.atomic():
            row = Feedback.objects.create(
                placement=placement,
                side=side,
                scores=dict(scores),
                text=text.strip(),
                given_at=at,
            )
    except IntegrityError:
        raise AlreadyGiven from None
    record(
        "placement.feedback",
        by=by,
        at=at,
        obj=placement,
        region_id=placement.slot.programme.region_id,
        side=str(side),
    )
    return row


def ask_company(placement: Placement, *, at: datetime) -> None:
    """Ask the company for its feedback, with a link that needs no account."""
    offer = placement.slot.offer
    for email in answer_addresses(offer, today=day_of(at)):
        token = company_link(
            offer.organisation,
            email,
            at=at,
            valid_for=LINK_VALID_FOR,
            purpose=LinkPurpose.COMPANY_FEEDBACK,
        )
        notify(
            notices.feedback_wanted(placement, token=token),
            at=at,
            region=placement.slot.programme.region,
            to_email=email,
            organisation=offer.organisation,
        )
