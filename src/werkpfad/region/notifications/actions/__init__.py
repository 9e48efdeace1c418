"""Notifications promise: what is to be told is stored with the change it tells of, and leaves once.

A mail that cannot leave is tried again; what cannot be delivered at all, the region's log shows.
"""

from werkpfad.region.notifications.actions.announcements import (
    announce,
    change_announcement,
    forget_announcements,
    remove_announcement,
)
from werkpfad.region.notifications.actions.digest import build_digests
from werkpfad.region.notifications.actions.network import (
    accept_by_link,
    decide_and_tell,
    invite_by_mail,
    register_company,
    send_invitation_again,
)
from werkpfad.region.notifications.actions.outbox import notify, send_outbox, try_again
from werkpfad.region.notifications.actions.preferences import set_preferences
from werkpfad.region.notifications.actions.retention import forget_mails
from werkpfad.region.notifications.actions.security import (
    send_address_link,
    tell_of_account_change,
)
from werkpfad.region.notifications.actions.sign_in import (
    SIGN_IN_LINK_LASTS,
    send_sign_in_link,
)

__all__ = [
    "SIGN_IN_LINK_LASTS",
    "accept_by_link",
    "announce",
    "build_digests",
    "change_announcement",
    "decide_and_tell",
    "forget_announcements",
    "forget_mails",
    "invite_by_mail",
    "notify",
    "register_company",
    "remove_announcement",
    "send_address_link",
    "send_invitation_again",
    "send_outbox",
    "send_sign_in_link",
    "set_preferences",
    "tell_of_account_change",
    "try_again",
]
