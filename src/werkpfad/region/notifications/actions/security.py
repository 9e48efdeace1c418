"""Mails about the account itself. They cannot be switched off."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from werkpfad.base.accounts.actions import issue_link, revoke_links
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.queries import user_by_email
from werkpfad.base.core.actor import person
from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.ids import new_public_id
from werkpfad.region.notifications.actions.outbox import notify
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import from_template

ADDRESS_LINK_LASTS = timedelta(hours=24)


def tell_of_account_change(*, user: User, what: str, at: datetime, address: str = "") -> None:
    """Tell the owner what changed, at `address` instead of the present one if given."""
    notice = from_template(
        NoticeKind.ACCOUNT,
        "notifications/mail/account_changed.txt",
        {"what": what, "at": at, "address": absolute(reverse("accounts:account"))},
        dedupe_key=f"account:{new_public_id()}",
        urgent=True,
    )
    notify(notice, at=at, to_user=user, to_email=address or None)


@transaction.atomic
def send_address_link(*, user: User, email: str, at: datetime) -> None:
    """A link to the new address. One that belongs to somebody else gets a mail without link; the page says the same."""
    revoke_links(purpose=LinkPurpose.CONFIRM_EMAIL, obj_id=user.public_id, email=None, at=at)
    if user_by_email(email) is not None:
        template, context = "notifications/mail/address_taken.txt", {}
    else:
        token = issue_link(
            purpose=LinkPurpose.CONFIRM_EMAIL,
            email=email,
            valid_for=ADDRESS_LINK_LASTS,
            by=person(user.pk),
            at=at,
            obj=user,
            user=user,
        )
        path = reverse("accounts:confirm_email", args=[token])
        template, context = "notifications/mail/confirm_address.txt", {"address": absolute(path)}
    notice = from_template(
        NoticeKind.ACCOUNT, template, context, dedupe_key=f"address:{new_public_id()}", urgent=True
    )
    notify(notice, at=at, to_email=email)
