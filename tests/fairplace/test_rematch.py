"""The second round: confirmed stays, declined is gone, proposed moves only to place more people."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from fairplace import Code, Person, Problem, ProblemError, Slot, Wish, rematch, solve
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
