"""Independent solvers agree: scipy's integer programmes and networkx's network simplex."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from scipy import optimize, sparse

from bench.fairplace.region import block
from fairplace import Equity, Floor, Person, Problem, Rules, Slot, Wish, solve_block
from fairplace.block import solve_arrays
from fairplace.ints import exact_dot
from tests.fairplace import worlds


def test_network_simplex_of_networkx_finds_the_same_cost() -> None:
    arrays = block(150)
    solved = solve_arrays(arrays)
    graph = nx.DiGraph()
    weight = 1_000_000
    owners = arrays.person_of_wish().tolist()
    for person in range(arrays.people):
        graph.add_node(("p", person), demand=-1)
        out = weight * (1 + int(arrays.priority[person]))
        graph.add_edge(("p", person), "sink", capacity=1, weight=out)
    for person, slot, cost in zip(
        owners, arrays.slot.tolist(), arrays.rank_cost.tolist(), strict=True
    ):
        graph.add_edge(("p", person), ("s", slot), capacity=1, weight=cost)
    for slot in range(arrays.slots):
        graph.add_edge(("s", slot), "sink", capacity=int(arrays.capacity[slot]), weight=0)
    graph.add_node("sink", demand=arrays.people)
    cost, _ = nx.network_simplex(graph)
    levels = dict(solved.network.levels)
    flow = solved.result.flow
    total = {name: exact_dot(flow, values) for name, values in levels.items()}
    assert cost == weight * (total["unplaced"] + total["equity"]) + total["wishes"]


@settings(max_examples=30, deadline=None)
@given(worlds.blocks(people=8, slots=5, locks=False))
def test_most_placed_equals_an_integer_programme(problem: Problem) -> None:
    """Scipy's HiGHS with a row per person, slot and reserved part, written from the rules alone."""
    if any(slot.reserved for slot in problem.slots):
        return
    people = [person for person in problem.people if person.wants]
    pairs = [
        (p, s)
        for p, person in enumerate(people)
        for s, slot in enumerate(problem.slots)
        if any((w.person, w.slot) == (person.id, slot.id) for w in problem.wishes)
        and (person.id, slot.id) not in problem.banned
    ]
    placed = solve_block(problem, seed=1, explain=False).placed
    if not pairs:
        assert placed == 0
        return
    rows = [p for p, _ in pairs] + [len(people) + s for _, s in pairs]
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, [*range(len(pairs))] * 2)))
    high = ([1] * len(people) + [slot.capacity for slot in problem.slots])[: matrix.shape[0]]
    found = optimize.milp(
        -np.ones(len(pairs)),
        constraints=optimize.LinearConstraint(matrix, -np.inf, high),
        integrality=np.ones(len(pairs)),
        bounds=optimize.Bounds(0, 1),
    )
    assert placed == round(-found.fun)


@pytest.mark.parametrize("floor", [0, 3, 6, 9])
@pytest.mark.parametrize("equity", [Equity.NONE, Equity.PARITY])
def test_floors_and_parity_against_an_integer_programme(equity: Equity, floor: int) -> None:
    """Ten of a north school and ten of a south school, eleven seats, the north lives far from most."""
    rng = np.random.default_rng(floor)
    people = tuple(Person(f"p{i:02}", group="north" if i < 10 else "south") for i in range(20))
    slots = tuple(Slot(f"s{j}", 1) for j in range(11))
    wishes = tuple(
        Wish(person.id, slot.id, int(rng.integers(1, 5)))
        for i, person in enumerate(people)
        for j, slot in enumerate(slots)
        if (i >= 10 or j < 7) and rng.random() < 0.6
    )
    problem = Problem(people, slots, wishes, Rules(equity, (Floor("north", floor),)))
    solution = solve_block(problem, seed=1, explain=False)
    north = sum(1 for a in solution.assignments if int(a.person[1:]) < 10)
    short = max(0, floor - north)
    levels = {level.name: level.value for level in solution.levels}
    assert levels["floors"] == short == _least_shortfall(problem, solution.placed, floor)
    if equity is Equity.PARITY and not floor:
        lack = 20 - solution.placed
        fair = -(-lack // 2)
        assert levels["equity"] == max(0, 10 - north - fair) + max(0, north + lack - 10 - fair)


def _least_shortfall(problem: Problem, placed: int, floor: int) -> int:
    """The floor's shortfall when as many people as possible of the north have one of `placed` places."""
    people = {person.id: i for i, person in enumerate(problem.people)}
    slots = {slot.id: len(people) + j for j, slot in enumerate(problem.slots)}
    edges = [(people[w.person], slots[w.slot]) for w in problem.wishes]
    count = len(edges)
    rows = [end for edge in edges for end in edge] + [len(people) + len(slots)] * count
    columns = [at for at in range(count) for _ in range(2)] + list(range(count))
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)))
    ends = len(people) + len(slots)
    found = optimize.milp(
        [-1.0 if person < 10 else 0.0 for person, _ in edges],
        constraints=optimize.LinearConstraint(
            matrix, [0.0] * ends + [placed], [1.0] * ends + [placed]
        ),
        integrality=np.ones(count),
        bounds=optimize.Bounds(0, 1),
    )
    return max(0, floor - round(-found.fun))
