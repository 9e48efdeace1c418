"""The network for everybody: list and map with the same content, and as files."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.days import day_of, in_figures
from werkpfad.base.core.geo import Point, distance_km, spoken_km
from werkpfad.base.core.ui.pagination import Pages, with_params
from werkpfad.base.core.ui.shortcuts import is_htmx, paginate
from werkpfad.region.atlas.enums import Direction
from werkpfad.region.atlas.permissions import can_edit_entry
from werkpfad.region.atlas.queries import Teaser, pins_of, public_contacts, public_entries, teasers
from werkpfad.region.atlas.rules import fresh_share, is_fresh
from werkpfad.region.atlas.web.drawing import draw
from werkpfad.region.atlas.web.forms.search import NetworkForm
from werkpfad.region.atlas.web.searching import (
    Search,
    chips,
    region_of,
    search_of,
    with_place,
)
from werkpfad.region.atlas.web.shown import field_titles, shown_side
from werkpfad.region.network.models import Contact, Region
from werkpfad.region.network.request import membership_of
from werkpfad.surface.exchange.export import write_csv

PER_PAGE = 20
MOST_IN_FILE = 20_000
ITEMS_SHOWN = 2


@login_not_required
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """All filters stand in the address, and so does the window of the map."""
    context = page_of(request)
    if is_htmx(request) and request.headers.get("HX-Target") == "map":
        return render(request, "atlas/_map.html", context)
    return render(request, "atlas/network.html", context | _frame(request, **context))


def page_of(request: HttpRequest, region: Region | None = None) -> dict[str, Any]:
    """List and map of what the address asks for, in `region` or in the visitor's."""
    form = NetworkForm(request.GET)
    search = search_of(form, region or region_of(request))
    entries = search.entries()
    pages = paginate(request, entries.values_list("pk", flat=True), PER_PAGE)
    drawing = draw(
        request,
        pins_of(entries),
        total=pages.total,
        origin=search.origin,
        radius_km=search.criteria.radius_km,
    )
    return {"form": form, "search": search, "pages": pages, "map": drawing}


def cards_of(rows: list[Teaser], origin: Point | None) -> list[dict[str, Any]]:
    """Cards with what is offered and needed in words, and the way there as far as it is known."""
    titles, at = field_titles(), clock.now()
    cards = []
    for row in rows:
        where = row.place
        if origin is not None and row.point is not None:
            where = f"{where}, {spoken_km(distance_km(origin, row.point))}"
        cards.append(
            {
                "entry": row,
                "url": reverse("atlas:member", args=[row.public_id]),
                "where": where,
                "offers": shown_side(row.content, Direction.OFFER, titles)[:ITEMS_SHOWN],
                "needs": shown_side(row.content, Direction.NEED, titles)[:ITEMS_SHOWN],
                "is_fresh": is_fresh(row.confirmed_at, at=at),
            }
        )
    return cards


def _frame(
    request: HttpRequest, *, form: NetworkForm, search: Search, pages: Pages, **_: Any
) -> dict[str, Any]:
    """What stands around list and map: cards, chips, files, the share of fresh entries, the way to one's own."""
    everybody = public_entries()
    if search.region is not None:
        everybody = everybody.filter(region=search.region)
    query = with_params(request.GET, page=None, mitte=None, zoom=None)
    membership = membership_of(request)
    site = membership.organisation.sites.filter(is_main=True).first() if membership else None
    here = f"{site.postal_code} {site.place_name}".strip() if site else ""
    return {
        "cards": cards_of(teasers(pages), search.origin),
        "chips": chips(request, form),
        "choices": [with_place(request, place) for place in search.choices],
        "share": fresh_share(everybody.values_list("confirmed_at", flat=True), at=clock.now()),
        "geojson_url": reverse("atlas:geojson") + query,
        "csv_url": reverse("atlas:csv") + query,
        "around_us": f"?{urlencode({'ort': here})}" if here and not search.origin else "",
        "has_entry": membership is not None
        and can_edit_entry(grants_of(request), membership.organisation),
    }


def _found(request: HttpRequest) -> list[Teaser]:
    search = search_of(NetworkForm(request.GET), region_of(request))
    return teasers(search.entries().values_list("pk", flat=True)[:MOST_IN_FILE])


def _contacts(rows: list[Teaser]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = {}
    for contact in public_contacts([row.organisation_id for row in rows]):
        found.setdefault(contact.organisation_id, []).append(contact)
    return found


@login_not_required
@require_safe
def geojson(request: HttpRequest) -> HttpResponse:
    """Public entries as GeoJSON (RFC 7946); contact persons only with their consent. Any site may read it."""
    rows = _found(request)
    contacts = _contacts(rows)
    features = [_feature(row, contacts.get(row.organisation_id, [])) for row in rows]
    response = JsonResponse(
        {"type": "FeatureCollection", "features": features},
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _feature(row: Teaser, contacts: list[Contact]) -> dict[str, Any]:
    place = None
    if row.point is not None:
        place = {"type": "Point", "coordinates": [row.point.lon, row.point.lat]}
    return {
        "type": "Feature",
        "id": row.public_id,
        "geometry": place,
        "properties": {
            "name": row.name,
            "kind": row.kind,
            "postal_code": row.postal_code,
            "place": row.place,
            "website": row.website,
            "page": absolute(reverse("atlas:member", args=[row.public_id])),
            "about": row.content.intro,
            "offers": _items(row, Direction.OFFER),
            "needs": _items(row, Direction.NEED),
            "contacts": [{"name": c.name, "function": c.function} for c in contacts],
            "confirmed_on": row.confirmed_at.date().isoformat() if row.confirmed_at else None,
        },
    }


def _items(row: Teaser, direction: Direction) -> list[dict[str, Any]]:
    return [
        {
            "kind": item.kind.value,
            "title": item.kind.label,
            "text": item.text,
            "fields": list(item.fields),
            "school_forms": list(item.forms),
            "grades": [item.first_grade, item.last_grade],
        }
        for item in row.content.of(direction)
    ]


@login_not_required
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """Public entries as a table for a spreadsheet."""
    rows = _found(request)
    contacts = _contacts(rows)
    header = [
        "Organisation",
        "Art",
        "Postleitzahl",
        "Ort",
        "Angebote",
        "Bedarf",
        "Ansprechpersonen",
        "Website",
        "Seite",
        "Bestätigt am",
    ]
    body = write_csv(header, [_line(row, contacts.get(row.organisation_id, [])) for row in rows])
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="netzwerk.csv"'
    return response


def _line(row: Teaser, contacts: list[Contact]) -> list[Any]:
    def told(direction: Direction) -> str:
        return "; ".join(f"{i.kind.label}: {i.text}" for i in row.content.of(direction))

    return [
        row.name,
        row.kind,
        row.postal_code,
        row.place,
        told(Direction.OFFER),
        told(Direction.NEED),
        "; ".join(f"{c.name} ({c.function})" if c.function else c.name for c in contacts),
        row.website,
        absolute(reverse("atlas:member", args=[row.public_id])),
        in_figures(day_of(row.confirmed_at)) if row.confirmed_at else "",
    ]
