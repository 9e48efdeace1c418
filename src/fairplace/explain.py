"""Why not this wish? What forcing it would change, as a cheapest chain of moves through the optimum.

Forcing person p into slot s makes s overfull by one and frees the place p has now; the cheapest
repair is a shortest path from s back to p in the residual network. Its cost, level by level,
equals the difference to a solve that forces the pair, so it is the reason and not an estimate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from fairplace.certificate import reduced_costs
from fairplace.flow import FlowResult
from fairplace.ints import Ints
from fairplace.kernels import search
from fairplace.network import Network
from fairplace.prices import residual, starts
from fairplace.speed import compiled

SEARCH_COMPILED_FROM = 5_000
"""Residual arcs from which loading the compiled search is quicker: it runs once per full slot."""


@dataclass(frozen=True, slots=True)
class Step:
    """One unit moves over `arc` (forwards) or gives it back."""

    arc: int
    forward: bool


@dataclass(frozen=True, slots=True)
class Forced:
    """The cheapest way to force a wish: change per level (L,) and the steps of the repair."""

    change: tuple[int, ...]
    steps: tuple[Step, ...]


class Explainer:
    """Answers for one solved network. Building it costs about one pass over the arcs."""

    def __init__(self, network: Network, result: FlowResult) -> None:
        self._network = network
        nothing = np.zeros_like(network.cap)
        tails, heads, _, arcs = residual(
            network.tail, network.head, network.cap, nothing, result.flow
        )
        self._tail = tails
        self._arc = arcs
        self._large = len(arcs) >= SEARCH_COMPILED_FROM
        self._entry = np.full(network.nodes, -1, dtype=np.int64)
        self._entry[heads] = np.arange(len(heads))
        self._entry[np.bincount(heads, minlength=network.nodes) != 1] = -1
        cost = self._reduced(result, arcs)
        nodes, room = network.nodes, len(arcs) + 1
        arrays = [starts(nodes, tails), heads, cost]
        arrays += [np.zeros(nodes, dtype=np.int64), np.zeros(nodes, dtype=np.int64)]
        arrays += [np.zeros((len(cost), nodes), dtype=np.int64), np.zeros(room, dtype=np.int64)]
        arrays += [np.zeros((len(cost), room), dtype=np.int64)]
        self._work: list[Any] = arrays if self._large else [array.tolist() for array in arrays]
        self._through: Any = self._work[3]
        self._settled: Any = self._work[4]
        self._stamp = 0
        self._wanted: Any = np.zeros(nodes, dtype=np.bool_)
        if not self._large:
            self._wanted = self._wanted.tolist()

    def _reduced(self, result: FlowResult, arcs: Ints) -> Ints:
        """Reduced cost of each residual arc, a row per stage: lexicographic, never below nothing."""
        original = np.where(arcs < 0, ~arcs, arcs)
        sign = np.where(arcs < 0, -1, 1)
        network = self._network
        rows = [
            reduced_costs(network.tail, network.head, stage.cost, stage.potential)[original] * sign
            for stage in result.stages
        ]
        return np.array(rows, dtype=np.int64).reshape(len(rows), len(arcs))

    def paths(
        self, origin: int, targets: set[int], without: int | None = None
    ) -> dict[int, list[int]]:
        """Residual arcs of a cheapest path from `origin` to each reachable target, not over `without`."""
        goals = {target: self._goal(origin, target, without) for target in targets}
        self._stamp += 1
        for goal in goals.values():
            self._wanted[goal] = True
        barred = -1
        if without is not None:
            found = np.flatnonzero(self._arc == without)
            barred = int(found[0]) if len(found) else -1
        kernel: Callable[..., int] = compiled(search) if self._large else search
        missing = len(set(goals.values()))
        kernel(*self._work, self._wanted, missing, origin, barred, self._stamp)
        for goal in goals.values():
            self._wanted[goal] = False
        answers: dict[int, list[int]] = {}
        for target, goal in sorted(goals.items()):
            if self._settled[goal] == 2 * self._stamp + 1:
                last = [] if goal == target else [int(self._arc[self._entry[target]])]
                answers[target] = self._path(origin, goal, self._through) + last
        return answers

    def _goal(self, origin: int, target: int, without: int | None) -> int:
        """The node before the target if there is only one way in: the search can end there.

        In a block every person has one, from the place they have now.
        """
        entry = int(self._entry[target])
        if target == origin or entry < 0 or int(self._arc[entry]) == without:
            return target
        return int(self._tail[entry])

    def _path(self, origin: int, target: int, through: Any) -> list[int]:
        path: list[int] = []
        node = target
        while node != origin:
            position = through[node]
            path.append(int(self._arc[position]))
            node = int(self._tail[position])
        return path[::-1]

    def force(self, own: tuple[int, ...], path: list[int]) -> Forced:
        """The change when an arc of cost `own` (L,) takes one more unit and `path` repairs it.

        The path leads from the arc's head back to its tail.
        """
        steps = tuple(Step(arc if arc >= 0 else ~arc, arc >= 0) for arc in path)
        change = tuple(
            mine + sum(int(cost[s.arc]) * (1 if s.forward else -1) for s in steps)
            for mine, (_, cost) in zip(own, self._network.levels, strict=True)
        )
        return Forced(change, steps)
