"""Geometry of a small map without tiles: points in, positions in a drawing of fixed width out. Pure arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt

WIDTH = 400.0
MARGIN = 28.0
LEAST_SPAN_KM = 10.0
KM_PER_DEGREE = 111.2
_LARGEST = 18.0
_SMALLEST = 4.0

XY = tuple[float, float]
LatLon = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """How degrees become positions: `scale` is units per km, north is up."""

    lat: float
    lon: float
    scale: float
    height: float

    def at(self, point: LatLon) -> XY:
        x = (point[1] - self.lon) * KM_PER_DEGREE * cos(radians(self.lat)) * self.scale + MARGIN
        y = (self.lat - point[0]) * KM_PER_DEGREE * self.scale + MARGIN
        return round(x, 1), round(y, 1)


def frame_of(points: Sequence[LatLon]) -> Frame:
    """A frame in which all points fit; at least one is needed. A single place gets some land around it."""
    north, south = max(p[0] for p in points), min(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    across = (east - west) * KM_PER_DEGREE * cos(radians(north))
    down = (north - south) * KM_PER_DEGREE
    wide, tall = max(across, LEAST_SPAN_KM), max(down, LEAST_SPAN_KM)
    scale = (WIDTH - 2 * MARGIN) / max(wide, tall)
    left = west - (wide - across) / 2 / (KM_PER_DEGREE * cos(radians(north)))
    top = north + (tall - down) / 2 / KM_PER_DEGREE
    return Frame(top, left, scale, round(tall * scale + 2 * MARGIN, 1))


def outline(points: Sequence[XY], *, around: float = 16.0) -> list[XY]:
    """The land: the convex hull of the points, counterclockwise, each corner moved outwards by `around`."""
    hull = _hull(sorted(set(points)))
    x = sum(p[0] for p in hull) / len(hull)
    y = sum(p[1] for p in hull) / len(hull)
    return [_away(p, (x, y), around) for p in hull]


def _hull(points: list[XY]) -> list[XY]:
    """Andrew's monotone chain; fewer than three points are returned as they are."""
    if len(points) < 3:
        return points
    halves = []
    for row in (points, points[::-1]):
        half: list[XY] = []
        for point in row:
            while len(half) > 1 and _turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return [*halves[0], *halves[1]]


def _turn(a: XY, b: XY, c: XY) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _away(point: XY, centre: XY, by: float) -> XY:
    dx, dy = point[0] - centre[0], point[1] - centre[1]
    length = hypot(dx, dy) or 1.0
    return round(point[0] + dx / length * by, 1), round(point[1] + dy / length * by, 1)


def radius(count: int, most: int) -> float:
    """Of a circle whose area grows with `count`; `most` is the largest count of the map."""
    return round(max(_SMALLEST, _LARGEST * sqrt(count / max(most, 1))), 1)
