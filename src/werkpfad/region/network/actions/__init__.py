"""Network promises: a company is seen outside only after release; a role given or taken counts with the next click;
an invitation works once, for one address; two people on one form never overwrite each other silently.
"""

from werkpfad.region.network.actions.contacts import remove_contact, save_contact
from werkpfad.region.network.actions.organisations import (
    StepNotPossible,
    create_organisation,
    decide,
    edit_organisation,
    forget_unconfirmed,
)
from werkpfad.region.network.actions.people import (
    AlreadyInvited,
    InvitationNotOpen,
    LastManager,
    accept_invitation,
    end_membership,
    extend_invitation,
    invite,
    revoke_invitation,
)
from werkpfad.region.network.actions.regions import edit_region
from werkpfad.region.network.actions.retention import forget_invitations, forget_registrations
from werkpfad.region.network.actions.sites import MainSiteStays, remove_site, save_site

__all__ = [
    "AlreadyInvited",
    "InvitationNotOpen",
    "LastManager",
    "MainSiteStays",
    "StepNotPossible",
    "accept_invitation",
    "create_organisation",
    "decide",
    "edit_organisation",
    "edit_region",
    "end_membership",
    "extend_invitation",
    "forget_invitations",
    "forget_registrations",
    "forget_unconfirmed",
    "invite",
    "remove_contact",
    "remove_site",
    "revoke_invitation",
    "save_contact",
    "save_site",
]
