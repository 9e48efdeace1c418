"""A map drawn by the server: a window on the earth, points gathered into clusters, names that do not overlap.

Plain arithmetic: the same points and window give the same picture. Lengths on the drawing are its own units
(`WIDTH` x `HEIGHT`), coordinates WGS84 degrees.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from typing import NamedTuple

from werkpfad.base.core.geo import KM_PER_DEGREE, Point

WIDTH = 420
HEIGHT = 420
WIDEST_KM = 800.0
CLOSEST = 7
CELL = 58
TOUCHING = 40
MARGIN = 34
BAR_KM = (0.5, 1, 2, 5, 10, 20, 50, 100, 200)
GERMANY = Point(51.2, 10.4)


class Spot(NamedTuple):
    """Something with coordinates; `key` is an index into the caller's own list."""

    key: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Window:
    """What part of the earth is shown: the middle, and a zoom from 0 (800 km wide) to 7 (about 6 km)."""

    lat: float
    lon: float
    zoom: int

    @property
    def per_km(self) -> float:
        """Units of the drawing for one kilometre."""
        return WIDTH / (WIDEST_KM / 2.0**self.zoom)

    @property
    def squeeze(self) -> float:
        # By whole degrees, so that clusters keep their members while somebody moves a little.
        return cos(radians(round(self.lat)))

    def x(self, lon: float) -> float:
        return (lon - self.lon) * self.squeeze * KM_PER_DEGREE * self.per_km + WIDTH / 2

    def y(self, lat: float) -> float:
        return (self.lat - lat) * KM_PER_DEGREE * self.per_km + HEIGHT / 2

    def moved(self, dx: float, dy: float) -> "Window":
        """The window `dx` units to the right and `dy` down."""
        lat = self.lat - dy / (KM_PER_DEGREE * self.per_km)
        lon = self.lon + dx / (KM_PER_DEGREE * self.per_km * self.squeeze)
        return Window(max(-80.0, min(80.0, lat)), max(-180.0, min(180.0, lon)), self.zoom)

    def zoomed(self, by: int) -> "Window":
        return Window(self.lat, self.lon, max(0, min(CLOSEST, self.zoom + by)))

    def box(self, margin: float = 0) -> tuple[float, float, float, float]:
        """South, west, north, east in degrees, `margin` units wider on each side."""
        half_lat = (HEIGHT / 2 + margin) / (KM_PER_DEGREE * self.per_km)
        half_lon = (WIDTH / 2 + margin) / (KM_PER_DEGREE * self.per_km * self.squeeze)
        return (
            self.lat - half_lat,
            self.lon - half_lon,
            self.lat + half_lat,
            self.lon + half_lon,
        )


@dataclass(frozen=True, slots=True)
class Cluster:
    """Points drawn as one: where, which (their keys), and the window in which they come apart."""

    x: float
    y: float
    keys: tuple[int, ...]
    inside: Window | None = None


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The scale: `width` units are `km` kilometres."""

    km: float
    width: float


def window_around(points: Iterable[Point]) -> Window:
    """The closest window that shows all of them; all of Germany without any."""
    lats, lons = [], []
    for lat, lon in points:
        lats.append(lat)
        lons.append(lon)
    if not lats:
        return Window(*GERMANY, 0)
    middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    for zoom in range(CLOSEST, 0, -1):
        south, west, north, east = Window(*middle, zoom).box(-MARGIN)
        if south <= min(lats) and max(lats) <= north and west <= min(lons) and max(lons) <= east:
            return Window(*middle, zoom)
    return Window(*middle, 0)


def window_from(middle: str, zoom: str, fallback: Window) -> Window:
    """The window written in an address ("53.59,9.48", "5"); `fallback` where that makes no sense."""
    try:
        lat, lon = (float(part) for part in middle.split(","))
        level = int(zoom)
    except ValueError:
        return fallback
    if not (-80 <= lat <= 80 and -180 <= lon <= 180 and 0 <= level <= CLOSEST):
        return fallback
    return Window(lat, lon, level)


def clusters(spots: Sequence[Spot], window: Window) -> list[Cluster]:
    """What to draw for all spots that lie in the window, from north to south.

    A grid fixed to the earth gathers first, then neighbours that would touch are joined. Spots that lie on one
    another and cannot be parted by zooming are spread around their place.
    """
    south, west, north, east = window.box(MARGIN)
    cell = CELL / window.per_km / KM_PER_DEGREE
    cells: defaultdict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in spots:
        if south <= spot.lat <= north and west <= spot.lon <= east:
            cells[int(spot.lat // cell), int(spot.lon * window.squeeze // cell)].append(spot)
    groups = _joined(list(cells.values()), window)
    drawn = [drawing for group in groups for drawing in _drawn(group, window)]
    return sorted(drawn, key=lambda cluster: (cluster.y, cluster.x))


def _joined(groups: list[list[Spot]], window: Window) -> list[list[Spot]]:
    """Groups whose middles are closer than a finger's width become one; the bigger ones go first."""
    kept: list[tuple[float, float, list[Spot]]] = []
    for group in sorted(groups, key=lambda g: (-len(g), g[0].key)):
        x, y = _middle(group, window)
        near = next(
            (k for k in kept if abs(k[0] - x) < TOUCHING and abs(k[1] - y) < TOUCHING), None
        )
        if near is None:
            kept.append((x, y, list(group)))
        else:
            near[2].extend(group)
    return [group for _, _, group in kept]


def _middle(group: list[Spot], window: Window) -> tuple[float, float]:
    lat = sum(spot.lat for spot in group) / len(group)
    lon = sum(spot.lon for spot in group) / len(group)
    return window.x(lon), window.y(lat)


def _drawn(group: list[Spot], window: Window) -> list[Cluster]:
    if len(group) == 1:
        return [Cluster(*_middle(group, window), (group[0].key,))]
    if window.zoom == CLOSEST:
        return _spread(group, window)
    inside = window_around([Point(spot.lat, spot.lon) for spot in group])
    closer = Window(inside.lat, inside.lon, max(inside.zoom, window.zoom + 1))
    return [Cluster(*_middle(group, window), tuple(spot.key for spot in group), closer)]


def _spread(group: list[Spot], window: Window) -> list[Cluster]:
    """Around their middle like the seeds of a sunflower: no two closer than a mark is wide."""
    x, y = _middle(group, window)
    golden = pi * (3 - sqrt(5))
    return [
        Cluster(
            x + 17 * sqrt(number + 0.5) * cos(number * golden),
            y + 17 * sqrt(number + 0.5) * sin(number * golden),
            (spot.key,),
        )
        for number, spot in enumerate(group)
    ]


def land(points: Iterable[Point], window: Window) -> list[tuple[int, int]]:
    """Where places are, in whole units and thinned out, for drawing the settled land around them."""
    south, west, north, east = window.box(MARGIN)
    return sorted(
        {
            (round(window.x(lon) / 6) * 6, round(window.y(lat) / 6) * 6)
            for lat, lon in points
            if south <= lat <= north and west <= lon <= east
        }
    )


def names(
    places: Iterable[tuple[str, float, float, int]],
    window: Window,
    *,
    around: Iterable[Cluster] = (),
    most: int = 14,
) -> list[Name]:
    """Names of places (name, lat, lon, weight), the weightiest first: none over another, none under a mark.

    A name stands at its place, else below or above it, else it is left out.
    """
    shown: list[Name] = []
    taken = [(mark.x, mark.y, 17.0, 25.0) for mark in around]
    for text, lat, lon, _ in sorted(places, key=lambda place: (-place[3], place[0])):
        x, half = window.x(lon), len(text) * 3.6 + 5
        for offset in (0, 26, -26):
            y = window.y(lat) + offset
            inside = half < x < WIDTH - half and 14 < y < HEIGHT - 42
            if inside and all(
                abs(x - tx) > half + across or abs(y - ty) > high for tx, ty, across, high in taken
            ):
                shown.append(Name(text, round(x, 1), round(y, 1)))
                taken.append((x, y, half, 19.0))
                break
        if len(shown) == most:
            break
    return shown


def scale_bar(window: Window) -> Bar:
    """The longest round distance that takes at most a third of the drawing."""
    fitting = [km for km in BAR_KM if km * window.per_km <= WIDTH / 3]
    km = fitting[-1] if fitting else BAR_KM[0]
    return Bar(km, round(km * window.per_km, 1))
