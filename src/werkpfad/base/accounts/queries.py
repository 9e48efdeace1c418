"""Finding people and links by what they carry."""

import hashlib
from datetime import date, datetime

from django.db.models import QuerySet

from werkpfad.base.accounts.codes import LENGTH, lookup_of, normalised
from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.models import AccessCode, ActionLink, SignIn, User


def digest_of(token: str) -> str:
    """SHA-256 of a link's secret; 256 random bits need no key and no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def state_of(link: ActionLink, *, at: datetime) -> LinkState:
    """What became of a link; taken back counts before used, used before expired."""
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.used_at is not None and link.single_use:
        return LinkState.USED
    return LinkState.VALID if at < link.expires_at else LinkState.EXPIRED


def find_link(
    token: str, *, purpose: LinkPurpose, at: datetime
) -> tuple[LinkState, ActionLink | None]:
    """The link behind a token if it was made for `purpose`; UNKNOWN for everything else."""
    link = ActionLink.objects.filter(digest=digest_of(token), purpose=purpose).first()
    if link is None:
        return LinkState.UNKNOWN, None
    return state_of(link, at=at), link


def may_sign_in(user: User, *, today: date) -> bool:
    """Whether the account is open: active, and not past its last day."""
    return user.is_active and (user.valid_until is None or user.valid_until >= today)


def user_by_code(typed: str) -> User | None:
    """The active person to whom a typed code belongs."""
    if len(normalised(typed)) != LENGTH:
        return None
    access = (
        AccessCode.objects.select_related("user")
        .filter(lookup=lookup_of(typed), user__is_active=True)
        .first()
    )
    return access.user if access else None


def user_by_email(email: str) -> User | None:
    """The active person of this address, however it was written."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def running_sign_ins(user: User) -> QuerySet[SignIn]:
    """Where somebody is signed in, used last comes first."""
    return SignIn.objects.filter(user=user, ended_at__isnull=True).order_by("-last_seen_at")
