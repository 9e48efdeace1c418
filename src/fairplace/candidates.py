"""From people and openings on the map to wish lists: who can reach what, and why not the rest.

A rejected pair has exactly one reason, the first rule it breaks (`barrier`). What somebody wished for
is always kept if it is allowed. The list is filled up, field by field, out of a longer one: some of
the nearest, and some that few others depend on, drawn so that not everybody is sent to the same
ones. `shortlist` picks in the same way what the solver is given first; pricing (flow.py) adds
whatever else could improve the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.spatial import cKDTree

from fairplace import lottery
from fairplace.arrays import BlockArrays
from fairplace.ints import Ints, Mask
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
    TIME = "time"
    LIST = "list"
    """Allowed, but the list was long enough; `build_lists` says so, `barrier` never."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody on the map: degrees, reach in km, age in years, school form, fields wanted, proofs held.

    `reach_minutes` limits the travel time where one is known.
    """

    id: str
    latitude: float
    longitude: float
    reach_km: int
    age: int
    form: str | None = None
    fields: frozenset[str] = frozenset()
    days: frozenset[str] | None = None
    proofs: frozenset[str] = frozenset()
    reach_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A slot on the map with its seats and conditions; `forms` None means every school form."""

    slot: str
    latitude: float
    longitude: float
    field: str | None = None
    day: str | None = None
    least_age: int = 0
    forms: frozenset[str] | None = None
    proofs: frozenset[str] = frozenset()
    seats: int = 1


@dataclass(frozen=True, slots=True)
class Lists:
    """Wishes for a Problem, and the reason of every pair left out.

    `rejected` holds every wish that is not allowed and every opening of a field wanted that lies in
    straight reach. `travel` of the wishes is in minutes if travel times were given, else in km.
    """

    wishes: tuple[Wish, ...]
    rejected: Mapping[tuple[str, str], Barrier]


def distance_km(seeker: Seeker, opening: Opening) -> int:
    """Straight distance in whole km, rounded up; exact enough within a region (flat projection)."""
    north = (seeker.latitude - opening.latitude) * KM_PER_DEGREE
    scale = np.cos(np.radians((seeker.latitude + opening.latitude) / 2))
    east = (seeker.longitude - opening.longitude) * KM_PER_DEGREE * scale
    return int(np.ceil(np.hypot(north, east) - 1e-9))


Minutes = Callable[[Seeker, Opening], int]
"""The travel time of a pair; the caller knows timetables or a table, the engine does not."""


def barrier(seeker: Seeker, opening: Opening, minutes: Minutes | None = None) -> Barrier | None:
    """The first rule that forbids the pair, or None. Travel time is asked last: it may be costly."""
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
    limit = seeker.reach_minutes
    if minutes is not None and limit is not None and minutes(seeker, opening) > limit:
        return Barrier.TIME
    return None


def build_lists(
    seekers: Iterable[Seeker],
    openings: Iterable[Opening],
    wished: Mapping[str, Iterable[str]],
    *,
    fill: int = 10,
    longer: int = 4,
    minutes: Minutes | None = None,
) -> Lists:
    """Explicit wishes in their order, then up to `fill` reachable openings of every field wanted.

    The openings of a field are chosen among the `longer` x `fill` with the shortest way: two fifths are
    the nearest, the others those few people depend on (see `spread`). `wished` maps a person to slots,
    the best first. Fallbacks start at rank FALLBACK_RANK and count all the same, so that a short list
    brings no advantage. Raises KeyError for an unknown slot.
    """
    places = {opening.slot: opening for opening in sorted(openings, key=lambda o: o.slot)}
    near = _Nearby(list(places.values()))
    people = sorted(seekers, key=lambda person: person.id)
    wishes: list[Wish] = []
    rejected: dict[tuple[str, str], Barrier] = {}
    options: list[tuple[str, str | None, int, str]] = []

    way = minutes or distance_km

    for seeker in people:
        named = [places[slot] for slot in wished.get(seeker.id, ())]
        wishes += _named(seeker, named, minutes, rejected)
        seen = {opening.slot for opening in named}
        by_field: dict[str | None, list[tuple[int, str]]] = {}
        for opening in near.within(seeker):
            if opening.slot in seen:
                continue
            reason = barrier(seeker, opening, minutes)
            if reason is not None:
                rejected[seeker.id, opening.slot] = reason
            else:
                row = (way(seeker, opening), opening.slot)
                by_field.setdefault(opening.field, []).append(row)
        for field, found in by_field.items():
            found.sort()
            for _, slot in found[longer * fill :]:
                rejected[seeker.id, slot] = Barrier.LIST
            options += [(seeker.id, field, *row) for row in found[: longer * fill]]
    for person, slot, travel, kept in _fill(options, places, fill):
        if kept:
            wishes.append(Wish(person, slot, FALLBACK_RANK, travel=travel))
        else:
            rejected[person, slot] = Barrier.LIST
    return Lists(tuple(wishes), rejected)


def _named(
    seeker: Seeker,
    named: Iterable[Opening],
    minutes: Minutes | None,
    rejected: dict[tuple[str, str], Barrier],
) -> Iterable[Wish]:
    """The wishes that are allowed, the best first; reasons of the others go into `rejected`."""
    rank = 0
    for opening in dict.fromkeys(named):
        reason = barrier(seeker, opening, minutes)
        if reason is not None:
            rejected[seeker.id, opening.slot] = reason
        else:
            rank += 1
            travel = (minutes or distance_km)(seeker, opening)
            yield Wish(seeker.id, opening.slot, rank, travel=travel)


def _fill(
    options: list[tuple[str, str | None, int, str]], places: Mapping[str, Opening], fill: int
) -> Iterable[tuple[str, str, int, bool]]:
    """Each option (person, slot, travel) and whether it is kept: `fill` per person and field."""
    count = Counter(person for person, *_ in options)
    crowd: dict[str, float] = dict.fromkeys(places, 0.0)
    for person, _, _, slot in options:
        crowd[slot] += 1.0 / count[person] / max(1, places[slot].seats)
    names, slots = sorted(count), sorted(places)
    person_key = dict(zip(names, lottery.keys(0, names), strict=True))
    slot_key = dict(zip(slots, lottery.keys(0, slots), strict=True))
    score = spread(
        np.array([crowd[slot] for *_, slot in options]),
        lottery.pair_bits(
            np.array([person_key[person] for person, *_ in options], dtype=np.uint64),
            np.array([slot_key[slot] for *_, slot in options], dtype=np.uint64),
        ),
    )
    groups: dict[tuple[str, str | None], list[int]] = {}
    for at, (person, field, _, _) in enumerate(options):
        groups.setdefault((person, field), []).append(at)
    nearest = -(-2 * fill // 5)
    for group in groups.values():
        calm = sorted(group[nearest:], key=lambda at: (score[at], options[at][3]))
        kept = {*group[:nearest], *calm[: fill - nearest]}
        for at in group:
            person, _, travel, slot = options[at]
            yield person, slot, travel, at in kept


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


Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


def spread(crowd: Floats, bits: Ints) -> Floats:
    """A draw in which a crowded option comes late, shape (n,); the smallest are taken (priority sampling).

    Without the draw everybody in a town would be sent to the same few calm places, which then are the
    crowded ones. `bits` are `lottery.pair_bits`. Only divisions and roots: the same on every machine.
    """
    score: Floats = np.sqrt(crowd) / ((bits + 1) / 2.0**lottery.PAIR_BITS)
    return score


def shortlist(arrays: BlockArrays, *, best: int = 8, calm: int = 12) -> Mask:
    """Wishes (E,) to give to the solver first: per person the `best` cheapest and `calm` drawn ones."""
    owner = arrays.person_of_wish()
    bits = lottery.pair_bits(arrays.person_key[owner], arrays.slot_key[arrays.slot])
    crowd = spread(contention(arrays)[arrays.slot], bits)
    keep = np.zeros(len(arrays.slot), dtype=np.bool_)
    for count, score in ((best, arrays.rank_cost), (calm, crowd)):
        order = np.lexsort((arrays.slot, score, keep, owner))
        nth = np.empty(len(order), dtype=np.int64)
        nth[order] = np.arange(len(order)) - np.repeat(arrays.ptr[:-1], np.diff(arrays.ptr))
        keep |= nth < count
    return keep
