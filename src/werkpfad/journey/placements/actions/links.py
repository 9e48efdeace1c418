"""Links that let a company act without an account: renewed by itself, and sent on the first morning."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction

from werkpfad.base.accounts.actions import renew_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.models import ActionLink
from werkpfad.base.core.actor import by_link
from werkpfad.base.core.days import end_of_day
from werkpfad.journey.applications.notices import LINK_VALID_FOR
from werkpfad.journey.applications.queries import answer_addresses
from werkpfad.journey.placements import notices
from werkpfad.journey.placements.actions.telling import company_link
from werkpfad.journey.placements.enums import PlacementState
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.queries import with_details
from werkpfad.region.network.models import Organisation
from werkpfad.region.notifications.actions import notify

AFTERWARDS = timedelta(days=7)


@transaction.atomic
def renew_company_link(*, link: ActionLink, organisation: Organisation, at: datetime) -> None:
    """Send a fresh link for the same purpose and company to the address of the old one."""
    token = renew_link(link=link, valid_for=LINK_VALID_FOR, by=by_link(link.pk), at=at)
    notify(
        notices.new_link(organisation, purpose=link.purpose, token=token, at=at),
        at=at,
        region=organisation.region,
        to_email=link.email,
        organisation=organisation,
    )


def send_first_day_links(*, today: date, at: datetime) -> int:
    """On a first day, mail each company one link to confirm attendance; a repeat on the same day mails nothing."""
    rows = with_details(
        Placement.objects.filter(state=PlacementState.CONFIRMED, slot__first_day=today)
    ).order_by("pk")
    groups: dict[tuple[int, str], list[Placement]] = defaultdict(list)
    for row in rows:
        for email in answer_addresses(row.slot.offer, today=today):
            groups[row.slot.offer.organisation_id, email].append(row)
    return sum(_send_day_link(group, email, today, at) for (_, email), group in groups.items())


@transaction.atomic
def _send_day_link(rows: list[Placement], email: str, today: date, at: datetime) -> bool:
    organisation = rows[0].slot.offer.organisation
    last_day = max(row.slot.last_day for row in rows)
    token = company_link(
        organisation,
        email,
        at=at,
        valid_for=end_of_day(last_day) + AFTERWARDS - at,
        purpose=LinkPurpose.COMPANY_ATTENDANCE,
    )
    mail = notify(
        notices.coming_today(rows, day=today, token=token),
        at=at,
        region=rows[0].slot.programme.region,
        to_email=email,
        organisation=organisation,
    )
    return mail is not None
