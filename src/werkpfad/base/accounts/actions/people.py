"""Accounts themselves: made, renamed, given a password or another address."""

from datetime import datetime

from django.db import IntegrityError, transaction

from werkpfad.base.accounts.actions.links import revoke_links
from werkpfad.base.accounts.actions.sign_ins import end_sign_ins
from werkpfad.base.accounts.enums import LinkPurpose, UserKind
from werkpfad.base.accounts.models import User
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor


@transaction.atomic
def create_user(
    *,
    kind: UserKind,
    by: Actor,
    at: datetime,
    email: str | None = None,
    given_name: str = "",
    family_name: str = "",
) -> User:
    """A person who can sign in. Pupils and guardians get neither e-mail nor name here."""
    user = User(
        kind=kind,
        email=email.strip().lower() if email else None,
        given_name=given_name,
        family_name=family_name,
    )
    user.set_unusable_password()
    user.save()
    record("user.created", by=by, at=at, obj=user, kind=str(kind))
    return user


class AddressTaken(Exception):
    """Another account has this e-mail address."""


@transaction.atomic
def rename_user(*, user: User, given_name: str, family_name: str, by: Actor, at: datetime) -> None:
    """The new name stands on what is printed and mailed from now on; the log keeps neither."""
    user.given_name, user.family_name = given_name.strip(), family_name.strip()
    user.save(update_fields=["given_name", "family_name", "updated_at"])
    record("user.renamed", by=by, at=at, obj=user)


@transaction.atomic
def set_password(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """The caller has checked the password against the rules. All sessions but the caller's die with it."""
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])
    record("user.password_set", by=by, at=at, obj=user)


@transaction.atomic
def change_email(*, user: User, email: str, by: Actor, at: datetime) -> str:
    """Move the account to a confirmed address; links to the old one stop working. Returns the old address.

    Raises AddressTaken.
    """
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    old = locked.email or ""
    locked.email = email.strip().lower()
    try:
        with transaction.atomic():
            locked.save(update_fields=["email", "updated_at"])
    except IntegrityError:
        raise AddressTaken from None
    for purpose in (LinkPurpose.SIGN_IN, LinkPurpose.CONFIRM_EMAIL):
        revoke_links(purpose=purpose, obj_id=locked.public_id, email=None, at=at)
    record("user.email_changed", by=by, at=at, obj=locked)
    return old


@transaction.atomic
def close_user(*, user: User, by: Actor, at: datetime) -> None:
    """The account is closed and signed out everywhere at once."""
    user.is_active = False
    user.save(update_fields=["is_active", "updated_at"])
    end_sign_ins(user=user, by=by, at=at)
    record("user.closed", by=by, at=at, obj=user)
