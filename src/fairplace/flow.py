"""Lexicographic min-cost flow: level after level, each proved before the next may choose.

Consecutive levels are packed into one integer cost as long as that cannot overflow; the next stage
works on the optimal face of the last one, that is on the arcs whose reduced cost is zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python import min_cost_flow

from fairplace.certificate import dual_value, primal_value, reduced_costs
from fairplace.ints import Ints, Mask
from fairplace.network import Network
from fairplace.prices import potentials
from fairplace.pricing import improving, lower_unused
from fairplace.progress import tell
from fairplace.solution import Stage

LIMIT = 2**60
"""No cost times number of nodes may reach this; checked before the solver (which refuses at 2**61) sees it."""
LARGE = 50_000
"""Arcs from which the size of the costs is worth saving."""
QUICK = 64
"""See `Packing`."""


@dataclass(frozen=True, slots=True, eq=False)
class StageResult:
    """One proved stage: scalar cost per arc (A,), potential per node (N,), arcs that were free (A,)."""

    stage: Stage
    cost: Ints
    potential: Ints
    free: Mask


@dataclass(frozen=True, slots=True, eq=False)
class FlowResult:
    """The flow per arc (A,) and the proof of each stage."""

    flow: Ints
    stages: tuple[StageResult, ...]


def spans(network: Network) -> list[int]:
    """For each level an upper bound of its total over all flows (costs are never negative)."""
    units = int(network.supply[network.supply > 0].sum())
    source = network.supply > 0
    bounds = []
    for _, cost in network.levels:
        most = np.zeros(network.nodes, dtype=np.int64)
        np.maximum.at(most, network.tail, cost)
        people = int((most[source] * network.supply[source]).sum())
        bounds.append(people + units * int(most[~source].max(initial=0)))
    return bounds


@dataclass(frozen=True, slots=True)
class Packing:
    """Levels solved in one go. `weights` are exact; `quick` ones are smaller and usually enough.

    The solver's time grows with the largest cost. Whether the quick weights were enough is not a
    matter of trust: the proof is made with the exact ones.
    """

    levels: range
    weights: tuple[int, ...]
    quick: tuple[int, ...]


def plan(network: Network) -> list[Packing]:
    """The most levels per stage that stay below LIMIT; large networks keep the draw apart."""
    budget = LIMIT // (network.nodes + int(network.cap.max(initial=1)) + 1)
    bounds = spans(network)
    names = [name for name, _ in network.levels]
    peaks = [int(cost.max(initial=0)) for _, cost in network.levels]
    large = len(network.tail) >= LARGE
    stages: list[Packing] = []
    first = 0
    while first < len(bounds):
        last = first + 1
        while (
            last < len(bounds)
            and not (large and names[last] == "lottery")
            and _packed_peak(bounds[first : last + 1], peaks[first : last + 1]) < budget
        ):
            last += 1
        if _packed_peak(bounds[first:last], peaks[first:last]) >= budget:
            raise OverflowError(
                f"costs of level {names[first]!r} are too large for {network.nodes} nodes"
            )
        weights = _weights(bounds[first:last])
        quick = _quick(names[first:last], peaks[first:last], weights) if large else weights
        stages.append(Packing(range(first, last), tuple(weights), tuple(quick)))
        first = last
    return stages


def _weights(bounds: list[int]) -> list[int]:
    """Weights under which one unit of a level outweighs all that the later levels can vary."""
    weights = [1]
    for bound in reversed(bounds[1:]):
        weights.append(weights[-1] * (bound + 1))
    return weights[::-1]


def _quick(names: list[str], peaks: list[int], weights: list[int]) -> list[int]:
    """Weights under which one unit outweighs QUICK peaks of the next level.

    Above equity one peak is enough: who can be placed is a matroid, any increasing weights serve.
    """
    quick = [1]
    for name, peak, exact in zip(names[:0:-1], peaks[:0:-1], weights[-2::-1], strict=True):
        step = peak + 1 if name == "equity" else QUICK * peak + 1
        quick.append(min(exact, quick[-1] * step))
    return quick[::-1]


def _packed_peak(bounds: list[int], peaks: list[int]) -> int:
    return sum(weight * peak for weight, peak in zip(_weights(bounds), peaks, strict=True))


def solve_levels(
    network: Network, first: Mask | None = None, guess: Ints | None = None
) -> FlowResult:
    """The lexicographically cheapest flow with a certificate per stage; deterministic.

    With `first` (A,) the solver begins with these arcs and is given others only when their price
    says that they could improve the result (pricing.py); the answer and its proof are the same.
    A feasible flow `guess` (A,) is taken where it can be proved, so that the solver is not needed.
    """
    flow = np.zeros(len(network.tail), dtype=np.int64)
    if guess is not None:
        with suppress(ArithmeticError):
            return FlowResult(guess, tuple(_stages(network, guess.copy(), None, proved=True)))
    return FlowResult(flow, tuple(_stages(network, flow, first)))


def pin(network: Network, granted: Mask) -> Ints:
    """The cheapest flow (A,) in which exactly the wishes `granted` (E,) are seated."""
    wishes = len(granted)
    cap = network.cap.copy()
    cap[:wishes] = granted
    return solve_levels(replace(network, cap=cap)).flow


def _stages(
    network: Network, flow: Ints, first: Mask | None, proved: bool = False
) -> Iterator[StageResult]:
    """Stage after stage: choose the flow on the free arcs, prove it, keep the optimal face.

    With `proved` the flow is not chosen but taken as it is; ArithmeticError if it is not optimal.
    """
    free = np.ones(len(flow), dtype=np.bool_)
    for packing in plan(network):
        if proved:
            result = _prove(network, packing, free, flow)
        elif first is None:
            result = _solve_stage(network, packing, free, flow)
        else:
            result, first = _price(network, packing, first, flow), None
        yield result
        reduced = reduced_costs(network.tail, network.head, result.cost, result.potential)
        free = free & (reduced == 0)


def _solve_stage(network: Network, packing: Packing, free: Mask, flow: Ints) -> StageResult:
    if packing.quick != packing.weights:
        _fill(network, scalar(network, packing.levels, packing.quick), free, flow)
        with suppress(ArithmeticError):
            return _prove(network, packing, free, flow)
    _fill(network, scalar(network, packing.levels, packing.weights), free, flow)
    return _prove(network, packing, free, flow)


def _price(network: Network, packing: Packing, first: Mask, flow: Ints) -> StageResult:
    """Solve on few arcs, add those whose price could improve the result, until there are none."""
    few = first.copy()
    while True:
        found = _solve_stage(network, packing, few, flow)
        potential = lower_unused(network, flow, found.potential)
        missing = improving(network, found.cost, potential, few)
        if not len(missing):
            break
        few[missing] = True
        flow[:] = 0
    every = (network.tail, network.head, network.cap, found.cost, network.supply)
    stage = replace(found.stage, dual=dual_value(*every, potential))
    if stage.primal != stage.dual:
        raise ArithmeticError(f"not optimal: {stage.primal} against {stage.dual}")
    return StageResult(stage, found.cost, potential, np.ones(len(flow), dtype=np.bool_))


def scalar(network: Network, levels: range, weights: tuple[int, ...]) -> Ints:
    """The weighted sum of some levels as one cost per arc (A,)."""
    cost = np.zeros(len(network.tail), dtype=np.int64)
    for level, weight in zip(levels, weights, strict=True):
        cost += weight * network.levels[level][1]
    return cost


def _open_supply(network: Network, free: Mask, flow: Ints) -> Ints:
    """What the nodes still have to send over the free arcs; the others keep their flow."""
    fixed = ~free & (flow > 0)
    supply = network.supply.copy()
    np.subtract.at(supply, network.tail[fixed], flow[fixed])
    np.add.at(supply, network.head[fixed], flow[fixed])
    return supply


def _fill(network: Network, cost: Ints, free: Mask, flow: Ints) -> None:
    """Write the solver's cheapest flow on the free arcs into `flow`."""
    tell("solve")
    tail, head, cap = network.tail[free], network.head[free], network.cap[free]
    supply = _open_supply(network, free, flow)
    flow[free] = cheapest(network.nodes, tail, head, cap, cost[free], supply)


def _prove(network: Network, packing: Packing, free: Mask, flow: Ints) -> StageResult:
    """Prices and certificate of the flow on the free arcs; ArithmeticError if it is not optimal."""
    tell("prove")
    cost = scalar(network, packing.levels, packing.weights)
    tail, head, cap = network.tail[free], network.head[free], network.cap[free]
    potential = potentials(network.nodes, tail, head, cap, cost[free], flow[free])
    supply = _open_supply(network, free, flow)
    stage = Stage(
        levels=tuple(network.levels[level][0] for level in packing.levels),
        weights=packing.weights,
        primal=primal_value(cost[free], flow[free]),
        dual=dual_value(tail, head, cap, cost[free], supply, potential),
    )
    if stage.primal != stage.dual:
        raise ArithmeticError(f"not optimal: {stage.primal} against {stage.dual}")
    return StageResult(stage, cost, potential, free)


def cheapest(nodes: int, tail: Ints, head: Ints, cap: Ints, cost: Ints, supply: Ints) -> Ints:
    """One call of the solver (OR-tools cost scaling); shape (A,). Raises if costs could overflow."""
    peak = int(np.abs(cost).max(initial=0))
    if peak * (nodes + 1) >= LIMIT:
        raise OverflowError(f"cost {peak} is too large for {nodes} nodes")
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        tail.astype(np.int32), head.astype(np.int32), cap, cost
    )
    solver.set_nodes_supplies(np.arange(nodes, dtype=np.int32), supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"the flow solver ended with {status.name}")
    return np.asarray(solver.flows(arcs), dtype=np.int64)
