"""Letters of the network: invitations, registrations, and what became of them."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from werkpfad.base.accounts.actions import issue_link, revoke_links, use_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.models import ActionLink, User
from werkpfad.base.accounts.roles import RoleCode, role
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.ids import new_public_id
from werkpfad.region.network.actions import (
    accept_invitation,
    create_organisation,
    decide,
    extend_invitation,
    invite,
)
from werkpfad.region.network.actions.people import INVITATION_LASTS
from werkpfad.region.network.enums import OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import (
    Contact,
    Invitation,
    Membership,
    Organisation,
    Region,
)
from werkpfad.region.network.queries import running
from werkpfad.region.network.rules import Step
from werkpfad.region.notifications.actions.outbox import notify
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import from_template


@transaction.atomic
def invite_by_mail(
    *, organisation: Organisation, role_code: str, email: str, name: str, by: Actor, at: datetime
) -> Invitation:
    """Invite and write to the address. Raises AlreadyInvited."""
    invitation = invite(
        organisation=organisation, role=role_code, email=email, name=name, by=by, at=at
    )
    _send(invitation, "notifications/mail/invitation.txt", by=by, at=at)
    return invitation


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, by: Actor, at: datetime) -> None:
    """A new link; the old one stops working. Raises InvitationNotOpen."""
    extended = extend_invitation(invitation=invitation, by=by, at=at)
    _send(extended, "notifications/mail/invitation.txt", by=by, at=at)


@transaction.atomic
def register_company(
    *,
    region: Region,
    name: str,
    street: str,
    postal_code: str,
    place_name: str,
    contact_name: str,
    phone: str,
    email: str,
    at: datetime,
) -> Organisation:
    """A company asks to take part. It waits for the address to be confirmed, then for a coordinator."""
    company = create_organisation(
        region=region,
        kind=OrganisationKind.COMPANY,
        status=OrganisationStatus.REQUESTED,
        name=name,
        street=street,
        postal_code=postal_code,
        place_name=place_name,
        by=SYSTEM,
        at=at,
    )
    Contact.objects.create(organisation=company, name=contact_name, email=email, phone=phone)
    invitation = invite(
        organisation=company,
        role=RoleCode.COMPANY_MANAGER,
        email=email,
        name=contact_name,
        by=SYSTEM,
        at=at,
    )
    _send(invitation, "notifications/mail/registration.txt", by=SYSTEM, at=at)
    return company


def _send(invitation: Invitation, template: str, *, by: Actor, at: datetime) -> None:
    revoke_links(purpose=LinkPurpose.INVITATION, obj_id=invitation.public_id, email=None, at=at)
    token = issue_link(
        purpose=LinkPurpose.INVITATION,
        email=invitation.email,
        valid_for=INVITATION_LASTS,
        by=by,
        at=at,
        obj=invitation,
    )
    held = role(invitation.role)
    organisation = invitation.organisation
    notice = from_template(
        NoticeKind.INVITATION,
        template,
        {
            "name": invitation.name,
            "organisation": organisation.name,
            "region": organisation.region,
            "role": held.title if held else "",
            "sentence": held.description if held else "",
            "days": INVITATION_LASTS.days,
            "address": absolute(reverse("network:accept", args=[token])),
        },
        dedupe_key=f"invitation:{new_public_id()}",
        urgent=True,
    )
    notify(notice, at=at, to_email=invitation.email, region=organisation.region)


@transaction.atomic
def accept_by_link(
    *,
    link: ActionLink,
    invitation: Invitation,
    given_name: str,
    family_name: str,
    by: Actor,
    at: datetime,
    today: date,
) -> tuple[User, Membership]:
    """Use the link up and admit its owner; coordinators hear of a company that waits for them.

    Raises LinkNotUsable or InvitationNotOpen.
    """
    use_link(link=link, at=at)
    user, membership = accept_invitation(
        invitation=invitation,
        given_name=given_name,
        family_name=family_name,
        by=by,
        at=at,
        today=today,
    )
    organisation = membership.organisation
    if organisation.status == OrganisationStatus.REQUESTED:
        _tell_coordinators(organisation, at=at, today=today)
    return user, membership


def _tell_coordinators(organisation: Organisation, *, at: datetime, today: date) -> None:
    path = reverse("network:organisation", args=[organisation.public_id])
    notice = from_template(
        NoticeKind.REGION,
        "notifications/mail/company_waits.txt",
        {"organisation": organisation.name, "address": absolute(path)},
        dedupe_key=f"company_waits:{organisation.public_id}",
    )
    for held in _holders(organisation.region, RoleCode.COORDINATOR, today=today):
        notify(
            notice,
            at=at,
            to_user=held.user,
            region=organisation.region,
            organisation=held.organisation,
        )


def _holders(region: Region, code: RoleCode, *, today: date) -> list[Membership]:
    rows = Membership.objects.filter(
        organisation__region=region, role=code, user__is_active=True
    ).select_related("user", "organisation")
    return list(running(rows, today=today))


@transaction.atomic
def decide_and_tell(
    *,
    organisation: Organisation,
    step: Step,
    by: Actor,
    at: datetime,
    today: date,
    reason: str = "",
) -> None:
    """Decide, and tell the people of the organisation of a release. Raises StepNotPossible."""
    decided = decide(organisation=organisation, step=step, by=by, at=at, reason=reason)
    if step != Step.RELEASE:
        return
    notice = from_template(
        NoticeKind.INVITATION,
        "notifications/mail/company_released.txt",
        {"organisation": decided.name, "address": absolute(reverse("accounts:sign_in"))},
        dedupe_key=f"company_released:{decided.public_id}",
    )
    rows = Membership.objects.filter(organisation=decided).select_related("user")
    for held in running(rows, today=today):
        notify(notice, at=at, to_user=held.user, region=decided.region, organisation=decided)
