"""How many offers each pupil could take at all, and what stands in the way of the others. Pure arithmetic."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from werkpfad.base.core.geo import Point
from werkpfad.journey.matching.candidates import distances

FEW = 5
"""Fewer offers than this are few: hardly a choice once others choose as well."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Walker:
    """A pupil: `law` names those whom age and law treat alike, `days` (None: any) are ISO dates."""

    id: str
    home: Point | None
    max_km: int
    law: Hashable
    days: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Stop:
    """A slot with a free seat; several slots of one `offer` count once. `day` only in a week."""

    offer: str
    point: Point | None
    day: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Offers by what becomes of them for one pupil; they add up to all offers with free seats."""

    id: str
    reachable: int
    too_far: int
    too_young: int
    wrong_days: int

    @property
    def level(self) -> str:
        return "none" if not self.reachable else "few" if self.reachable < FEW else "enough"


def reaches(
    walkers: Sequence[Walker],
    stops: Sequence[Stop],
    allowed: Callable[[Hashable], Sequence[bool]],
) -> list[Reach]:
    """In the order of `walkers`. `allowed(law)` says for each stop whether age and law permit it; asked once per law.

    An unknown way counts as within reach. An offer counts for the mildest obstacle on any of its days: reachable,
    else too far, else wrong days, else too young.
    """
    offers = sorted({stop.offer for stop in stops})
    place = {offer: index for index, offer in enumerate(offers)}
    where = np.array([place[stop.offer] for stop in stops], dtype=np.int64)
    rows = [(s.point.lat, s.point.lon) if s.point else (np.nan, np.nan) for s in stops]
    points = np.radians(np.array(rows, dtype=np.float64).reshape(len(rows), 2))
    days = np.array([stop.day for stop in stops], dtype=object)
    masks: dict[Hashable, Mask] = {}
    found = []
    for walker in walkers:
        if walker.law not in masks:
            masks[walker.law] = np.array(allowed(walker.law), dtype=np.bool_)
        may = masks[walker.law]
        suits = _suits(walker, days)
        km = distances(walker.home, points)
        near = np.isnan(km) | (km <= walker.max_km)
        steps = (may & suits & near, may & suits, may)
        counts = [len(np.unique(where[mask])) for mask in steps]
        reachable, suited, permitted = counts
        found.append(
            Reach(
                walker.id,
                reachable,
                suited - reachable,
                len(offers) - permitted,
                permitted - suited,
            )
        )
    return found


def _suits(walker: Walker, days: npt.NDArray[np.object_]) -> Mask:
    if walker.days is None:
        return np.ones(len(days), dtype=np.bool_)
    return np.array([day in walker.days for day in days], dtype=np.bool_)
