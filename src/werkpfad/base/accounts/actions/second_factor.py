"""Second factors: added, removed, and the recovery codes that come with the first one."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from werkpfad.base.accounts.models import User
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor


class LastFactor(Exception):
    """The role needs a second factor, and this is the only one."""


@transaction.atomic
def add_app(*, user: User, secret: str, by: Actor, at: datetime) -> None:
    """An authenticator app; a former one is replaced. `secret` is base32 and was proven by a right code."""
    _lock(user)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    record("second_factor.added", by=by, at=at, obj=user, sort="totp")


@transaction.atomic
def add_passkey(
    *, user: User, name: str, credential: dict[str, Any], by: Actor, at: datetime
) -> None:
    """`credential` is the browser's checked answer (see `passkeys.registration_answer`)."""
    _lock(user)
    WebAuthn.add(user, name, credential)
    RecoveryCodes.activate(user)
    record("second_factor.added", by=by, at=at, obj=user, sort="webauthn")


@transaction.atomic
def rename_passkey(*, passkey: Authenticator, name: str, by: Actor, at: datetime) -> None:
    """The name only helps its owner tell devices apart; it protects nothing."""
    user = _lock(passkey.user)
    WebAuthn(passkey).name = name
    passkey.save(update_fields=["data"])
    record("second_factor.renamed", by=by, at=at, obj=user)


@transaction.atomic
def remove_factor(*, factor: Authenticator, is_needed: bool, by: Actor, at: datetime) -> None:
    """With the last factor its recovery codes go too. Raises LastFactor where the role needs one."""
    user = _lock(factor.user)
    others = (
        Authenticator.objects.filter(user=user)
        .exclude(pk=factor.pk)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
    )
    if not others.exists():
        if is_needed:
            raise LastFactor
        Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    factor.delete()
    record("second_factor.removed", by=by, at=at, obj=user, sort=str(factor.type))


@transaction.atomic
def renew_recovery_codes(*, user: User, by: Actor, at: datetime) -> None:
    """Ten new codes; the old ones stop working."""
    _lock(user)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    record("second_factor.recovery_codes_renewed", by=by, at=at, obj=user)


def _lock(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)
