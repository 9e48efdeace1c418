"""The block against all allocations of tiny problems, and its promises on generated ones."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplace import (
    Equity,
    Person,
    Problem,
    ProblemError,
    Rules,
    Slot,
    Solution,
    Wish,
    solve_block,
)
from tests.fairplace import brute, worlds

QUICK = settings(max_examples=40, deadline=None)


def found(solution: Solution) -> dict[str, str]:
    return {a.person: a.slot for a in solution.assignments}


def shuffled(problem: Problem, seed: int) -> Problem:
    draw = random.Random(seed)
    return replace(
        problem,
        people=tuple(draw.sample(problem.people, len(problem.people))),
        slots=tuple(draw.sample(problem.slots, len(problem.slots))),
        wishes=tuple(draw.sample(problem.wishes, len(problem.wishes))),
    )


@QUICK
@given(worlds.blocks(), st.integers(0, 5))
def test_no_allocation_is_better(problem: Problem, seed: int) -> None:
    solution = solve_block(problem, seed=seed)
    assert brute.fits(problem, found(solution))
    assert brute.cost(problem, found(solution)) == brute.best(problem)
    assert solution.certificate.holds


@QUICK
@given(worlds.blocks(), st.integers(0, 5), st.integers(0, 5))
def test_order_of_the_input_does_not_matter(problem: Problem, seed: int, order: int) -> None:
    first, second = (
        solve_block(problem, seed=seed),
        solve_block(shuffled(problem, order), seed=seed),
    )
    assert first == second
    assert repr(first.reasons) == repr(second.reasons)


@QUICK
@given(worlds.blocks(locks=False))
def test_one_more_seat_never_places_fewer(problem: Problem) -> None:
    before = solve_block(problem, seed=1, explain=False).placed
    for i, slot in enumerate(problem.slots):
        slots = (
            *problem.slots[:i],
            replace(slot, capacity=slot.capacity + 1),
            *problem.slots[i + 1 :],
        )
        assert solve_block(replace(problem, slots=slots), seed=1, explain=False).placed >= before


@QUICK
@given(worlds.blocks())
def test_locks_stay_and_bans_hold(problem: Problem) -> None:
    pairs = {(a.person, a.slot) for a in solve_block(problem, seed=3).assignments}
    assert problem.locked <= pairs
    assert not problem.banned & pairs


def contest(people: int, **rules: Equity) -> Problem:
    crowd = tuple(Person(f"p{i:02}", priority=i % 2, group="ab"[i % 2]) for i in range(people))
    wishes = tuple(Wish(person.id, "s", 1) for person in crowd)
    return Problem(crowd, (Slot("s", people // 2),), wishes, Rules(**rules))


def test_strict_equity_seats_the_higher_class() -> None:
    solution = solve_block(contest(8), seed=1)
    assert set(found(solution)) == {"p01", "p03", "p05", "p07"}


def test_parity_shares_the_lack() -> None:
    solution = solve_block(contest(8, equity=Equity.PARITY), seed=1)
    assert Counter(int(person[1:]) % 2 for person in found(solution)) == {0: 2, 1: 2}


def test_a_tie_goes_to_the_better_lottery_number() -> None:
    solution = solve_block(contest(9, equity=Equity.NONE), seed=5)
    numbers = {person: reason.lottery for person, reason in solution.reasons.items()}
    assert sorted(numbers[person] for person in found(solution)) == [1, 2, 3, 4]


def test_different_seeds_draw_differently() -> None:
    problem = contest(9, equity=Equity.NONE)
    assert len({frozenset(found(solve_block(problem, seed=seed))) for seed in range(10)}) > 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"slots": (Slot("s", -1),)}, "capacity must lie between"),
        ({"slots": (Slot("s", 1), Slot("s", 1))}, "slot 's' occurs twice"),
        ({"wishes": (Wish("p00", "x", 1),)}, "slot 'x' is not known"),
        ({"wishes": (Wish("p00", "s", 0),)}, "rank must lie between"),
        ({"wishes": (Wish("p00", "s", 1), Wish("p00", "s", 2))}, "ranks slot 's' twice"),
        ({"wishes": (Wish("p00", "s", 10**30),)}, "rank must lie between"),
        ({"wishes": (Wish("p00", "s", 1.5),)}, "whole number"),  # type: ignore[arg-type]
        ({"people": (Person("a\0b"),)}, "NUL"),
        (
            {"locked": frozenset({("p00", "s"), ("p01", "s"), ("p02", "s")})},
            "more confirmed people than seats",
        ),
        ({"people": (Person("p00", wants=2),), "wishes": ()}, "use solve_week"),
    ],
)
def test_contradictions_are_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ProblemError, match=message):
        solve_block(replace(contest(4), **change), seed=1)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5, True])
def test_odd_seeds_are_refused(seed: int) -> None:
    with pytest.raises(ProblemError, match="seed"):
        solve_block(contest(4), seed=seed)
