"""Who writes an entry, and who releases it."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation
from werkpfad.region.network.permissions import can_manage_organisation

# Their people hold a role that reaches the region, not their organisation.
PARTNERS = frozenset(
    {OrganisationKind.CHAMBER, OrganisationKind.INTERMEDIARY, OrganisationKind.YOUTH_PLACE}
)


def can_edit_entry(grants: Grants, organisation: Organisation) -> bool:
    """Who manages an organisation writes its entry; chambers and youth places write their own."""
    return can_manage_organisation(grants, organisation) or (
        organisation.kind in PARTNERS
        and organisation.pk in grants.organisations
        and grants.may_in_region(Permission.SEE_REGION_FIGURES, organisation.region_id)
    )


def can_release(grants: Grants, organisation: Organisation) -> bool:
    """Release, trust and withdraw: the coordinators of its region."""
    return grants.may_in_region(Permission.MANAGE_ORGANISATIONS, organisation.region_id)
