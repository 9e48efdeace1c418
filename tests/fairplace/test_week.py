"""The week against all weeks of tiny problems, and its promises on generated ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplace import (
    Code,
    Equity,
    Person,
    Problem,
    ProblemError,
    Rules,
    Slot,
    Solution,
    Wish,
    solve_week,
)
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


@pytest.mark.parametrize("rules", [Rules(equity=Equity.PARITY)])
def test_rules_of_the_block_are_refused(rules: Rules) -> None:
    with pytest.raises(ProblemError, match="rules of the block"):
        solve_week(replace(festival(), rules=rules), seed=1)
