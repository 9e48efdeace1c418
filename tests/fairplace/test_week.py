"""The week against all weeks of tiny problems, and its promises on generated ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplace import (
    Code,
    Equity,
    Floor,
    Person,
    Problem,
    ProblemError,
    Rules,
    Slot,
    Solution,
    Wish,
    solve_week,
)
from fairplace.week import find_all_prices, price_bound
from fairplace.week_arrays import compile_week
from fairplace.week_descent import feasible_part, refine, widen
from fairplace.week_objective import vector
from fairplace.week_prices import ONE, Market, find_prices, gains
from tests.fairplace import brute_week, worlds

QUICK = settings(max_examples=40, deadline=None)


def pairs(solution: Solution) -> frozenset[tuple[str, str]]:
    return frozenset((a.person, a.slot) for a in solution.assignments)


@QUICK
@given(worlds.weeks(), st.integers(0, 3))
def test_no_week_is_better(problem: Problem, seed: int) -> None:
    solution = solve_week(problem, seed=seed)
    assert pairs(solution) in set(brute_week.weeks(problem))
    assert brute_week.cost(problem, pairs(solution)) == brute_week.best(problem)
    assert all(level.value == level.bound for level in solution.levels)


@QUICK
@given(worlds.weeks(companies=False))
def test_without_companies_the_flow_is_the_proof(problem: Problem) -> None:
    solution = solve_week(problem, seed=1)
    assert solution.certificate.holds
    assert brute_week.cost(problem, pairs(solution)) == brute_week.best(problem)


@QUICK
@given(worlds.weeks(), st.integers(0, 9))
def test_order_of_the_input_does_not_matter(problem: Problem, turn: int) -> None:
    turned = replace(
        problem,
        people=problem.people[::-1],
        slots=problem.slots[turn % 5 :] + problem.slots[: turn % 5],
        wishes=problem.wishes[::-1],
    )
    assert solve_week(problem, seed=4) == solve_week(turned, seed=4)


@QUICK
@given(worlds.weeks())
def test_every_wish_of_a_short_week_has_a_reason(problem: Problem) -> None:
    solution = solve_week(problem, seed=1)
    granted = pairs(solution)
    capacity = {slot.id: slot.capacity for slot in problem.slots}
    for person in problem.people:
        if not person.wants:
            continue
        for row in solution.reasons[person.id].wishes:
            taken = sum(1 for _, slot in granted if slot == row.slot)
            assert (row.code in (Code.GRANTED, Code.CONFIRMED)) == (
                (person.id, row.slot) in granted
            )
            if row.code is Code.NO_SEAT:
                assert taken == capacity[row.slot]


def festival() -> Problem:
    """Two companies on two days, one seat each: each person can see both, on opposite days."""
    slots = tuple(Slot(f"{c}{d}", 1, company=c, day=d) for c in "ab" for d in "12")
    people = (Person("x", wants=2), Person("y", wants=2))
    wishes = tuple(Wish(person.id, slot.id, 1) for person in people for slot in slots)
    return Problem(people, slots, wishes)


def test_everybody_sees_both_companies() -> None:
    solution = solve_week(festival(), seed=1)
    assert solution.days == (2, 2) == solution.days_bound


def test_places_without_a_company_are_not_mixed_up_with_a_company() -> None:
    slots = (Slot("alone", 1), Slot("x1", 1, company="x"), Slot("x2", 1, company="x"))
    wishes = (Wish("a", "x1", 1), Wish("a", "x2", 1), Wish("b", "alone", 1))
    problem = Problem((Person("a", wants=2), Person("b")), slots, wishes)
    assert solve_week(problem, seed=1).days == (2, 0)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"rules": Rules(equity=Equity.PARITY)}, "parity"),
        ({"rules": Rules(floors=(Floor("north", 1),))}, "floor of 'north'"),
        ({"slots": (Slot("kept", 2, day="1", reserved=(("north", 1),)),)}, "slot 'kept'"),
    ],
)
def test_rules_of_the_block_are_refused_by_name(change: dict[str, Any], named: str) -> None:
    week = replace(festival(), **{"wishes": (), **change})
    with pytest.raises(ProblemError, match="rules of the block") as refusal:
        solve_week(week, seed=1)
    assert named in str(refusal.value)


def test_places_are_varied_before_wishes_are_counted() -> None:
    """The second wish of a field gives way to the third wish, in another field."""
    slots = tuple(Slot(id_, 1, day=id_[0], field=id_[1]) for id_ in ("1x", "2x", "3y"))
    wishes = tuple(Wish("a", slot.id, rank + 1) for rank, slot in enumerate(slots))
    solution = solve_week(Problem((Person("a", wants=2),), slots, wishes), seed=1)
    assert pairs(solution) == {("a", "1x"), ("a", "3y")}
    refused = next(row for row in solution.reasons["a"].wishes if row.slot == "2x")
    assert refused.code is Code.FIELDS


@QUICK
@given(worlds.weeks(), st.integers(1, 3))
def test_prices_bound_every_week(problem: Problem, places: int) -> None:
    """Found prices and any others: no week gives more first to t-th places than they say."""
    arrays = compile_week(problem, seed=1).arrays
    found = find_prices(Market(arrays), places, rounds=8)
    most = 0
    for pairs_of in brute_week.weeks(problem):
        got = Counter(person for person, _ in pairs_of)
        most = max(most, sum(min(count, places) for count in got.values()))
    assert most <= found.most
    had = int(np.minimum(arrays.had, places).sum())
    guess = (arrays.capacity + arrays.day + 1) * (ONE // 3)
    assert most <= had + Market(arrays).bound(gains(arrays, places), guess)


@QUICK
@given(worlds.weeks(), st.sampled_from(["none", "some"]))
def test_the_large_way_obeys_every_rule(problem: Problem, start: str) -> None:
    """Chains, flows and prices on weeks that the exact search solves otherwise: allowed, and within the bound."""
    arrays = compile_week(problem, seed=1).arrays
    prices = find_all_prices(arrays)
    granted = feasible_part(arrays, np.full(len(arrays.slot), start == "some"))
    for places in range(1, arrays.most + 1):
        if start == "none":
            granted = widen(arrays, granted, places, prices[places - 1], None)
    final = refine(arrays, granted).granted
    chosen = {
        (int(p), int(s)) for p, s in zip(arrays.person[final], arrays.slot[final], strict=True)
    }
    compiled = compile_week(problem, seed=1)
    named = {(compiled.people[p].id, compiled.slots[s].id) for p, s in chosen}
    assert named | problem.locked in set(brute_week.weeks(problem))
    assert vector(arrays, final) >= price_bound(arrays, prices).vector


@QUICK
@given(worlds.weeks(), st.integers(0, 4))
def test_one_more_seat_makes_no_week_worse(problem: Problem, turn: int) -> None:
    if not problem.slots:
        return
    lucky = problem.slots[turn % len(problem.slots)]
    slots = tuple(
        replace(slot, capacity=slot.capacity + 1) if slot is lucky else slot
        for slot in problem.slots
    )
    before = solve_week(problem, seed=1, explain=False)
    after = solve_week(replace(problem, slots=slots), seed=1, explain=False)
    assert [level.value for level in after.levels] <= [level.value for level in before.levels]
