"""People in roles: invited, admitted, and let go with effect at once."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from werkpfad.base.accounts.actions import create_user
from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.queries import user_by_email
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.region.network.models import Invitation, Membership, Organisation
from werkpfad.region.network.queries import other_managers
from werkpfad.region.network.rules import is_managing

INVITATION_LASTS = timedelta(days=14)


class AlreadyInvited(Exception):
    """An open invitation of this address into this role exists; send that one again."""


class InvitationNotOpen(Exception):
    """It was accepted, withdrawn or has run out."""


class LastManager(Exception):
    """Nobody could look after the organisation any more; `confirmed=True` does it nevertheless."""


@transaction.atomic
def invite(
    *, organisation: Organisation, role: str, email: str, name: str, by: Actor, at: datetime
) -> Invitation:
    """Raises AlreadyInvited."""
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                organisation=organisation,
                role=role,
                email=email.strip().lower(),
                name=name.strip(),
                invited_by_id=by.user_id,
                expires_at=at + INVITATION_LASTS,
            )
    except IntegrityError:
        raise AlreadyInvited from None
    record(
        "invitation.sent",
        by=by,
        at=at,
        obj=invitation,
        region_id=organisation.region_id,
        role=role,
    )
    return invitation


@transaction.atomic
def extend_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Sent again: it runs for another two weeks. Raises InvitationNotOpen."""
    locked = _open(invitation)
    locked.expires_at = at + INVITATION_LASTS
    locked.save(update_fields=["expires_at", "updated_at"])
    record("invitation.extended", by=by, at=at, obj=locked)
    return locked


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> None:
    """Raises InvitationNotOpen."""
    locked = _open(invitation)
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at", "updated_at"])
    record("invitation.revoked", by=by, at=at, obj=locked)


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    given_name: str,
    family_name: str,
    by: Actor,
    at: datetime,
    today: date,
) -> tuple[User, Membership]:
    """Admit the owner of the invited address; an account is made if there is none. Raises InvitationNotOpen."""
    locked = _open(invitation)
    if locked.expires_at <= at:
        raise InvitationNotOpen
    user = user_by_email(locked.email) or create_user(
        kind=UserKind.STAFF,
        email=locked.email,
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        by=by,
        at=at,
    )
    membership, is_new = Membership.objects.get_or_create(
        user=user,
        organisation=locked.organisation,
        role=locked.role,
        defaults={"starts_on": today},
    )
    if not is_new and membership.ends_on is not None:
        membership.starts_on, membership.ends_on = today, None
        membership.save(update_fields=["starts_on", "ends_on", "updated_at"])
    locked.accepted_at = at
    locked.save(update_fields=["accepted_at", "updated_at"])
    record(
        "invitation.accepted",
        by=by,
        at=at,
        obj=locked,
        region_id=locked.organisation.region_id,
        role=locked.role,
    )
    return user, membership


@transaction.atomic
def end_membership(
    *, membership: Membership, by: Actor, at: datetime, today: date, confirmed: bool = False
) -> None:
    """The role ends now. Raises LastManager unless `confirmed`."""
    locked = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if not confirmed and is_managing(locked.role) and not other_managers(locked, today=today):
        raise LastManager
    locked.ends_on = today
    if locked.starts_on is not None and locked.starts_on >= today:
        locked.starts_on = today - timedelta(days=1)
    locked.save(update_fields=["starts_on", "ends_on", "updated_at"])
    record(
        "membership.ended",
        by=by,
        at=at,
        obj=locked,
        region_id=locked.organisation.region_id,
        role=locked.role,
    )


def _open(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if locked.accepted_at is not None or locked.revoked_at is not None:
        raise InvitationNotOpen
    return locked
