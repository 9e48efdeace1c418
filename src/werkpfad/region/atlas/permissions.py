"""Who writes an entry, and who releases it."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.atlas.models import Cooperation
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


def can_work_on(grants: Grants, cooperation: Cooperation) -> bool:
    """Topics and plan: both sides and the office."""
    return can_edit_entry(grants, cooperation.school) or can_edit_entry(grants, cooperation.partner)


def can_steer(grants: Grants, cooperation: Cooperation) -> bool:
    """Agree, renew and end: the office, which signs as well."""
    return grants.may_in_region(Permission.MANAGE_ORGANISATIONS, cooperation.region_id)
