"""The map as a template draws it: marks with links, names, land, and the way to its neighbours."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from werkpfad.base.core.geo import Point
from werkpfad.base.core.ui.pagination import with_params
from werkpfad.region.atlas.queries import Pin, place_names
from werkpfad.region.atlas.rules.map import (
    CLOSEST,
    HEIGHT,
    WIDTH,
    Bar,
    Cluster,
    Name,
    Spot,
    Window,
    clusters,
    land,
    names,
    scale_bar,
    window_around,
    window_from,
)
from werkpfad.region.network.enums import OrganisationKind

SYMBOLS = {
    OrganisationKind.OFFICE: "★",
    OrganisationKind.SCHOOL: "S",
    OrganisationKind.COMPANY: "B",
    OrganisationKind.CHAMBER: "K",
    OrganisationKind.INTERMEDIARY: "V",
    OrganisationKind.YOUTH_PLACE: "J",
}
LAND_KM = 7
NAMES_LISTED = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One link on the map: a member, or several with their number."""

    x: float
    y: float
    url: str
    label: str
    symbol: str
    kind: str = ""
    radius: float = 12
    is_cluster: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A way to move the map; without `url` there is no further."""

    label: str
    sign: str
    url: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template needs. `land` is the data of a path, `missing` counts members without a place."""

    marks: list[Mark]
    names: list[Name]
    land: str
    land_width: float
    shore_width: float
    bar: Bar
    steps: list[Step]
    window: Window
    url: str
    missing: int
    shown: int
    width: int = WIDTH
    height: int = HEIGHT


def draw(
    request: HttpRequest, pins: list[Pin], *, total: int, origin: Point | None, radius_km: int
) -> Drawing:
    """The map of these pins in the window the address names, else in one that shows all of them."""
    window = _window(request, pins, origin, radius_km)
    spots = [Spot(number, pin.lat, pin.lon) for number, pin in enumerate(pins)]
    gathered = clusters(spots, window)
    marks = [_mark(request, cluster, pins) for cluster in gathered]
    places = place_names(window.box(40))
    breadth = max(LAND_KM * 2 * window.per_km, 18)
    dots = land([Point(lat, lon) for _, lat, lon, _ in places], window)
    return Drawing(
        marks=marks,
        names=names(places, window, around=gathered),
        land="".join(f"M{x} {y}h0" for x, y in dots),
        land_width=breadth,
        shore_width=breadth + 3,
        bar=scale_bar(window),
        steps=_steps(request, window),
        window=window,
        url=with_params(request.GET, mitte=None, zoom=None, page=None),
        missing=total - len({pin.entry for pin in pins}),
        shown=len({pin.entry for pin in pins}),
    )


def _window(request: HttpRequest, pins: list[Pin], origin: Point | None, radius_km: int) -> Window:
    points = [Point(pin.lat, pin.lon) for pin in pins] or ([origin] if origin else [])
    around = window_around(points)
    if not pins and origin:
        around = Window(origin.lat, origin.lon, 4 if radius_km <= 25 else 2)
    return window_from(request.GET.get("mitte", ""), request.GET.get("zoom", ""), around)


def _address(request: HttpRequest, window: Window) -> str:
    middle = f"{window.lat:.4f},{window.lon:.4f}"
    return with_params(request.GET, mitte=middle, zoom=str(window.zoom))


def _mark(request: HttpRequest, cluster: Cluster, pins: list[Pin]) -> Mark:
    x, y = round(cluster.x, 1), round(cluster.y, 1)
    found = [pins[key] for key in cluster.keys]
    if cluster.inside is None:
        pin = found[0]
        kind = OrganisationKind(pin.kind)
        return Mark(
            x,
            y,
            reverse("atlas:member", args=[pin.entry]),
            f"{pin.name}, {kind.label}",
            SYMBOLS[kind],
            pin.kind,
        )
    listed = ", ".join(pin.name for pin in found[:NAMES_LISTED])
    more = len(found) - NAMES_LISTED
    label = f"{len(found)} Einträge: {listed}" + (f" und {more} weitere" if more > 0 else "")
    return Mark(
        x,
        y,
        _address(request, cluster.inside),
        f"{label}. Näher heran",
        str(len(found)),
        radius=min(14 + 2.2 * len(str(len(found))) + len(found) ** 0.5 / 4, 30),
        is_cluster=True,
    )


def _steps(request: HttpRequest, window: Window) -> list[Step]:
    def to(there: Window) -> str:
        return _address(request, there)

    return [
        Step("Näher heran", "+", to(window.zoomed(1)) if window.zoom < CLOSEST else ""),
        Step("Weiter weg", "−", to(window.zoomed(-1)) if window.zoom > 0 else ""),
        Step("Nach Westen", "←", to(window.moved(-WIDTH / 3, 0))),
        Step("Nach Norden", "↑", to(window.moved(0, -HEIGHT / 3))),
        Step("Nach Süden", "↓", to(window.moved(0, HEIGHT / 3))),
        Step("Nach Osten", "→", to(window.moved(WIDTH / 3, 0))),
    ]
