"""Why not this wish? What forcing it would change, as a cheapest chain of moves through the optimum.

Forcing person p into slot s makes s overfull by one and frees the place p has now; the cheapest
repair is a shortest path from s back to p in the residual network. Its cost, level by level,
equals the difference to a solve that forces the pair, so it is the reason and not an estimate.

All questions share the sink: the cheapest ways to it and from it, found once, bound what is left of
any path from below and above, so that a question looks at some dozens of nodes however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fairplace.bridge_kernel import bridge
from fairplace.certificate import reduced_costs
from fairplace.flow import FlowResult
from fairplace.ints import Ints
from fairplace.kernels import tree
from fairplace.network import Network
from fairplace.prices import residual, starts
from fairplace.speed import compiled

SEARCH_COMPILED_FROM = 5_000
"""Residual arcs from which loading the compiled search is quicker."""
AT_ONCE = 2_000
"""Questions answered in one go; keeps the room for their paths small."""


@dataclass(frozen=True, slots=True)
class Forced:
    """The cheapest way to force a wish: change per level (L,) and the arcs of the repair in order.

    One unit moves over `arc`, or gives it back where the complement (~arc) stands.
    """

    change: tuple[int, ...]
    arcs: tuple[int, ...]


class Explainer:
    """Answers for one solved network. Building it costs two passes over the arcs, nearest first."""

    def __init__(self, network: Network, result: FlowResult) -> None:
        self._network = network
        nothing = np.zeros_like(network.cap)
        tails, heads, _, arcs = residual(
            network.tail, network.head, network.cap, nothing, result.flow
        )
        nodes = network.nodes
        self._tail = tails
        self._arc = arcs
        self._ahead = np.full(len(network.tail), -1, dtype=np.int64)
        self._ahead[arcs[arcs >= 0]] = np.flatnonzero(arcs >= 0)
        self._large = len(arcs) >= SEARCH_COMPILED_FROM
        self._entry = np.full(nodes, -1, dtype=np.int64)
        self._entry[heads] = np.arange(len(heads))
        self._entry[np.bincount(heads, minlength=nodes) != 1] = -1
        cost = self._reduced(result, arcs)
        hub = int(np.argmin(network.supply))
        onward, to_hub = self._tree(heads, tails, cost, hub)
        inward, from_hub = self._tree(tails, heads, cost, hub)
        parts, room = len(cost), len(arcs) + 1
        shapes = [(nodes,), (nodes,), (parts, nodes), (room,), (parts, room), (4, parts)]
        shapes += [(3 * nodes,), (nodes,), (nodes,)]
        arrays = [starts(nodes, tails), heads, tails, cost, onward, to_hub, inward, from_hub]
        arrays += [np.zeros(shape, dtype=np.int64) for shape in shapes]
        self._work: list[Any] = arrays if self._large else [array.tolist() for array in arrays]
        self._stamp = 1

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

    def _tree(self, tails: Ints, heads: Ints, cost: Ints, root: int) -> tuple[Ints, Ints]:
        """Arc by which each node is reached from `root` (N,), -1 the root, -2 none, and the cost (G, N)."""
        nodes = self._network.nodes
        order = np.arange(len(tails))
        if tails is not self._tail:
            order = np.argsort(tails, kind="stable")
            tails, heads, cost = tails[order], heads[order], cost[:, order]
        through = np.full(nodes, -2, dtype=np.int64)
        best = np.zeros((len(cost), nodes), dtype=np.int64)
        heap = np.zeros(len(order) + 1, dtype=np.int64)
        key = np.zeros((len(cost), len(order) + 1), dtype=np.int64)
        arrays: list[Any] = [starts(nodes, tails), heads, cost, through, best, heap, key]
        if self._large:
            compiled(tree)(*arrays, root)
        else:
            lists = [array.tolist() for array in arrays]
            interpreted: Callable[..., int] = tree
            interpreted(*lists, root)
            through, best = np.array(lists[3]), np.array(lists[4]).reshape(best.shape)
        through[through >= 0] = order[through[through >= 0]]
        return through, best

    def ask(
        self, origins: Ints, targets: Ints, own: Ints, without: Ints | None = None
    ) -> Iterator[Forced | None]:
        """What forcing an arc changes, for Q questions; None where no repair is possible.

        The arc leads from `targets` (Q,) to `origins` (Q,) and costs `own` (L, Q); the repair is a
        cheapest path back, not over the arc `without` (Q,), -1 for none.
        """
        if without is None:
            without = np.full(len(origins), -1, dtype=np.int64)
        for begin in range(0, len(origins), AT_ONCE):
            part = slice(begin, begin + AT_ONCE)
            paths = self._paths(origins[part], targets[part], without[part])
            yield from self._forced(own[:, part], paths)

    def _paths(self, origins: Ints, targets: Ints, without: Ints) -> list[list[int] | None]:
        """Residual arcs of each cheapest path.

        If there is only one way into the target, the search ends at the node before: in a block every
        person has one, from the place they have now.
        """
        barred = np.where(without >= 0, self._ahead[without], -1)
        entry = self._entry[targets]
        short = (entry >= 0) & (targets != origins) & (entry != barred)
        goals = np.where(short, self._tail[entry], targets)
        sizes = np.zeros(len(origins), dtype=np.int64)
        out = np.zeros(self._network.nodes + 32 * len(origins), dtype=np.int64)
        questions: list[Any] = [origins, goals, barred, sizes, out]
        if not self._large:
            questions = [array.tolist() for array in questions]
        kernel: Callable[..., int] = compiled(bridge) if self._large else bridge
        paths: list[list[int] | None] = []
        while len(paths) < len(origins):
            done = kernel(*self._work, *questions, len(paths), self._stamp)
            sizes, at = np.asarray(questions[3]), 0
            found = self._arc[
                np.asarray(questions[4])[: sizes[len(paths) : done].clip(0).sum()]
            ].tolist()
            for question in range(len(paths), done):
                size = int(sizes[question])
                path = found[at : at + max(0, size)]
                at += len(path)
                last = [int(self._arc[entry[question]])] if short[question] else []
                paths.append(path + last if size >= 0 else None)
        self._stamp += len(origins)
        return paths

    def _forced(self, own: Ints, paths: Sequence[list[int] | None]) -> Iterator[Forced | None]:
        """The change per level: the arc's own cost and that of the repair."""
        signed = np.array([arc for path in paths for arc in path or ()], dtype=np.int64)
        ends = np.cumsum([len(path or ()) for path in paths], dtype=np.int64)
        original, sign = np.where(signed < 0, ~signed, signed), np.where(signed < 0, -1, 1)
        rows = []
        for mine, (_, cost) in zip(own, self._network.levels, strict=True):
            total = np.concatenate([[0], np.cumsum(cost[original] * sign)])[ends]
            rows.append((mine + np.diff(total, prepend=0)).tolist())
        for path, *change in zip(paths, *rows, strict=True):
            yield None if path is None else Forced(tuple(change), tuple(path))
