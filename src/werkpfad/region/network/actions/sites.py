"""Sites: where an organisation is, placed by postal code unless coordinates are known."""

from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.region.network.enums import LocatedBy
from werkpfad.region.network.models import Site
from werkpfad.region.network.queries import point_of


class MainSiteStays(Exception):
    """The main site cannot be removed; make another one the main site first."""


@transaction.atomic
def save_site(
    *,
    site: Site,
    street: str,
    postal_code: str,
    place_name: str,
    by: Actor,
    at: datetime,
    name: str | None = None,
    make_main: bool = False,
) -> Site:
    """Store a new or changed site. Coordinates that were given stay while the postal code stays."""
    moved = site.pk is None or postal_code != site.postal_code or place_name != site.place_name
    site.street, site.postal_code, site.place_name = street.strip(), postal_code, place_name.strip()
    if name is not None:
        site.name = name.strip()
    if moved:
        point = point_of(postal_code, place_name)
        site.lat, site.lon = (point.lat, point.lon) if point else (None, None)
        site.located_by = LocatedBy.POSTAL_CODE if point else LocatedBy.NOTHING
    if make_main and not site.is_main:
        Site.objects.filter(organisation=site.organisation, is_main=True).update(is_main=False)
        site.is_main = True
    if site.pk is not None:
        site.version += 1
    site.save()
    region_id = site.organisation.region_id
    record("site.saved", by=by, at=at, obj=site, region_id=region_id)
    return site


@transaction.atomic
def remove_site(*, site: Site, by: Actor, at: datetime) -> None:
    """Raises MainSiteStays, and ProtectedError while offers are bound to it."""
    if site.is_main:
        raise MainSiteStays
    record("site.removed", by=by, at=at, obj=site, region_id=site.organisation.region_id)
    site.delete()
