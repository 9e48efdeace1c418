"""Lists keep wishes and reasons; a shortlist with pricing gives the full list's answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from bench.fairplace.region import block
from fairplace import Problem
from fairplace.arrays import compile_block
from fairplace.block import solve_arrays
from fairplace.candidates import (
    FALLBACK_RANK,
    Barrier,
    Opening,
    Seeker,
    barrier,
    build_lists,
    contention,
    distance_km,
    shortlist,
)
from tests.fairplace import worlds

STADE = (53.60, 9.47)
HERE = Seeker("p", *STADE, reach_km=20, age=15, form="GYM", days=frozenset({"mon"}))


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (Opening("s", *STADE), None),
        (Opening("s", *STADE, day="mon"), None),
        (Opening("s", *STADE, day="tue"), Barrier.DAY),
        (Opening("s", *STADE, least_age=16), Barrier.AGE),
        (Opening("s", *STADE, forms=frozenset({"HS"})), Barrier.FORM),
        (Opening("s", *STADE, proofs=frozenset({"health"})), Barrier.PROOF),
        (Opening("s", 53.50, 9.65), None),
        (Opening("s", 53.07, 8.80), Barrier.DISTANCE),
        (Opening("s", 53.07, 8.80, day="tue"), Barrier.DAY),
    ],
)
def test_the_first_rule_broken_is_the_reason(opening: Opening, expected: Barrier | None) -> None:
    assert barrier(HERE, opening) is expected


def test_distance_of_known_towns() -> None:
    """Stade to Buxtehude is about 20 km as the crow flies, to Bremen about 73."""
    assert distance_km(HERE, Opening("s", 53.477, 9.701)) == pytest.approx(20, abs=1)
    assert distance_km(HERE, Opening("s", 53.076, 8.807)) == pytest.approx(73, abs=1)


def test_wishes_come_first_and_rejections_keep_their_reason() -> None:
    openings = [
        Opening("far", 53.07, 8.80, field="it"),
        Opening("near", *STADE, field="it"),
        Opening("wished", 53.55, 9.47, field="care"),
        Opening("other", *STADE, field="care"),
    ]
    seeker = Seeker("p", *STADE, reach_km=20, age=15, fields=frozenset({"it"}))
    lists = build_lists([seeker], openings, {"p": ["far", "wished"]})
    assert lists.rejected == {("p", "far"): Barrier.DISTANCE}
    assert [(w.slot, w.rank, w.travel) for w in lists.wishes] == [
        ("wished", 1, 6),
        ("near", FALLBACK_RANK, 0),
    ]


def test_nobody_in_reach_is_overlooked() -> None:
    rng = np.random.default_rng(3)
    openings = [
        Opening(f"s{i}", float(lat), float(lon), field="it")
        for i, (lat, lon) in enumerate(rng.uniform((53.0, 8.5), (54.0, 10.0), (200, 2)))
    ]
    seeker = Seeker("p", *STADE, reach_km=25, age=15, fields=frozenset({"it"}))
    lists = build_lists([seeker], openings, {}, fill=200)
    allowed = {opening.slot for opening in openings if barrier(seeker, opening) is None}
    assert {wish.slot for wish in lists.wishes} == allowed
    assert len(allowed) > 5


@settings(max_examples=40, deadline=None)
@given(worlds.blocks())
def test_a_shortlist_never_changes_the_answer(problem: Problem) -> None:
    arrays = compile_block(problem, seed=1).arrays
    full = solve_arrays(arrays)
    few = solve_arrays(arrays, shortlist(arrays, best=1, calm=0))
    assert (few.result.flow == full.result.flow).all()
    assert [s.stage for s in few.result.stages] == [s.stage for s in full.result.stages]


def test_a_shortlist_of_a_region_gives_the_full_answer() -> None:
    arrays = block(500, length=40)
    first = shortlist(arrays, best=3, calm=3)
    assert first.sum() <= 6 * arrays.people
    full, few = solve_arrays(arrays), solve_arrays(arrays, first)
    assert (few.result.flow == full.result.flow).all()


def test_contention_shares_people_among_their_options() -> None:
    arrays = block(200)
    assert (contention(arrays) * arrays.capacity).sum() == pytest.approx(
        (np.diff(arrays.ptr) > 0).sum()
    )


def town(seekers: int, openings: int) -> tuple[list[Seeker], list[Opening]]:
    """Everybody at the same corner, openings of two fields at growing distance, each with one seat."""
    people = [
        Seeker(f"p{i:02}", *STADE, reach_km=30, age=15, fields=frozenset({"it", "care"}))
        for i in range(seekers)
    ]
    places = [
        Opening(f"s{j:02}", STADE[0] + j * 0.004, STADE[1], field="it" if j % 2 else "care")
        for j in range(openings)
    ]
    return people, places


def test_every_field_is_filled_and_nobody_is_sent_where_all_others_go() -> None:
    people, places = town(24, 48)
    lists = build_lists(people, places, {}, fill=5)
    fields = {place.slot: place.field for place in places}
    for person in people:
        mine = [wish.slot for wish in lists.wishes if wish.person == person.id]
        assert Counter(fields[slot] for slot in mine) == {"it": 5, "care": 5}
        assert {f"s{j:02}" for j in range(4)} <= set(mine)
    assert len({wish.slot for wish in lists.wishes}) > 24
    pairs = {(wish.person, wish.slot) for wish in lists.wishes}
    assert pairs.isdisjoint(lists.rejected)
    assert len(pairs) + len(lists.rejected) == len(people) * len(places)
    assert set(lists.rejected.values()) == {Barrier.LIST}


def test_the_order_of_the_input_does_not_change_a_list() -> None:
    people, places = town(6, 30)
    turned = build_lists(people[::-1], places[::-1], {}, fill=3)
    assert turned == build_lists(people, places, {}, fill=3)


def test_travel_time_counts_where_it_is_known() -> None:
    seeker = Seeker("p", *STADE, reach_km=30, age=15, reach_minutes=40)
    places = [Opening("bus", *STADE), Opening("ferry", *STADE)]
    table = {"bus": 25, "ferry": 55}
    lists = build_lists([seeker], places, {}, minutes=lambda _, opening: table[opening.slot])
    assert [(wish.slot, wish.travel) for wish in lists.wishes] == [("bus", 25)]
    assert lists.rejected == {("p", "ferry"): Barrier.TIME}
    assert barrier(seeker, places[1]) is None


def test_a_short_list_places_as_many_as_a_long_one() -> None:
    """Twenty of up to a hundred wishes each; before pricing, so that the choice itself is tested."""
    arrays = block(600, length=100)
    first = shortlist(arrays)
    owner = arrays.person_of_wish()[first]
    count = np.bincount(owner, minlength=arrays.people)
    few = replace(
        arrays,
        ptr=np.concatenate([[0], np.cumsum(count)]),
        slot=arrays.slot[first],
        rank_cost=arrays.rank_cost[first],
        travel=arrays.travel[first],
        company=arrays.company[first],
        kept=arrays.kept[first],
    )
    without = [
        int(found.result.flow[len(found.network.head) - a.slots - a.people :][: a.people].sum())
        for a in (arrays, few)
        for found in [solve_arrays(a)]
    ]
    assert without[1] - without[0] <= 1
