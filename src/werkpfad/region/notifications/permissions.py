"""Who may speak for the office."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.network.models import Region


def can_announce(grants: Grants, region: Region) -> bool:
    return grants.may_in_region(Permission.MANAGE_REGION, region.pk)
