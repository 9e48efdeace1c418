"""Potentials (prices) of a flow: shortest distances in its residual network.

They exist exactly if the flow is optimal; a cheaper cycle makes the search give up with an error.
"""

from __future__ import annotations

import numpy as np

from fairplace.ints import Ints
from fairplace.kernels import relax
from fairplace.speed import run


def residual(
    tail: Ints, head: Ints, cap: Ints, cost: Ints, flow: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Arcs that can still carry or give back a unit: (tail, head, cost, arc), sorted by tail.

    `arc` is the index of the original arc, or its complement (~index) for the way back.
    """
    ahead = np.flatnonzero(flow < cap)
    back = np.flatnonzero(flow > 0)
    tails = np.concatenate([tail[ahead], head[back]])
    order = np.argsort(tails, kind="stable")
    heads = np.concatenate([head[ahead], tail[back]])
    costs = np.concatenate([cost[ahead], -cost[back]])
    return tails[order], heads[order], costs[order], np.concatenate([ahead, ~back])[order]


def starts(nodes: int, tails: Ints) -> Ints:
    """CSR pointers of sorted tails, shape (N+1,)."""
    return np.searchsorted(tails, np.arange(nodes + 1)).astype(np.int64)


PASSES = 1_000
"""Looks at every arc before an optimal flow is given up as unproved; a dozen are usual."""


def potentials(nodes: int, tail: Ints, head: Ints, cap: Ints, cost: Ints, flow: Ints) -> Ints:
    """Distances from a virtual source with a free arc to every node, shape (N,).

    Raises ArithmeticError if the flow is not optimal for `cost`.
    """
    tails, heads, costs, _ = residual(tail, head, cap, cost, flow)
    dist = np.zeros(nodes, dtype=np.int64)
    ok, found = run(relax, len(tails), starts(nodes, tails), heads, costs, dist, PASSES)
    if not ok:
        raise ArithmeticError("the flow is not optimal: a cheaper cycle remains")
    return np.asarray(found, dtype=np.int64)
