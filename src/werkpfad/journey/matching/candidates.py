"""Which places a pupil could have without naming them: in the right field, within reach, not too contended.

The nearest places alone would send whole towns to the same doors; so half of each list are the nearest places
of a field, the other half those within reach that the fewest others could take.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from werkpfad.base.core.geo import EARTH_RADIUS_KM, Point

PER_FIELD = 10
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who looks for a place: `fields` in order of liking, `age` in years, limit in km."""

    id: str
    home: Point | None
    max_km: int
    age: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An offer with free seats in one field."""

    id: str
    point: Point | None
    field: str
    seats: int
    min_age: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible pair; `field_rank` counts from 1, `km` is rounded."""

    place: str
    field_rank: int
    km: int


def candidates(
    seekers: Sequence[Seeker], places: Sequence[Place], *, per_field: int = PER_FIELD
) -> dict[str, list[Candidate]]:
    """For each seeker at most `per_field` places of each liked field. Depends on nothing but its arguments' values."""
    ordered = sorted(places, key=lambda place: place.id)
    by_field: dict[str, list[int]] = {}
    for index, place in enumerate(ordered):
        by_field.setdefault(place.field, []).append(index)
    points = _points([place.point for place in ordered])
    reach = [_reach(seeker, ordered, points, by_field) for seeker in seekers]
    contention = _contention(reach, ordered)
    return {
        seeker.id: _chosen(found, contention, ordered, per_field)
        for seeker, found in zip(seekers, reach, strict=True)
    }


def _points(points: Sequence[Point | None]) -> Floats:
    """Radians, shape (n, 2); NaN where unknown."""
    rows = [(p.lat, p.lon) if p else (np.nan, np.nan) for p in points]
    return np.radians(np.array(rows, dtype=np.float64).reshape(len(rows), 2))


def distances(home: Point | None, points: Floats) -> Floats:
    """Great-circle km to each point (radians), shape (n,); NaN where either is unknown."""
    if home is None:
        return np.full(len(points), np.nan)
    lat, lon = np.radians(home.lat), np.radians(home.lon)
    h = (
        np.sin((points[:, 0] - lat) / 2) ** 2
        + np.cos(lat) * np.cos(points[:, 0]) * np.sin((points[:, 1] - lon) / 2) ** 2
    )
    km: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(h, 1.0)))
    return km


def _reach(
    seeker: Seeker, places: Sequence[Place], points: Floats, by_field: dict[str, list[int]]
) -> list[list[tuple[int, int]]]:
    """Per liked field: (km, place index) within the limit, nearest first. An unknown way counts as the limit."""
    fields = []
    for field in seeker.fields:
        indices = by_field.get(field, [])
        km = distances(seeker.home, points[indices]) if indices else np.zeros(0)
        found = [
            (seeker.max_km if np.isnan(way) else round(float(way)), index)
            for way, index in zip(km, indices, strict=True)
            if (np.isnan(way) or way <= seeker.max_km) and places[index].min_age <= seeker.age
        ]
        fields.append(sorted(found))
    return fields


def _contention(reach: Sequence[list[list[tuple[int, int]]]], places: Sequence[Place]) -> Floats:
    """Expected seekers per seat: each seeker counts 1 / (number of places within reach) at each of them."""
    load = np.zeros(len(places))
    for fields in reach:
        indices = [index for found in fields for _, index in found]
        if indices:
            load[indices] += 1 / len(indices)
    seats = np.array([max(place.seats, 1) for place in places], dtype=np.float64)
    per_seat: Floats = load / seats
    return per_seat


def _chosen(
    fields: list[list[tuple[int, int]]], contention: Floats, places: Sequence[Place], most: int
) -> list[Candidate]:
    chosen = []
    for rank, found in enumerate(fields, start=1):
        near, rest = found[: most // 2], found[most // 2 :]
        calm = sorted(rest, key=lambda pair: (float(contention[pair[1]]), pair))[: most - len(near)]
        chosen += [Candidate(places[i].id, rank, km) for km, i in sorted([*near, *calm])]
    return chosen
