"""From people and openings on the map to wish lists: who can reach what, and why not the rest.

A rejected pair has exactly one reason, the first rule it breaks (`barrier`). What somebody wished for
is always kept if it is allowed. The list is filled up with other reachable openings of the fields
wanted; `shortlist` then picks those worth giving to the solver first: the best ones, and the ones
fewest others depend on. Pricing (flow.py) adds whatever else could improve the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.spatial import cKDTree

from fairplace.arrays import BlockArrays
from fairplace.ints import Mask
from fairplace.model import Wish

KM_PER_DEGREE = 111.2
FALLBACK_RANK = 100
"""Rank of the first place that was not wished for: after every wish, before having none."""


class Barrier(StrEnum):
    """Why somebody cannot have an opening, in the order in which the rules are asked."""

    DAY = "day"
    AGE = "age"
    FORM = "form"
    PROOF = "proof"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody on the map: degrees, reach in km, age in years, school form, fields wanted, proofs held."""

    id: str
    latitude: float
    longitude: float
    reach_km: int
    age: int
    form: str | None = None
    fields: frozenset[str] = frozenset()
    days: frozenset[str] | None = None
    proofs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    """A slot on the map with its conditions; `forms` None means every school form."""

    slot: str
    latitude: float
    longitude: float
    field: str | None = None
    day: str | None = None
    least_age: int = 0
    forms: frozenset[str] | None = None
    proofs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lists:
    """Wishes for a Problem (travel in km), and the reason of every wish that is not allowed."""

    wishes: tuple[Wish, ...]
    rejected: Mapping[tuple[str, str], Barrier]


def distance_km(seeker: Seeker, opening: Opening) -> int:
    """Straight distance in whole km, rounded up; exact enough within a region (flat projection)."""
    north = (seeker.latitude - opening.latitude) * KM_PER_DEGREE
    scale = np.cos(np.radians((seeker.latitude + opening.latitude) / 2))
    east = (seeker.longitude - opening.longitude) * KM_PER_DEGREE * scale
    return int(np.ceil(np.hypot(north, east) - 1e-9))


def barrier(seeker: Seeker, opening: Opening) -> Barrier | None:
    """The first rule that forbids the pair, or None."""
    if opening.day is not None and seeker.days is not None and opening.day not in seeker.days:
        return Barrier.DAY
    if seeker.age < opening.least_age:
        return Barrier.AGE
    if opening.forms is not None and seeker.form not in opening.forms:
        return Barrier.FORM
    if not opening.proofs <= seeker.proofs:
        return Barrier.PROOF
    if distance_km(seeker, opening) > seeker.reach_km:
        return Barrier.DISTANCE
    return None


def build_lists(
    seekers: Iterable[Seeker],
    openings: Iterable[Opening],
    wished: Mapping[str, Iterable[str]],
    *,
    fill: int = 40,
) -> Lists:
    """Explicit wishes in their order, then up to `fill` reachable openings of the fields wanted, by distance.

    `wished` maps a person to slots, the best first. Fallbacks start at rank FALLBACK_RANK and count
    all the same, so that a short list brings no advantage. Raises KeyError for an unknown slot.
    """
    places = {opening.slot: opening for opening in sorted(openings, key=lambda o: o.slot)}
    near = _Nearby(list(places.values()))
    wishes: list[Wish] = []
    rejected: dict[tuple[str, str], Barrier] = {}
    for seeker in sorted(seekers, key=lambda person: person.id):
        taken: set[str] = set()
        for slot in wished.get(seeker.id, ()):
            reason = barrier(seeker, places[slot])
            if reason is not None:
                rejected[seeker.id, slot] = reason
            elif slot not in taken:
                taken.add(slot)
                km = distance_km(seeker, places[slot])
                wishes.append(Wish(seeker.id, slot, len(taken), travel=km))
        reachable = [
            (distance_km(seeker, opening), opening.slot)
            for opening in near.within(seeker)
            if opening.slot not in taken and barrier(seeker, opening) is None
        ]
        for km, slot in sorted(reachable)[:fill]:
            wishes.append(Wish(seeker.id, slot, FALLBACK_RANK, travel=km))
    return Lists(tuple(wishes), rejected)


class _Nearby:
    """Openings by field, found by distance."""

    def __init__(self, openings: list[Opening]) -> None:
        self._by_field: dict[str | None, tuple[list[Opening], cKDTree]] = {}
        by_field: dict[str | None, list[Opening]] = {}
        for opening in openings:
            by_field.setdefault(opening.field, []).append(opening)
        self._scale = 1.0
        if openings:
            self._scale = float(np.cos(np.radians(max(abs(o.latitude) for o in openings))))
        for field, group in by_field.items():
            points = [self._point(o.latitude, o.longitude) for o in group]
            self._by_field[field] = (group, cKDTree(points))

    def _point(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Flat km; the narrowest degree of the map, so that no distance is overstated."""
        return latitude * KM_PER_DEGREE, longitude * KM_PER_DEGREE * self._scale

    def within(self, seeker: Seeker) -> Iterable[Opening]:
        """Openings of the fields wanted (all, if none is named) that may be within reach."""
        here = self._point(seeker.latitude, seeker.longitude)
        for field, (group, tree) in self._by_field.items():
            if not seeker.fields or field in seeker.fields:
                for at in tree.query_ball_point(here, seeker.reach_km + 1.0):
                    yield group[at]


def contention(arrays: BlockArrays) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """People who depend on a slot, per seat (S,): everybody counts one, shared among their options."""
    options = np.diff(arrays.ptr)
    share = np.repeat(1.0 / np.maximum(options, 1), options)
    asked = np.bincount(arrays.slot, weights=share, minlength=arrays.slots)
    result: np.ndarray[tuple[int], np.dtype[np.float64]] = asked / np.maximum(arrays.capacity, 1)
    return result


def shortlist(arrays: BlockArrays, *, best: int = 8, calm: int = 12) -> Mask:
    """Wishes (E,) to give to the solver first: per person the `best` cheapest and the `calm` least contended."""
    owner = arrays.person_of_wish()
    crowd = contention(arrays)[arrays.slot]
    keep = np.zeros(len(arrays.slot), dtype=np.bool_)
    for count, score in ((best, arrays.rank_cost), (calm, crowd)):
        order = np.lexsort((arrays.slot, score, keep, owner))
        nth = np.empty(len(order), dtype=np.int64)
        nth[order] = np.arange(len(order)) - np.repeat(arrays.ptr[:-1], np.diff(arrays.ptr))
        keep |= nth < count
    return keep
