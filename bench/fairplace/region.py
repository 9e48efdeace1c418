"""A generated county or country: towns, pupils, companies; seeded, so every run measures the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from fairplace.arrays import BlockArrays
from fairplace.ints import Ints
from fairplace.lottery import pair_bits
from fairplace.model import Equity
from fairplace.week_arrays import WeekArrays

FIELDS = 22
NEAR = 40
LONGEST_LIST = 20
PEOPLE_PER_COUNTY = 10_000
COUNTY_KM = 45.0


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Sorted wish lists: `ptr` (P+1,), offer, km and position in the list per wish (E,), field per offer."""

    ptr: Ints
    offer: Ints
    km: Ints
    position: Ints
    field: Ints


def _places(count: int, people: int, rng: np.random.Generator, spread: float) -> np.ndarray:
    """Points in km: towns of very unequal size, 24 per county."""
    side = COUNTY_KM * np.sqrt(max(1.0, people / PEOPLE_PER_COUNTY))
    towns = max(24, 24 * people // PEOPLE_PER_COUNTY)
    centre = np.random.default_rng(1).uniform(0, side, (towns, 2))
    weight = 1.0 / np.arange(1, towns + 1) ** 0.7
    town = rng.choice(towns, size=count, p=weight / weight.sum())
    return centre[town] + rng.normal(0, spread, (count, 2))


def lists(
    people: int, offers: int, seed: int, length: int = LONGEST_LIST, near: int = NEAR
) -> Lists:
    """Everybody wishes for near and attractive offers in three fields."""
    rng = np.random.default_rng(seed)
    home, work = _places(people, people, rng, 3.0), _places(offers, people, rng, 4.0)
    taste = rng.permutation(1.0 / np.arange(1, FIELDS + 1) ** 0.6)
    field = rng.choice(FIELDS, size=offers)
    charm = rng.lognormal(0, 0.7, offers)
    wanted = rng.choice(FIELDS, size=(people, 3), p=taste / taste.sum())
    owner, offer, km = [], [], []
    for value in range(FIELDS):
        here = np.flatnonzero(field == value)
        who = np.flatnonzero((wanted == value).any(axis=1))
        if not len(here) or not len(who):
            continue
        tree = cKDTree(work[here])
        distance, found_at = tree.query(
            home[who], k=list(range(1, min(near, len(here)) + 1)), distance_upper_bound=35.0
        )
        found = np.isfinite(distance)
        owner.append(np.repeat(who, found.sum(axis=1)))
        offer.append(here[found_at[found]])
        km.append(distance[found])
    who, what, far = np.concatenate(owner), np.concatenate(offer), np.concatenate(km)
    score = far / 6.0 - charm[what] + rng.gumbel(0, 0.5, len(what))
    order = np.lexsort((score, who))
    who, what, far = who[order], what[order], far[order]
    first = np.searchsorted(who, np.arange(people + 1))
    position = np.arange(len(who)) - first[who]
    keep = position < length
    who, what, far, position = who[keep], what[keep], far[keep], position[keep]
    order = np.lexsort((what, who))
    ptr = np.searchsorted(who, np.arange(people + 1)).astype(np.int64)
    return Lists(ptr, what[order], far[order].astype(np.int64), position[order], field)


def block(people: int, seed: int = 1, length: int = LONGEST_LIST, near: int = NEAR) -> BlockArrays:
    """One seat per person in all, 2.6 per offer; a wish costs ten points per rank and one per km."""
    rng = np.random.default_rng(seed + 1)
    offers = max(4, round(people / 2.6))
    found = lists(people, offers, seed, length, near)
    capacity = np.minimum(20, rng.geometric(1 / 2.6, offers))
    cost = np.where(found.position < 6, 10 * found.position, 100) + found.km
    return BlockArrays(
        ptr=found.ptr,
        slot=found.offer,
        rank_cost=cost.astype(np.int64),
        travel=np.zeros(len(found.offer), dtype=np.int64),
        company=np.zeros(len(found.offer), dtype=np.int64),
        kept=np.zeros(len(found.offer), dtype=np.int64),
        capacity=capacity.astype(np.int64),
        priority=(rng.random(people) < 0.24).astype(np.int64),
        group=np.full(people, -1, dtype=np.int64),
        absent=np.zeros(1, dtype=np.int64),
        reserved=np.zeros((0, 3), dtype=np.int64),
        floors=np.zeros((0, 2), dtype=np.int64),
        equity=Equity.STRICT,
        number=(rng.permutation(people) + 1).astype(np.int64),
        person_key=np.arange(people, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15),
        slot_key=np.arange(offers, dtype=np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F),
    )


def week(people: int, seed: int = 1) -> WeekArrays:
    """15 days; 3-8 free and 1-5 wanted days a person; offers open on 1-8 days; 0.8 seats per want."""
    rng = np.random.default_rng(seed + 2)
    offers = max(6, round(people * 0.46))
    found = lists(people, offers, seed)
    open_on = rng.random((offers, 15)) < rng.uniform(1 / 15, 8 / 15, (offers, 1))
    open_on[np.arange(offers), rng.integers(0, 15, offers)] = True
    free_on = np.argsort(rng.random((people, 15)), axis=1) < rng.integers(3, 9, (people, 1))
    slot_offer, slot_day = np.nonzero(open_on)
    slot_at = np.full((offers, 15), -1, dtype=np.int64)
    slot_at[slot_offer, slot_day] = np.arange(len(slot_offer))
    wants = np.minimum(rng.integers(1, 6, people), free_on.sum(axis=1)).astype(np.int64)
    owner = np.repeat(np.arange(people), np.diff(found.ptr))
    pair, day = np.nonzero(open_on[found.offer] & free_on[owner])
    person, slot = owner[pair], slot_at[found.offer[pair], day]
    order = np.lexsort((slot, person))
    pair, person, slot = pair[order], person[order], slot[order]
    seats = rng.integers(1, 7, len(slot_offer)).astype(np.float64)
    capacity = np.maximum(1, np.round(seats * 0.8 * wants.sum() / seats.sum())).astype(np.int64)
    position, km = found.position[pair], found.km[pair]
    return WeekArrays(
        person=person,
        slot=slot,
        rank_cost=(np.where(position < 6, 10 * position, 100) + km).astype(np.int64),
        travel=np.zeros(len(person), dtype=np.int64),
        company_view=np.zeros(len(person), dtype=np.int64),
        kept=np.zeros(len(person), dtype=np.int64),
        stale=np.zeros(len(person), dtype=np.int64),
        tie=pair_bits(person.astype(np.uint64), slot.astype(np.uint64)),
        wants=wants,
        had=np.zeros(people, dtype=np.int64),
        priority=(rng.random(people) < 0.24).astype(np.int64),
        number=(rng.permutation(people) + 1).astype(np.int64),
        capacity=capacity,
        day=slot_day.astype(np.int64),
        company=(slot_offer * 10 // 13).astype(np.int64),
        field=found.field[slot_offer],
    )
