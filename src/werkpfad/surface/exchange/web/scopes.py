"""Who imports, and for whom: the region of the coordination, or the school of a teacher."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.school_year import school_year_of
from werkpfad.region.network.request import membership_of, region_acted_in
from werkpfad.region.schools.models import School
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.queries import (
    SHARED_KINDS,
    importing_schools,
    may_load_shared,
    own_classes,
)
from werkpfad.surface.exchange.stores import ImportScope

REGIONAL_KINDS = (Kind.SCHOOLS, Kind.COMPANIES, Kind.OFFERS)


def offered_kinds(request: HttpRequest) -> list[Kind]:
    """What this person may import, in the order in which a region is set up."""
    grants = grants_of(request)
    kinds: list[Kind] = []
    if may_load_shared(grants):
        kinds += SHARED_KINDS
    if region_acted_in(request, Permission.IMPORT_DATA) is not None:
        kinds += [Kind.SCHOOLS, Kind.PUPILS, Kind.COMPANIES, Kind.OFFERS]
    elif _school(request) is not None:
        kinds.append(Kind.PUPILS)
    return kinds


def new_scope(
    request: HttpRequest, kind: Kind, *, school_year: int | None = None, district: str = ""
) -> ImportScope:
    """For a new import of this kind; raises PermissionDenied (403) if the person may not."""
    if kind not in offered_kinds(request):
        raise PermissionDenied
    region, school = region_acted_in(request, Permission.IMPORT_DATA), None
    if kind in SHARED_KINDS:
        region = None
    elif kind == Kind.PUPILS and (own := _school(request)) is not None:
        school, region = own, own.organisation.region
    today = clock.today()
    return ImportScope(
        today=today,
        school_year=school_year or school_year_of(today),
        region=region,
        school=school,
        classes=own_classes(grants_of(request), school),
        districts=frozenset({district} if district else ()),
    )


def _school(request: HttpRequest) -> School | None:
    """The school one acts for, or the first of one's own."""
    own = importing_schools(grants_of(request))
    membership = membership_of(request)
    if membership is not None:
        chosen = own.filter(organisation=membership.organisation_id).first()
        if chosen is not None:
            return chosen
    return own.order_by("pk").first()
