"""Running sessions: noted when they begin, dead at once when they are ended."""

import hashlib
from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from werkpfad.base.accounts.models import AccessCode, SignIn, User
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor


def _digest(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


@transaction.atomic
def note_sign_in(*, user: User, session_key: str, device: str, by: Actor, at: datetime) -> SignIn:
    """A session has begun. `device` is the name of a kind of device, never an address."""
    sign_in = SignIn.objects.create(
        user=user,
        session_key=session_key,
        session_digest=_digest(session_key),
        device=device[:80],
        last_seen_at=at,
    )
    User.objects.filter(pk=user.pk).update(last_login=at)
    # Who has a code has no other door: the school sees by this whether the sheet has arrived.
    AccessCode.objects.filter(user=user).update(last_used_at=at)
    record("sign_in.started", by=by, at=at, obj=sign_in)
    return sign_in


def touch_sign_in(*, session_key: str, at: datetime, new_key: str | None = None) -> None:
    """The session was used; `new_key` when it goes on under another one (after a change of password)."""
    changes: dict[str, object] = {"last_seen_at": at}
    if new_key:
        changes |= {"session_key": new_key, "session_digest": _digest(new_key)}
    SignIn.objects.filter(session_digest=_digest(session_key), ended_at__isnull=True).update(
        **changes
    )


@transaction.atomic
def end_sign_in(*, session_key: str, by: Actor, at: datetime) -> None:
    """The session ends now, whoever holds its cookie."""
    sign_in = SignIn.objects.filter(session_digest=_digest(session_key), ended_at__isnull=True)
    for row in sign_in:
        _end(row, by=by, at=at)
    SessionStore(session_key).delete()


@transaction.atomic
def end_sign_ins(*, user: User, by: Actor, at: datetime, keep: str | None = None) -> int:
    """All sessions of `user` end, except the one with the key `keep`; returns how many."""
    running = SignIn.objects.filter(user=user, ended_at__isnull=True)
    if keep:
        running = running.exclude(session_digest=_digest(keep))
    rows = list(running)
    for row in rows:
        SessionStore(row.session_key).delete()
        _end(row, by=by, at=at)
    return len(rows)


def _end(row: SignIn, *, by: Actor, at: datetime) -> None:
    row.ended_at, row.session_key = at, ""
    row.save(update_fields=["ended_at", "session_key", "updated_at"])
    record("sign_in.ended", by=by, at=at, obj=row)
