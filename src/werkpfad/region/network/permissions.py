"""Who may change an organisation and its people."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.network.models import Organisation, Region
from werkpfad.region.network.rules import roles_at


def can_manage_region(grants: Grants, region: Region) -> bool:
    return grants.may_in_region(Permission.MANAGE_REGION, region.pk)


def can_manage_organisation(grants: Grants, organisation: Organisation) -> bool:
    """Coordinators manage all of their region; companies and schools manage themselves."""
    return (
        grants.may_in_region(Permission.MANAGE_ORGANISATIONS, organisation.region_id)
        or grants.may_in_organisation(Permission.MANAGE_COMPANY, organisation.pk)
        or grants.may_in_organisation(Permission.MANAGE_SCHOOL, organisation.pk)
    )


def can_decide_on(grants: Grants, organisation: Organisation) -> bool:
    """Release, pause and block: the coordinators of its region."""
    return grants.may_in_region(Permission.MANAGE_ORGANISATIONS, organisation.region_id)


def can_invite(grants: Grants, organisation: Organisation, role: str) -> bool:
    """Who manages an organisation invites into its roles; a role of another kind of organisation, nobody."""
    return role in roles_at(organisation.kind) and can_manage_organisation(grants, organisation)
