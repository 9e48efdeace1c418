"""The mail link somebody signs in with. Known and unknown addresses cost the same and are answered the same."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from werkpfad.base.accounts.actions import issue_link, revoke_links
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.queries import may_sign_in, user_by_email
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.days import day_of
from werkpfad.base.core.ids import new_public_id
from werkpfad.region.notifications.actions.outbox import notify
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import from_template

SIGN_IN_LINK_LASTS = timedelta(minutes=30)


@transaction.atomic
def send_sign_in_link(*, email: str, next_path: str = "", at: datetime) -> None:
    """Queue a link for the owner of `email`; a stranger's address is told that no account belongs to it."""
    user = user_by_email(email)
    if user is None or not may_sign_in(user, today=day_of(at)):
        _tell_stranger(email, at=at)
        return
    revoke_links(purpose=LinkPurpose.SIGN_IN, obj_id=user.public_id, email=email, at=at)
    token = issue_link(
        purpose=LinkPurpose.SIGN_IN,
        email=email,
        valid_for=SIGN_IN_LINK_LASTS,
        by=SYSTEM,
        at=at,
        obj=user,
        user=user,
    )
    path = reverse("accounts:sign_in_link", args=[token])
    if next_path:
        path = f"{path}?{urlencode({'next': next_path})}"
    notice = from_template(
        NoticeKind.SIGN_IN,
        "notifications/mail/sign_in.txt",
        {
            "name": user.display_name if user.given_name else "",
            "address": absolute(path),
            "minutes": SIGN_IN_LINK_LASTS.seconds // 60,
        },
        dedupe_key=f"sign_in:{new_public_id()}",
        urgent=True,
    )
    notify(notice, at=at, to_user=user)


def _tell_stranger(email: str, *, at: datetime) -> None:
    notice = from_template(
        NoticeKind.SIGN_IN,
        "notifications/mail/no_account.txt",
        {"address": absolute(reverse("accounts:sign_in"))},
        dedupe_key=f"no_account:{at:%Y-%m-%d}",
        urgent=True,
    )
    notify(notice, at=at, to_email=email)
