"""Who asks: the typed side of what the middleware put on the request."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.network.models import Membership, Organisation, Region
from werkpfad.region.network.permissions import can_manage_organisation
from werkpfad.region.network.queries import visible_organisations


class MergedAway(Exception):
    """The organisation is part of another one now; the middleware leads there."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(organisation.public_id)
        self.organisation = organisation


def grants_of(request: HttpRequest) -> Grants:
    return cast(Grants, request.grants)  # type: ignore[attr-defined]


def membership_of(request: HttpRequest) -> Membership | None:
    return cast("Membership | None", request.membership)  # type: ignore[attr-defined]


def region_with(request: HttpRequest, permission: Permission) -> Region:
    """The region in which the visitor acts with `permission`. Raises PermissionDenied (403) without any."""
    allowed = grants_of(request).regions_with(permission)
    membership = membership_of(request)
    if membership is not None and membership.organisation.region_id in allowed:
        return membership.organisation.region
    region = Region.objects.filter(pk__in=allowed).order_by("pk").first()
    if region is None:
        raise PermissionDenied
    return region


def managed(request: HttpRequest, public_id: str) -> Organisation:
    """The organisation if the visitor sees it (else 404) and manages it (else 403)."""
    organisation = load(
        visible_organisations(grants_of(request)).select_related("region", "merged_into"), public_id
    )
    require(can_manage_organisation(grants_of(request), organisation))
    if organisation.merged_into_id is not None:
        raise MergedAway(organisation)
    return organisation
