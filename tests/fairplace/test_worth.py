"""One more seat: what the prices say equals a solve in which the slot really has it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplace import Equity, Person, Problem, Rules, Slot, Wish, solve, watching
from fairplace.solution import Solution

DRAWN = ("lottery", "tie")


def problem_of(wishes: list[list[int]], capacities: list[int], equity: Equity) -> Problem:
    """Person i ranks the slots of `wishes[i]` in their order."""
    people = tuple(Person(f"p{i}", priority=i % 3) for i in range(len(wishes)))
    slots = tuple(Slot(f"s{i}", capacity) for i, capacity in enumerate(capacities))
    ranked = tuple(
        Wish(f"p{i}", f"s{s}", rank, travel=(7 * i + 3 * s) % 5)
        for i, row in enumerate(wishes)
        for rank, s in enumerate(row, start=1)
    )
    return Problem(people, slots, ranked, Rules(equity))


def levels(solution: Solution) -> list[tuple[str, int]]:
    return [(level.name, level.value) for level in solution.levels if level.name not in DRAWN]


def measured(problem: Problem, slot: str) -> tuple[tuple[str, int], ...]:
    """The change of every level when the slot has one more seat, by solving twice."""
    more = replace(
        problem,
        slots=tuple(replace(s, capacity=s.capacity + (s.id == slot)) for s in problem.slots),
    )
    before, after = levels(solve(problem, seed=5)), levels(solve(more, seed=5))
    return tuple(
        (name, new - old) for (name, old), (_, new) in zip(before, after, strict=True) if new - old
    )


@settings(max_examples=60, deadline=None)
@given(
    wishes=st.lists(
        st.lists(st.integers(0, 3), unique=True, min_size=1, max_size=4), min_size=1, max_size=6
    ),
    capacities=st.lists(st.integers(0, 2), min_size=4, max_size=4),
    equity=st.sampled_from([Equity.NONE, Equity.STRICT]),
)
def test_the_worth_of_a_seat_equals_a_solve_with_that_seat(
    wishes: list[list[int]], capacities: list[int], equity: Equity
) -> None:
    problem = problem_of(wishes, capacities, equity)
    said = {row.slot: row.change for row in solve(problem, seed=5).seats}
    open_slots = [slot.id for slot in problem.slots if slot.capacity]
    assert said == {slot: change for slot in open_slots if (change := measured(problem, slot))}


def test_nobody_is_helped_where_seats_are_left() -> None:
    problem = problem_of([[0], [1]], [1, 3, 0, 0], Equity.NONE)
    assert solve(problem, seed=1).seats == ()


def test_in_a_week_one_more_seat_gives_one_more_day() -> None:
    people = (Person("a", wants=1), Person("b", wants=1))
    slots = (Slot("x", 1, "one", "mon"), Slot("y", 5, "two", "tue"))
    wishes = (Wish("a", "x", 1), Wish("b", "x", 1))
    rows = solve(Problem(people, slots, wishes), seed=1).seats
    assert [(row.slot, row.change[0][0]) for row in rows] == [("x", "days")]
    assert rows[0].change[0][1] < 0


def test_a_watcher_is_told_the_stages_and_may_stop_the_solve() -> None:
    problem = problem_of([[0, 1], [0], [1, 0]], [1, 1, 0, 0], Equity.NONE)
    seen: list[str] = []
    with watching(seen.append):
        watched = solve(problem, seed=3)
    assert list(dict.fromkeys(seen)) == ["solve", "prove", "explain"]
    assert watched == solve(problem, seed=3)

    def stop(stage: str) -> None:
        raise KeyboardInterrupt(stage)

    with pytest.raises(KeyboardInterrupt), watching(stop):
        solve(problem, seed=3)
