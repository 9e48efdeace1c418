"""Mail links: one purpose, one object, one address, until they end. Secrets are returned once and never stored."""

from datetime import datetime, timedelta

from django.db import transaction

from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.models import ActionLink, User
from werkpfad.base.accounts.queries import digest_of, state_of
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.ids import new_secret
from werkpfad.base.core.models import Record


class LinkNotUsable(Exception):
    """The link was used, has expired or was revoked; `state` says which."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state)
        self.state = state


@transaction.atomic
def issue_link(
    *,
    purpose: LinkPurpose,
    email: str,
    valid_for: timedelta,
    by: Actor,
    at: datetime,
    obj: Record | None = None,
    user: User | None = None,
    single_use: bool = True,
) -> str:
    """Make a link bound to purpose, object and address; return its token, which is stored nowhere."""
    token = new_secret()
    link = ActionLink.objects.create(
        digest=digest_of(token),
        purpose=purpose,
        email=email.strip().lower(),
        user=user,
        object_kind=obj._meta.label_lower if obj else "",
        object_id=obj.public_id if obj else "",
        single_use=single_use,
        expires_at=at + valid_for,
    )
    record("link.issued", by=by, at=at, obj=link, purpose=str(purpose))
    return token


@transaction.atomic
def use_link(*, link: ActionLink, at: datetime) -> None:
    """Mark a link as used; under parallel use only one caller succeeds with a single-use link."""
    locked = ActionLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    state = state_of(locked, at=at)
    if state is not LinkState.VALID:
        raise LinkNotUsable(state)
    if locked.used_at is None:
        locked.used_at = at
        locked.save(update_fields=["used_at", "updated_at"])


@transaction.atomic
def renew_link(*, link: ActionLink, valid_for: timedelta, by: Actor, at: datetime) -> str:
    """End an old link and make its successor for the same purpose, object and address."""
    revoke_links(purpose=LinkPurpose(link.purpose), obj_id=link.object_id, email=link.email, at=at)
    token = new_secret()
    successor = ActionLink.objects.create(
        digest=digest_of(token),
        purpose=link.purpose,
        email=link.email,
        user=link.user,
        object_kind=link.object_kind,
        object_id=link.object_id,
        single_use=link.single_use,
        expires_at=at + valid_for,
    )
    record("link.renewed", by=by, at=at, obj=successor, purpose=link.purpose)
    return token


def revoke_links(*, purpose: LinkPurpose, obj_id: str, email: str | None, at: datetime) -> int:
    """End all open links of a purpose for an object (and address); returns how many."""
    links = ActionLink.objects.filter(
        purpose=purpose, object_id=obj_id, revoked_at__isnull=True, used_at__isnull=True
    )
    if email is not None:
        links = links.filter(email=email.strip().lower())
    return links.update(revoked_at=at)
