"""Who may steer networks and their meetings."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.meetings.models import Circle
from werkpfad.region.network.models import Region


def can_found_circles(grants: Grants, region: Region) -> bool:
    return grants.may_in_region(Permission.MANAGE_REGION, region.pk)


def can_steer(grants: Grants, circle: Circle) -> bool:
    """Members, meetings, minutes and news of a circle: the office of its region."""
    return grants.may_in_region(Permission.MANAGE_REGION, circle.region_id)
