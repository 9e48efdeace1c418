"""Who is told of what happened to a placement. Recipients are computed when it happens, never stored."""

from datetime import datetime, timedelta

from werkpfad.base.accounts.actions import issue_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.roles import ROLES
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.days import day_of
from werkpfad.journey.applications.queries import answer_addresses, approving_people
from werkpfad.journey.placements.models import Placement
from werkpfad.region.network.models import Membership, Organisation, Region
from werkpfad.region.notifications.actions import notify
from werkpfad.region.notifications.notice import Notice

STEERING_ROLES = tuple(
    code for code, role in ROLES.items() if Permission.MANAGE_PROGRAMMES in role.permissions
)


def company_link(
    organisation: Organisation,
    email: str,
    *,
    at: datetime,
    valid_for: timedelta,
    purpose: LinkPurpose = LinkPurpose.COMPANY_ANSWER,
) -> str:
    """A token for everything that waits for `email` at a company; usable until it expires."""
    return issue_link(
        purpose=purpose,
        email=email,
        valid_for=valid_for,
        by=SYSTEM,
        at=at,
        obj=organisation,
        single_use=False,
    )


def tell_company(placement: Placement, notice: Notice, *, at: datetime) -> None:
    offer = placement.slot.offer
    for email in answer_addresses(offer, today=day_of(at)):
        notify(
            notice,
            at=at,
            region=placement.slot.programme.region,
            to_email=email,
            organisation=offer.organisation,
        )


def tell_school(placement: Placement, notice: Notice, *, at: datetime) -> None:
    school = placement.pupil.school_class.school.organisation
    for user in approving_people(placement.pupil, today=day_of(at)):
        notify(
            notice,
            at=at,
            region=placement.slot.programme.region,
            to_user=user,
            organisation=school,
        )


def tell_coordination(region: Region, notice: Notice, *, at: datetime) -> None:
    """Everybody who steers the region's programmes, as each of them wants to hear of it."""
    members = Membership.objects.filter(
        organisation__region=region, role__in=STEERING_ROLES, user__is_active=True
    ).select_related("user", "organisation")
    for member in members.order_by("pk"):
        notify(notice, at=at, region=region, to_user=member.user, organisation=member.organisation)
