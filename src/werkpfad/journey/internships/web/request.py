"""Who asks, and for which region: the typed side of what the middleware put on the request."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.network.models import Region


def grants_of(request: HttpRequest) -> Grants:
    return cast(Grants, request.grants)  # type: ignore[attr-defined]


def managed_region(request: HttpRequest, permission: Permission) -> Region:
    """The region in which the visitor acts with `permission`: that of the chosen organisation, or the first one.

    Raises PermissionDenied (403) without any.
    """
    allowed = grants_of(request).regions_with(permission)
    membership = getattr(request, "membership", None)
    if membership is not None and membership.organisation.region_id in allowed:
        return cast(Region, membership.organisation.region)
    region = Region.objects.filter(pk__in=allowed).order_by("pk").first()
    if region is None:
        raise PermissionDenied
    return region
