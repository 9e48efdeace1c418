"""The other policies keep the rules, and each keeps its own promise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from fairplace import (
    Equity,
    Person,
    Policy,
    Problem,
    ProblemError,
    Rules,
    Slot,
    Wish,
    compare,
    solve,
)
from fairplace.check import check
from fairplace.policies import allocate, envious
from tests.fairplace import brute, worlds

QUICK = settings(max_examples=40, deadline=None)
OTHERS = [policy for policy in Policy if policy is not Policy.FAIR]


@QUICK
@given(worlds.blocks())
def test_no_policy_breaks_a_rule_or_beats_the_bound(problem: Problem) -> None:
    for policy in OTHERS:
        pairs = allocate(problem, policy, seed=3)
        assert brute.fits(problem, dict(pairs))
        report = check(problem, pairs, seed=3)
        assert report.feasible
        assert report.solution is not None
        values = [level.value for level in report.solution.levels]
        assert values >= [level.bound for level in report.solution.levels]
        assert report.solution.certificate.primal >= report.solution.certificate.dual


@QUICK
@given(worlds.weeks())
def test_no_policy_breaks_a_rule_of_the_week(problem: Problem) -> None:
    for policy in (Policy.FCFS, Policy.LOTTERY):
        assert check(problem, allocate(problem, policy, seed=3)).feasible


def without_reserved(problem: Problem) -> bool:
    """Reserved seats may rightly hold somebody of lower precedence."""
    return not any(slot.reserved for slot in problem.slots)


@QUICK
@given(worlds.blocks(locks=False).filter(without_reserved))
def test_deferred_acceptance_leaves_no_justified_envy(problem: Problem) -> None:
    assert not envious(problem, allocate(problem, Policy.STABLE, seed=3), seed=3)


@QUICK
@given(worlds.blocks(locks=False, people=4, slots=3))
def test_nobody_gains_by_hiding_a_wish_from_deferred_acceptance(problem: Problem) -> None:
    strict = replace(
        problem, wishes=tuple(replace(w, rank=i + 1) for i, w in enumerate(problem.wishes))
    )
    ranks = {(wish.person, wish.slot): wish.rank for wish in strict.wishes}
    honest = dict(allocate(strict, Policy.STABLE, seed=3))
    for hidden in strict.wishes:
        wishes = tuple(wish for wish in strict.wishes if wish != hidden)
        liar = hidden.person
        lied = dict(allocate(replace(strict, wishes=wishes), Policy.STABLE, seed=3))
        if liar in lied:
            assert liar in honest
            assert ranks[liar, honest[liar]] <= ranks[liar, lied[liar]]


def test_who_comes_first_is_served_first() -> None:
    people = (Person("late_riser"), Person("early_bird"))
    wishes = tuple(Wish(person.id, "s", 1) for person in people)
    problem = Problem(people, (Slot("s", 1),), wishes)
    assert dict(allocate(problem, Policy.FCFS, seed=1)) == {"late_riser": "s"}
    turned = replace(problem, people=people[::-1])
    assert dict(allocate(turned, Policy.FCFS, seed=1)) == {"early_bird": "s"}


def test_compare_shows_what_clicking_first_costs() -> None:
    people = (Person("a", group="g", priority=1), Person("b", group="h"))
    wishes = (Wish("a", "x", 1, travel=4), Wish("a", "y", 2, travel=9), Wish("b", "x", 1))
    problem = Problem(people, (Slot("x", 1), Slot("y", 1)), wishes, Rules(Equity.NONE))
    rows = {row.policy: row for row in compare(problem, seed=1)}
    assert rows[Policy.FAIR].placed == 2
    assert rows[Policy.FAIR].ranks == ((1, 1), (2, 1))
    assert rows[Policy.FAIR].travel == 9
    assert rows[Policy.FCFS].placed == 1
    assert [(s.group, s.people, s.placed) for s in rows[Policy.FCFS].groups] == [
        ("g", 1, 1),
        ("h", 1, 0),
    ]
    assert rows[Policy.FCFS].priorities == ((0, 1, 0), (1, 1, 1))
    assert rows[Policy.FCFS].solution.days_bound == (2,)


def test_envy_follows_priority() -> None:
    people = (Person("a", priority=1), Person("b"))
    wishes = (Wish("a", "x", 1), Wish("a", "y", 2), Wish("b", "x", 1))
    problem = Problem(people, (Slot("x", 1), Slot("y", 1)), wishes)
    assert envious(problem, frozenset({("a", "y"), ("b", "x")}), seed=1) == {"a"}
    assert envious(problem, frozenset({("a", "x")}), seed=1) == frozenset()


def test_stability_needs_one_place_each() -> None:
    problem = Problem((Person("a", wants=2),), (Slot("x", 1),), (Wish("a", "x", 1),))
    with pytest.raises(ProblemError, match="one place per person"):
        solve(problem, seed=1, policy=Policy.STABLE)
    assert Policy.STABLE not in {row.policy for row in compare(problem, seed=1)}
