"""Every reason equals a solve that forces the wish."""

from __future__ import annotations

from hypothesis import given, settings

from fairplace import Code, Equity, Person, Problem, Slot, Wish, solve_block
from tests.fairplace import brute, worlds

QUICK = settings(max_examples=40, deadline=None)


def as_change(problem: Problem, found: brute.Allocation, best: tuple[int, ...]) -> dict[str, int]:
    """Difference to the best allocation by level name; equity is a vector in the oracle and left out."""
    cost = brute.cost(problem, found)
    names = {"unplaced": 0, "floors": 1, "wishes": -3, "travel": -2, "company": -1}
    return {name: cost[at] - best[at] for name, at in names.items()}


def without_parity(problem: Problem) -> bool:
    """The oracle's parity counts from each allocation's own lack, the engine's from the least lack."""
    return problem.rules.equity is not Equity.PARITY


@QUICK
@given(worlds.blocks(locks=False).filter(without_parity))
def test_change_equals_a_forced_solve(problem: Problem) -> None:
    solution = solve_block(problem, seed=2)
    best = brute.best(problem)
    for reason in solution.reasons.values():
        for wish in reason.wishes:
            forced = [
                found
                for found in brute.allocations(problem)
                if found.get(reason.person) == wish.slot
            ]
            if wish.code in (Code.NO_SEAT, Code.DECLINED):
                assert not forced
            elif wish.code not in (Code.GRANTED, Code.BETTER):
                cheapest = min(forced, key=lambda found: brute.cost(problem, found))
                expected = as_change(problem, cheapest, best)
                assert {name: dict(wish.change).get(name, 0) for name in expected} == expected


@QUICK
@given(worlds.blocks(locks=False))
def test_moves_make_room(problem: Problem) -> None:
    solution = solve_block(problem, seed=2)
    for reason in solution.reasons.values():
        for wish in reason.wishes:
            found = {a.person: a.slot for a in solution.assignments}
            for move in wish.moves:
                assert found.pop(move.person, None) == move.origin
                if move.target is not None:
                    found[move.person] = move.target
            if wish.change:
                assert brute.fits(problem, {**found, reason.person: wish.slot})


def test_the_lottery_says_whose_number_was_better() -> None:
    people = tuple(Person(f"p{i}") for i in range(3))
    problem = Problem(people, (Slot("s", 1),), tuple(Wish(person.id, "s", 1) for person in people))
    solution = solve_block(problem, seed=1)
    winner = solution.assignments[0].person
    assert solution.reasons[winner].lottery == 1
    for loser in solution.unplaced:
        (wish,) = solution.reasons[loser].wishes
        assert wish.code is Code.LOTTERY
        assert [(move.person, move.target) for move in wish.moves] == [(winner, None)]


def test_one_more_without_a_place_is_the_reason() -> None:
    people = (Person("only_here"), Person("elsewhere"))
    slots = (Slot("far", 1), Slot("near", 1))
    wishes = (
        Wish("only_here", "near", 1),
        Wish("elsewhere", "near", 1),
        Wish("elsewhere", "far", 2),
    )
    reason = solve_block(Problem(people, slots, wishes), seed=1).reasons["elsewhere"]
    refused = reason.wishes[0]
    assert (refused.slot, refused.code) == ("near", Code.PLACED)
    assert dict(refused.change)["unplaced"] == 1
    assert refused.moves[0].target is None


def test_nobody_asked_for_anything() -> None:
    solution = solve_block(Problem((Person("p"),), (Slot("s", 1),), ()), seed=1)
    assert solution.reasons["p"].code is Code.NO_WISH
    assert solution.unplaced == ("p",)
