"""Distances on the map: one exact formula in Python, one arithmetic expression in SQL, no extension needed."""

from math import asin, cos, pi, radians, sin, sqrt
from typing import NamedTuple, TypeVar

from django.db.models import ExpressionWrapper, F, FloatField, Model, QuerySet, Value

KM_PER_DEGREE = 111.195080
EARTH_RADIUS_KM = 6371.0088

M = TypeVar("M", bound=Model)


class Point(NamedTuple):
    """A place in WGS84 degrees."""

    lat: float
    lon: float


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance (haversine), km."""
    dlat, dlon = radians(b.lat - a.lat), radians(b.lon - a.lon)
    h = sin(dlat / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, h)))


def spoken_km(km: float) -> str:
    """3.26 -> '3,3 km', 12.4 -> '12 km': a distance as the crow flies is never more exact than that."""
    if km < 1:
        return "unter 1\u00a0km"
    return (f"{km:.1f}".replace(".", ",") if km < 10 else f"{km:.0f}") + "\u00a0km"


def within(
    queryset: "QuerySet[M]",
    centre: Point,
    km: float,
    *,
    lat: str = "lat",
    lon: str = "lon",
) -> "QuerySet[M]":
    """Rows within `km` of `centre`, annotated with `distance2` (km²) to order by.

    An indexed box first, then the flat-earth distance with the cosine at the mean latitude, linearised:
    same order as haversine up to 100 km, and no trigonometry in SQL (slow on SQLite).
    """
    c0, s0 = cos(radians(centre.lat)), sin(radians(centre.lat))
    dlat = F(lat) - Value(centre.lat)
    dlon = F(lon) - Value(centre.lon)
    cosine = Value(c0) - Value(s0 * pi / 360) * dlat
    squared = dlat * dlat * Value(KM_PER_DEGREE**2) + dlon * dlon * cosine * cosine * Value(
        KM_PER_DEGREE**2
    )
    half_lat = km / KM_PER_DEGREE
    half_lon = km / (KM_PER_DEGREE * max(cos(radians(abs(centre.lat) + half_lat)), 0.01))
    return (
        queryset.filter(  # type: ignore[return-value]  # the stubs lose M when annotating
            **{
                f"{lat}__range": (centre.lat - half_lat, centre.lat + half_lat),
                f"{lon}__range": (centre.lon - half_lon, centre.lon + half_lon),
            }
        )
        .annotate(distance2=ExpressionWrapper(squared, output_field=FloatField()))
        .filter(distance2__lte=km * km)
    )
