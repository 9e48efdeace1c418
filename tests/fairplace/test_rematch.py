"""The second round: confirmed stays, declined is gone, proposed moves only to place more people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from bench.fairplace.region import block, week
from bench.fairplace.run import as_problem
from fairplace import Code, Person, Problem, ProblemError, Slot, Wish, rematch, solve
from fairplace.block import solve_arrays
from fairplace.rematch import open_block, rematch_week
from fairplace.week import best_week
from fairplace.week_descent import repeats
from fairplace.week_objective import days_and_equity
from tests.fairplace import brute, worlds

QUICK = settings(max_examples=40, deadline=None)
Pairs = set[tuple[str, str]]


def split(problem: Problem) -> tuple[Pairs, Pairs, Pairs]:
    """A first round's pairs, every third confirmed, every third declined, every third open."""
    pairs = [
        (row.person, row.slot)
        for row in solve(problem, seed=1).assignments
        if (row.person, row.slot) not in problem.locked
    ]
    return set(pairs[::3]), set(pairs[1::3]), set(pairs[2::3])


@QUICK
@given(worlds.blocks(locks=False))
def test_proposals_move_only_to_place_more(problem: Problem) -> None:
    confirmed, declined, open_pairs = split(problem)
    again = rematch(problem, proposed=open_pairs, confirmed=confirmed, declined=declined, seed=1)
    pairs = {(row.person, row.slot) for row in again.solution.assignments}
    assert confirmed <= pairs
    assert not declined & pairs
    assert set(again.kept) | set(again.moved) == open_pairs
    assert set(again.new) == pairs - open_pairs - confirmed
    every = list(brute.allocations(again.problem))
    assert again.solution.placed == max(len(found) for found in every)

    def before_wishes(found: brute.Allocation) -> tuple[int, ...]:
        return brute.cost(again.problem, found)[:-3]

    best = min(before_wishes(found) for found in every)
    broken = min(len(open_pairs - set(f.items())) for f in every if before_wishes(f) == best)
    assert len(again.moved) == broken


@QUICK
@given(worlds.weeks())
def test_a_week_keeps_what_it_can(problem: Problem) -> None:
    proposed = {(row.person, row.slot) for row in solve(problem, seed=1).assignments}
    again = rematch(problem, proposed=proposed, seed=2)
    assert set(again.kept) == proposed - problem.locked
    assert not again.moved
    assert not again.new


def test_a_freed_seat_goes_to_the_waiting_list() -> None:
    people = (Person("a"), Person("b"), Person("c"))
    wishes = (Wish("a", "x", 1), Wish("b", "x", 1), Wish("b", "y", 2), Wish("c", "y", 1))
    problem = Problem(people, (Slot("x", 1), Slot("y", 1)), wishes)
    again = rematch(problem, proposed={("b", "y")}, declined={("a", "x")}, seed=1)
    assert again.moved == (("b", "y"),)
    assert again.new == (("b", "x"), ("c", "y"))
    assert again.solution.reasons["a"].wishes[0].code is Code.DECLINED


def test_a_better_wish_alone_moves_nobody() -> None:
    people = (Person("a"), Person("b"))
    wishes = (Wish("a", "x", 2), Wish("a", "y", 1), Wish("b", "x", 1), Wish("b", "y", 2))
    problem = Problem(people, (Slot("x", 1), Slot("y", 1)), wishes)
    again = rematch(problem, proposed={("a", "x"), ("b", "y")}, seed=1)
    assert again.kept == (("a", "x"), ("b", "y"))
    refused = again.solution.reasons["a"].wishes[0]
    assert (refused.slot, refused.code) == ("y", Code.KEPT)
    assert dict(refused.change)["moved"] == 2


def test_confirmed_and_declined_is_a_contradiction() -> None:
    problem = Problem((Person("a"),), (Slot("x", 1),), (Wish("a", "x", 1),))
    with pytest.raises(ProblemError, match="both confirmed and declined"):
        rematch(problem, proposed=(), confirmed={("a", "x")}, declined={("a", "x")}, seed=1)


def test_the_quick_second_round_of_a_block_is_the_exact_one() -> None:
    arrays = block(240)
    problem = as_problem(arrays)
    granted = solve_arrays(arrays).result.flow[: len(arrays.slot)] > 0
    turn = np.cumsum(granted) % 10
    declined, tentative = granted & (turn == 0), granted & (turn > 6)
    confirmed = granted & ~declined & ~tentative
    found = open_block(arrays, confirmed, declined, tentative)
    again = solve_arrays(found.arrays).result.flow[: len(found.wishes)] > 0
    owner = arrays.person_of_wish()

    def named(mask: np.ndarray) -> Pairs:
        return {(str(p), str(s)) for p, s in zip(owner[mask], arrays.slot[mask], strict=True)}

    full = rematch(
        problem,
        proposed=named(tentative),
        confirmed=named(confirmed),
        declined=named(declined),
        seed=1,
        explain=False,
    )
    taken = confirmed.copy()
    taken[found.wishes[again]] = True
    assert int(taken.sum()) == full.solution.placed
    assert int(arrays.rank_cost[taken].sum()) == full.solution.rank_cost
    assert len(full.moved) == int((tentative & ~taken).sum())
    assert not (taken & declined).any()


def test_the_quick_second_round_of_a_week_keeps_its_promises() -> None:
    arrays = week(100)
    first = best_week(arrays).granted
    turn = np.cumsum(first) % 10
    declined, tentative = first & (turn == 0), first & (turn > 6)
    confirmed = first & ~declined & ~tentative
    again = rematch_week(arrays, confirmed, declined, tentative)
    assert again[confirmed].all()
    assert not (again & declined).any()
    person, slot = arrays.person[again], arrays.slot[again]
    assert (np.bincount(slot, minlength=arrays.slots) <= arrays.capacity).all()
    assert (np.bincount(person, minlength=arrays.people) <= arrays.wants).all()
    assert len(np.unique(person * 100 + arrays.day[slot])) == len(person)
    assert not repeats(arrays, again).any()
    stood = confirmed | tentative
    assert days_and_equity(arrays, again) < days_and_equity(arrays, stood)


def test_confirmed_places_that_clash_are_refused() -> None:
    arrays = block(40)
    everything = np.ones(len(arrays.slot), dtype=np.bool_)
    nothing = ~everything
    with pytest.raises(ProblemError, match="clash"):
        open_block(arrays, everything, nothing, nothing)
    with pytest.raises(ProblemError, match="clash"):
        rematch_week(week(40), *[np.ones(len(week(40).slot), dtype=np.bool_)] * 3)
    with pytest.raises(ProblemError, match="reserved"):
        open_block(replace(arrays, reserved=np.array([[0, 0, 1]])), nothing, nothing, nothing)
