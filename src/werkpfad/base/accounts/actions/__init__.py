"""Accounts promise: a link does one thing for one address until it ends; a code can be printed again or ended;
a session that was ended is dead at once. Every change is recorded.
"""

from werkpfad.base.accounts.actions.access import create_access, renew_access
from werkpfad.base.accounts.actions.links import (
    LinkNotUsable,
    issue_link,
    renew_link,
    revoke_links,
    use_link,
)
from werkpfad.base.accounts.actions.people import (
    AddressTaken,
    change_email,
    close_user,
    create_user,
    rename_user,
    set_password,
)
from werkpfad.base.accounts.actions.retention import forget_links, forget_sign_ins
from werkpfad.base.accounts.actions.second_factor import (
    LastFactor,
    add_app,
    add_passkey,
    remove_factor,
    rename_passkey,
    renew_recovery_codes,
)
from werkpfad.base.accounts.actions.sign_ins import (
    end_sign_in,
    end_sign_ins,
    note_sign_in,
    touch_sign_in,
)

__all__ = [
    "AddressTaken",
    "LastFactor",
    "LinkNotUsable",
    "add_app",
    "add_passkey",
    "change_email",
    "close_user",
    "create_access",
    "create_user",
    "end_sign_in",
    "end_sign_ins",
    "forget_links",
    "forget_sign_ins",
    "issue_link",
    "note_sign_in",
    "remove_factor",
    "rename_passkey",
    "rename_user",
    "renew_access",
    "renew_link",
    "renew_recovery_codes",
    "revoke_links",
    "set_password",
    "touch_sign_in",
    "use_link",
]
