"""Finding members: filter, then page, then join. The list, the map and the exports ask the same question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from werkpfad.base.core.geo import Point, within
from werkpfad.base.core.text import same_name_key
from werkpfad.region.atlas.models import EntryItem, MemberEntry
from werkpfad.region.atlas.queries.entries import public_entries
from werkpfad.region.atlas.rules import Content, NetworkCriteria, Sort, content_from
from werkpfad.region.atlas.search_index import ENTRIES
from werkpfad.region.network.enums import OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import Organisation, Place, Site
from werkpfad.region.schools.models import School


@dataclass(frozen=True, slots=True)
class Pin:
    """One site of a member on the map."""

    entry: str
    name: str
    kind: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Teaser:
    """What a list shows of a member; `point` is its main site, None if nobody knows where that is."""

    pk: int
    public_id: str
    organisation_id: int
    name: str
    kind: str
    website: str
    place: str
    postal_code: str
    point: Point | None
    content: Content
    confirmed_at: datetime | None


def find_entries(
    criteria: NetworkCriteria,
    *,
    region_id: int | None = None,
    with_free_places: QuerySet[Organisation] | None = None,
) -> QuerySet[MemberEntry]:
    """Public entries that meet all criteria, in their order.

    `with_free_places` are the organisations with free places now, which a higher room knows; asked for by `free_only`.
    """
    entries = public_entries()
    if region_id is not None:
        entries = entries.filter(region=region_id)
    if criteria.words:
        entries = _with_words(entries, criteria.words)
    if criteria.kind:
        entries = entries.filter(organisation__kind=criteria.kind)
    if criteria.asks_items or criteria.form:
        entries = entries.filter(_meets(criteria))
    if criteria.free_only and with_free_places is not None:
        entries = entries.filter(organisation__in=with_free_places.values("pk"))
    return _ordered(entries, criteria)


def _with_words(entries: QuerySet[MemberEntry], words: str) -> QuerySet[MemberEntry]:
    found = ENTRIES.has(connection, words)
    return entries.none() if found is None else entries.filter(found)


def _meets(criteria: NetworkCriteria) -> Q:
    """One item that has all that is asked of items; a school form alone is also met by a school of that form.

    Lists are JSON text on both databases; codes hold no character that could match otherwise. `IN`, not `EXISTS`:
    the items are read once, whatever index the database would choose for each entry.
    """
    items = EntryItem.objects.all()
    if criteria.direction:
        items = items.filter(direction=criteria.direction)
    if criteria.item:
        items = items.filter(kind=criteria.item)
    if criteria.field:
        items = items.filter(Q(fields__icontains=f'"{criteria.field}"') | Q(fields=[]))
    if not criteria.form:
        return _has(items)
    code = f'"{criteria.form}"'
    schools = School.objects.filter(Q(main_form=criteria.form) | Q(forms__icontains=code))
    school = Q(organisation__in=schools.values("organisation"))
    meant = _has(items.filter(forms__icontains=code))
    if criteria.asks_items:
        return meant | _has(items.filter(forms=[])) | (_has(items) & school)
    return meant | school


def _has(items: QuerySet[EntryItem]) -> Q:
    return Q(pk__in=items.values("entry"))


def _ordered(entries: QuerySet[MemberEntry], criteria: NetworkCriteria) -> QuerySet[MemberEntry]:
    if criteria.lat is None or criteria.lon is None:
        return entries.order_by("organisation__name_key", "pk")
    near = within(Site.objects.all(), Point(criteria.lat, criteria.lon), criteria.radius_km)
    entries = entries.filter(organisation__in=near.values("organisation"))
    if criteria.sort is Sort.NAME:
        return entries.order_by("organisation__name_key", "pk")
    nearest = near.filter(organisation=OuterRef("organisation_id")).order_by("distance2")
    return entries.annotate(distance2=Subquery(nearest.values("distance2")[:1])).order_by(
        "distance2", "pk"
    )


def pins_of(entries: QuerySet[MemberEntry]) -> list[Pin]:
    """All sites of these members that can be drawn, in one query."""
    rows: Iterable[Any] = (
        Site.objects.filter(
            organisation__network_entry__in=entries.order_by().values("pk"), lat__isnull=False
        )
        .order_by("pk")
        .values_list(
            "organisation__network_entry__public_id",
            "organisation__name",
            "organisation__kind",
            "lat",
            "lon",
        )
    )
    return [Pin(*row) for row in rows]


def teasers(ids: Iterable[int]) -> list[Teaser]:
    """The entries with these keys, in this order: two queries for any number of them."""
    wanted = list(ids)
    rows = MemberEntry.objects.filter(pk__in=wanted).select_related("organisation")
    organisations = [row.organisation_id for row in rows]
    sites: dict[int, Site] = {}
    for site in Site.objects.filter(organisation__in=organisations).order_by("-is_main", "pk"):
        sites.setdefault(site.organisation_id, site)
    found = {row.pk: _teaser(row, sites.get(row.organisation_id)) for row in rows}
    return [found[pk] for pk in wanted if pk in found]


def _teaser(entry: MemberEntry, site: Site | None) -> Teaser:
    point = None
    if site is not None and site.lat is not None and site.lon is not None:
        point = Point(site.lat, site.lon)
    return Teaser(
        pk=entry.pk,
        public_id=entry.public_id,
        organisation_id=entry.organisation_id,
        name=entry.organisation.name,
        kind=entry.organisation.get_kind_display(),
        website=entry.organisation.website,
        place=site.place_name if site else "",
        postal_code=site.postal_code if site else "",
        point=point,
        content=content_from(entry.content),
        confirmed_at=entry.confirmed_at,
    )


def place_names(box: tuple[float, float, float, float]) -> list[tuple[str, float, float, int]]:
    """Places between south, west, north and east: name, middle, and how many postal codes bear the name."""
    south, west, north, east = box
    rows = Place.objects.filter(lat__range=(south, north), lon__range=(west, east))
    found: dict[str, list[float]] = {}
    for name, lat, lon in rows.values_list("name", "lat", "lon"):
        known = found.setdefault(name, [0.0, 0.0, 0.0])
        known[0] += lat
        known[1] += lon
        known[2] += 1
    return [(name, lat / n, lon / n, int(n)) for name, (lat, lon, n) in found.items()]


def school_called(name: str, *, region_id: int | None) -> Site | None:
    """The main site of the one active school whose name holds these words; None if none or several do."""
    key = same_name_key(name)
    if len(key) < 4:
        return None
    rows = Site.objects.filter(
        organisation__name_key__contains=key,
        organisation__kind=OrganisationKind.SCHOOL,
        organisation__status=OrganisationStatus.ACTIVE,
        is_main=True,
        lat__isnull=False,
    ).select_related("organisation")
    if region_id is not None:
        rows = rows.filter(organisation__region=region_id)
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None
