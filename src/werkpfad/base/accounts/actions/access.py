"""Codes on sign-in sheets: made once, printed again, renewed when lost."""

from datetime import datetime

from django.db import IntegrityError, transaction

from werkpfad.base.accounts.codes import code_of, lookup_of
from werkpfad.base.accounts.models import AccessCode, User
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor


def _store_with_lookup(access: AccessCode) -> None:
    """Save `access` under its lookup; the next generation is taken in the rare case of a collision."""
    while True:
        access.lookup = lookup_of(code_of(access))
        try:
            with transaction.atomic():
                access.save()
            return
        except IntegrityError:
            access.generation += 1


@transaction.atomic
def create_access(*, user: User, by: Actor, at: datetime) -> AccessCode:
    """Give a pupil or guardian a code; an existing one stays as it is."""
    existing = AccessCode.objects.filter(user=user).first()
    if existing is not None:
        return existing
    access = AccessCode(user=user)
    _store_with_lookup(access)
    record("code.created", by=by, at=at, obj=access)
    return access


@transaction.atomic
def renew_access(*, access: AccessCode, by: Actor, at: datetime) -> AccessCode:
    """A new code; the old sheet stops working at once and running sessions are ended by the caller."""
    locked = AccessCode.objects.select_for_update(of=("self",)).get(pk=access.pk)
    locked.generation += 1
    _store_with_lookup(locked)
    record("code.renewed", by=by, at=at, obj=locked)
    return locked
