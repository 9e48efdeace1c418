"""Compiled kernels, quick weights and chains: what small problems never reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.fairplace.region import block, week
from fairplace import Person, Problem, Slot, Wish, flow, solve_block, solve_week
from fairplace.arrays import BlockArrays
from fairplace.block import solve_arrays
from fairplace.certificate import dual_value, primal_value
from fairplace.explain import Explainer
from fairplace.few_seats import from_the_seats, pays
from fairplace.network import build
from fairplace.week import best_week
from fairplace.week_arrays import WeekArrays
from fairplace.week_descent import repeats
from fairplace.week_exact import MAX_WISHES_FOR_PLACES
from fairplace.week_objective import reached, vector
from fairplace.week_prices import Market, find_prices


def test_quick_weights_give_the_exact_optimum() -> None:
    arrays = block(3_000)
    solved = solve_arrays(arrays)
    network = solved.network
    quick, exact = flow.plan(network)[0].quick, flow.plan(network)[0].weights
    assert max(quick) < max(exact)
    stage = solved.result.stages[0]
    assert primal_value(stage.cost, solved.result.flow) == stage.stage.primal
    assert stage.stage.primal == dual_value(
        network.tail, network.head, network.cap, stage.cost, network.supply, stage.potential
    )
    direct = flow.cheapest(
        network.nodes, network.tail, network.head, network.cap, stage.cost, network.supply
    )
    assert primal_value(stage.cost, direct) == stage.stage.primal


def test_overflow_is_refused_before_the_solver_is_asked() -> None:
    one = np.ones(1, dtype=np.int64)
    supply = np.array([1, -1], dtype=np.int64)
    with pytest.raises(OverflowError, match="too large"):
        flow.cheapest(2, one - 1, one, one, one * 2**60, supply)


def obeys(arrays: WeekArrays, granted: np.ndarray) -> bool:
    """Capacity, one place a day, each company once, no more than wanted."""
    person, slot = arrays.person[granted], arrays.slot[granted]
    a_day = np.unique(person * 100 + arrays.day[slot])
    return bool(
        (np.bincount(slot, minlength=arrays.slots) <= arrays.capacity).all()
        and (np.bincount(person, minlength=arrays.people) <= arrays.wants).all()
        and len(a_day) == len(person)
        and not repeats(arrays, granted).any()
    )


def test_a_week_too_large_for_the_exact_search() -> None:
    arrays = week(480)
    assert len(arrays.slot) > MAX_WISHES_FOR_PLACES
    found = best_week(arrays)
    granted, bound = found.granted, found.proof.bound
    value = vector(arrays, granted)
    assert obeys(arrays, granted)
    assert not bound.tight
    assert value >= bound.vector
    assert reached(arrays, value)[:2] == reached(arrays, bound.vector)[:2]


def crowd(people: int, days: int) -> Problem:
    """Everybody wishes for six slots; with days, companies are open on two of them."""
    rng = np.random.default_rng(5)
    slots = tuple(
        Slot(
            f"s{j:03}",
            int(rng.integers(1, 4)),
            company=f"c{j // 2}" if days else None,
            day=str(j % days) if days else None,
        )
        for j in range(people // 2)
    )
    folk = tuple(Person(f"p{i:04}", wants=2 if days else 1) for i in range(people))
    wishes = tuple(
        Wish(person.id, slots[at].id, rank + 1)
        for person in folk
        for rank, at in enumerate(rng.choice(len(slots), 6, replace=False).tolist())
    )
    return Problem(folk, slots, wishes)


@pytest.mark.parametrize("days", [0, 5])
def test_compiled_reasons_equal_interpreted_ones(
    days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = crowd(60 if days else 240, days)
    solve = solve_week if days else solve_block
    interpreted = solve(problem, seed=3)
    monkeypatch.setattr("fairplace.explain.SEARCH_COMPILED_FROM", 0)
    monkeypatch.setattr("fairplace.speed.COMPILE_FROM", 0)
    assert solve(problem, seed=3) == interpreted


def test_forcing_a_better_wish_costs_what_a_solve_with_it_costs() -> None:
    arrays = block(3_000)
    network, result = (solved := solve_arrays(arrays)).network, solved.result
    owner, wishes = arrays.person_of_wish(), len(arrays.slot)
    got = np.full(arrays.people, np.iinfo(np.int64).max)
    seated = np.flatnonzero(result.flow[:wishes])
    got[owner[seated]] = arrays.rank_cost[seated]
    better = np.flatnonzero(arrays.rank_cost < got[owner])
    asked = np.random.default_rng(4).choice(better, 12, replace=False)
    own = np.array([cost[asked] for _, cost in network.levels])
    explainer = Explainer(network, result)
    answers = list(explainer.ask(network.head[asked], network.tail[asked], own))
    for arc, answer in zip(asked.tolist(), answers, strict=True):
        cap = np.where(network.tail == network.tail[arc], 0, network.cap)
        cap[arc] = 1
        forced = flow.solve_levels(replace(network, cap=cap)).flow
        change = [primal_value(cost, forced - result.flow) for _, cost in network.levels]
        assert answer is not None
        assert list(answer.change) == change


def few_seats(people: int) -> BlockArrays:
    """A block in which one person in five can have a seat."""
    arrays = block(people)
    seats = np.where(np.arange(arrays.slots) % 4 == 0, arrays.capacity, 0)
    return replace(arrays, capacity=np.minimum(seats, 4))


def test_few_seats_are_given_out_as_by_the_flow_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = few_seats(1_000)
    network = build(arrays)
    expected = flow.solve_levels(network)
    assert not pays(arrays, network)
    assert (from_the_seats(arrays, network) == expected.flow).all()
    monkeypatch.setattr("fairplace.few_seats.WISHES_FROM", 1)
    assert pays(arrays, network)
    solved = solve_arrays(arrays).result
    assert (solved.flow == expected.flow).all()
    assert [stage.stage for stage in solved.stages] == [stage.stage for stage in expected.stages]
    tiny = few_seats(60)
    assert (from_the_seats(tiny, build(tiny)) == flow.solve_levels(build(tiny)).flow).all()


def test_a_wrong_guess_is_not_believed() -> None:
    arrays = few_seats(300)
    network = build(arrays)
    nobody = np.zeros(len(network.tail), dtype=np.int64)
    nobody[len(arrays.slot) :][: arrays.people] = 1
    solved = flow.solve_levels(network, guess=nobody)
    assert (solved.flow == flow.solve_levels(network).flow).all()


def test_a_very_large_week_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairplace.week.LARGE", 1_000)
    monkeypatch.setattr("fairplace.week.VERY_LARGE", 1_000)
    monkeypatch.setattr("fairplace.week_regions.PART", 1_500)
    arrays = week(300)
    found = best_week(arrays)
    assert found.final is None
    assert obeys(arrays, found.granted)
    bound = reached(arrays, found.proof.bound.vector)
    value = reached(arrays, vector(arrays, found.granted))
    assert value[0] == bound[0]
    assert value[1] >= bound[1] * 97 // 100
    monkeypatch.setattr("fairplace.week.THREADS", 1)
    alone = best_week(arrays)
    assert (alone.granted == found.granted).all()
    assert alone.proof.bound == found.proof.bound


def test_compiled_plans_equal_interpreted_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    market = Market(week(60))
    fast = find_prices(market, 2, rounds=6)
    monkeypatch.setattr("fairplace.speed.LOADED_FROM", 10**9)
    slow = find_prices(market, 2, rounds=6)
    assert fast.most == slow.most
    assert (fast.price == slow.price).all()
    assert (fast.chosen == slow.chosen).all()
