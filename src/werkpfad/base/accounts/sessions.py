"""The one door into a session: how it begins, how long it lives, and what has been proven in it.

Sign-in pages, the demo and links all come through `start_session`. A session is given a new id when it begins. Who
has set up a second factor is not signed in before it is shown; who needs one and has none reaches only its set-up.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import login, logout, update_session_auth_hash

from werkpfad.base.accounts.actions import end_sign_in, note_sign_in, touch_sign_in
from werkpfad.base.accounts.devices import device_name
from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.queries import may_sign_in
from werkpfad.base.accounts.second_factor import has_second_factor
from werkpfad.base.core import clock
from werkpfad.base.core.actor import person
from werkpfad.base.core.busy import can_write_now

if TYPE_CHECKING:
    from django.http import HttpRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"
STARTED = "started_at"
SEEN = "seen_at"
PROVEN = "proven_at"
SECOND_FACTOR = "second_factor"
PENDING = "pending_sign_in"
ENDED_BECAUSE = "ended_because"

PENDING_FOR = timedelta(minutes=10)
PROOF_LASTS = timedelta(minutes=10)
# Not each click is written down: two clicks within this time count as one.
SEEN_EVERY = timedelta(seconds=15)
LISTED_EVERY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A session ends after `idle` without a click, and after `absolute` in any case."""

    idle: timedelta
    absolute: timedelta


_SHARED_PC = Lifetime(timedelta(minutes=20), timedelta(hours=8))
LIFETIMES = {
    UserKind.STAFF: Lifetime(timedelta(hours=2), timedelta(hours=12)),
    UserKind.PUPIL: _SHARED_PC,
    UserKind.GUARDIAN: _SHARED_PC,
}


class NotAllowedIn(Exception):
    """The account is closed or no longer valid."""


def start_session(
    request: "HttpRequest", user: User, *, second_factor_done: bool = False, next_path: str = ""
) -> bool:
    """Sign `user` in under a new session id. False if the second factor must be shown first.

    Then nothing is reachable yet: lead to `accounts:second_factor`, which comes back here. Raises NotAllowedIn.
    """
    at = clock.now()
    if not may_sign_in(user, today=clock.today()):
        raise NotAllowedIn
    if request.user.is_authenticated:
        end_session(request)
    if not second_factor_done and has_second_factor(user):
        request.session.flush()
        request.session[PENDING] = {
            "user": user.public_id,
            "at": at.timestamp(),
            "next": next_path,
        }
        return False
    login(request, user, backend=BACKEND)
    request.session.pop(PENDING, None)
    for key in (STARTED, SEEN, PROVEN):
        request.session[key] = at.timestamp()
    request.session[SECOND_FACTOR] = second_factor_done
    if user.kind != UserKind.STAFF:
        request.session.set_expiry(0)  # also ends when the browser is closed
    note_sign_in(
        user=user,
        session_key=request.session.session_key or "",
        device=device_name(request.headers.get("User-Agent", "")),
        by=person(user.pk),
        at=at,
    )
    return True


def pending_user(request: "HttpRequest", *, at: datetime) -> tuple[User | None, str]:
    """Who has passed the first step within the last ten minutes, and where the way leads afterwards."""
    pending = request.session.get(PENDING)
    if not isinstance(pending, dict):
        return None, ""
    if at - _moment(pending["at"]) > PENDING_FOR:
        del request.session[PENDING]
        return None, ""
    user = User.objects.filter(public_id=pending["user"], is_active=True).first()
    return user, str(pending.get("next", ""))


def end_session(request: "HttpRequest") -> None:
    """Sign out: the session and its row in the list end, the cookie is worthless."""
    key = request.session.session_key
    user = request.user
    if key and user.is_authenticated:
        end_sign_in(session_key=key, by=person(user.pk), at=clock.now())
    logout(request)


def why_over(request: "HttpRequest", *, at: datetime) -> str:
    """`idle`, `absolute` or `closed` if the session must end now, else empty."""
    user: User = request.user  # type: ignore[assignment]
    if not may_sign_in(user, today=clock.today()):
        return "closed"
    life = LIFETIMES[UserKind(user.kind)]
    started = request.session.setdefault(STARTED, at.timestamp())
    seen = request.session.setdefault(SEEN, at.timestamp())
    if at - _moment(started) >= life.absolute:
        return "absolute"
    return "idle" if at - _moment(seen) >= life.idle else ""


def note_seen(request: "HttpRequest", *, at: datetime) -> None:
    """Remember that the session is in use; later, if that would have to wait for somebody's large import."""
    before = _moment(request.session[SEEN])
    if at - before < SEEN_EVERY or not can_write_now():
        return
    request.session[SEEN] = at.timestamp()
    if at.timestamp() // LISTED_EVERY.seconds != before.timestamp() // LISTED_EVERY.seconds:
        touch_sign_in(session_key=request.session.session_key or "", at=at)


def note_proof(request: "HttpRequest", *, at: datetime, second_factor: bool = False) -> None:
    """The person has just shown again who they are."""
    request.session[PROVEN] = at.timestamp()
    if second_factor:
        request.session[SECOND_FACTOR] = True
        old = request.session.session_key or ""
        request.session.cycle_key()
        touch_sign_in(session_key=old, at=at, new_key=request.session.session_key)


def is_proven(request: "HttpRequest", *, at: datetime) -> bool:
    """Whether the last proof is fresh enough to change what protects the account."""
    proven = request.session.get(PROVEN)
    return proven is not None and at - _moment(proven) < PROOF_LASTS


def second_factor_shown(request: "HttpRequest") -> bool:
    return bool(request.session.get(SECOND_FACTOR))


def keep_after_password_change(request: "HttpRequest", user: User) -> None:
    """This session goes on, under a new id; all others are dead, because the password is part of their check."""
    old = request.session.session_key or ""
    update_session_auth_hash(request, user)
    touch_sign_in(session_key=old, at=clock.now(), new_key=request.session.session_key)


def _moment(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)
