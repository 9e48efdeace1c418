"""What schools and companies have in common: an organisation with a main site."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet

from werkpfad.base.core.text import same_name_key
from werkpfad.region.network.enums import LocatedBy, OrganisationKind
from werkpfad.region.network.models import Contact, Organisation, Region, Site
from werkpfad.surface.exchange.formats.planning import Planned
from werkpfad.surface.exchange.formats.spec import Values
from werkpfad.surface.exchange.stores.ledger import Ledger
from werkpfad.surface.exchange.stores.places import PlaceIndex, location

SITE_FIELDS = {"street": "street", "postal_code": "postal_code", "place": "place_name"}


def organisations(region: Region, kind: OrganisationKind) -> QuerySet[Organisation]:
    """With main site and contacts loaded."""
    return (
        Organisation.objects.filter(region=region, kind=kind)
        .select_related("merged_into")
        .prefetch_related(
            Prefetch("sites", Site.objects.filter(is_main=True), to_attr="main_sites"),
            Prefetch("contacts", Contact.objects.order_by("position", "pk"), to_attr="people"),
        )
        .order_by("pk")
    )


def site_values(organisation: Organisation) -> Values:
    """Address in our names; coordinates only where they were given, for those of a postal code are ours."""
    sites: list[Site] = organisation.main_sites  # type: ignore[attr-defined]
    if not sites:
        return {}
    site = sites[0]
    values = {name: getattr(site, field) for name, field in SITE_FIELDS.items()}
    if site.located_by == LocatedBy.GIVEN:
        values |= {"lat": site.lat, "lon": site.lon}
    return values


def create_organisations(
    rows: list[Planned],
    region: Region,
    kind: OrganisationKind,
    places: PlaceIndex,
    ledger: Ledger,
) -> list[Organisation]:
    """One organisation with a main site per row, in order of the rows."""
    made = Organisation.objects.bulk_create(
        Organisation(
            region=region,
            kind=kind,
            name=row.values["name"],
            name_key=same_name_key(row.values["name"])[:200],
            external_key=row.values.get("number"),
            website=row.values.get("website", ""),
            description=row.values.get("description", ""),
        )
        for row in rows
    )
    sites = Site.objects.bulk_create(
        new_site(organisation, row.values, places)
        for row, organisation in zip(rows, made, strict=True)
    )
    for row, organisation, site in zip(rows, made, sites, strict=True):
        ledger.note_created(row.number, organisation)
        ledger.note_created(row.number, site)
    return made


def new_site(organisation: Organisation, values: Values, places: PlaceIndex) -> Site:
    return Site(
        organisation=organisation,
        is_main=True,
        street=values.get("street", ""),
        postal_code=values.get("postal_code", ""),
        place_name=values.get("place", ""),
        **location(values, places),
    )


def change_organisations(
    rows: list[Planned],
    region: Region,
    kind: OrganisationKind,
    places: PlaceIndex,
    ledger: Ledger,
) -> Iterator[tuple[Planned, Organisation]]:
    """Each row with its organisation, once name, website, description and main site are as the row says.

    A cell left empty changes nothing.
    """
    found = organisations(region, kind).filter(pk__in=[row.target for row in rows])
    by_pk = {organisation.pk: organisation for organisation in found}
    for row in rows:
        organisation = by_pk[row.target or 0]
        _change(row, organisation, places, ledger)
        yield row, organisation


def _change(row: Planned, organisation: Organisation, places: PlaceIndex, ledger: Ledger) -> None:
    own = {
        name: new
        for name, (_, new) in row.changes.items()
        if name in ("name", "website", "description")
    }
    if "name" in own:
        own["name_key"] = same_name_key(own["name"])[:200]
    if "number" in row.changes and not organisation.external_key:
        own["external_key"] = row.changes["number"][1]
    if changed := ledger.set_fields(row.number, organisation, **own):
        organisation.save(update_fields=changed)
    if row.changes.keys() & {*SITE_FIELDS, "lat", "lon"}:
        _change_site(row, organisation, places, ledger)


def _change_site(
    row: Planned, organisation: Organisation, places: PlaceIndex, ledger: Ledger
) -> None:
    sites: list[Site] = organisation.main_sites  # type: ignore[attr-defined]
    if not sites:
        site = new_site(organisation, row.values, places)
        site.save()
        ledger.note_created(row.number, site)
        return
    site = sites[0]
    new: dict[str, Any] = {
        field: row.changes[name][1] for name, field in SITE_FIELDS.items() if name in row.changes
    }
    moved = row.changes.keys() & {"postal_code", "place", "street"}
    if row.changes.keys() & {"lat", "lon"} or (moved and site.located_by != LocatedBy.GIVEN):
        address = {name: getattr(site, field) for name, field in SITE_FIELDS.items()}
        new |= location(address | row.values, places)
    if changed := ledger.set_fields(row.number, site, **new):
        site.save(update_fields=changed)


def codes_of(rows: Iterable[Planned]) -> set[str]:
    return {row.values["postal_code"] for row in rows if row.values.get("postal_code")}
