"""Where somebody acts: the typed side of what the middleware put on the request."""

from django.core.exceptions import PermissionDenied

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.region.network.models import Membership, Region


def membership_of(request: object) -> Membership | None:
    """The membership chosen in the switcher, or the only one."""
    found = getattr(request, "membership", None)
    return found if isinstance(found, Membership) else None


def memberships_of(request: object) -> list[Membership]:
    """All that run today; empty where no middleware ran."""
    found: list[Membership] = getattr(request, "memberships", [])
    return found


def region_acted_in(request: object, permission: Permission) -> Region | None:
    """The region in which the visitor acts with `permission`: that of the chosen organisation, or the first one."""
    allowed = grants_of(request).regions_with(permission)
    membership = membership_of(request)
    if membership is not None and membership.organisation.region_id in allowed:
        return membership.organisation.region
    return Region.objects.filter(pk__in=allowed).order_by("pk").first()


def region_with(request: object, permission: Permission) -> Region:
    """The same where the page needs one: raises PermissionDenied (403) without any."""
    region = region_acted_in(request, permission)
    if region is None:
        raise PermissionDenied
    return region
