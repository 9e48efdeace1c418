"""Proof of optimality from nothing but the flow and one number per node.

For potentials d and reduced costs r(u,v) = c(u,v) + d(u) - d(v), every feasible flow costs at least
    sum over arcs of cap * min(r, 0)  -  sum over nodes of supply * d,
whatever solver made it (weak duality). A flow that costs exactly this is optimal.
"""

from __future__ import annotations

import numpy as np

from fairplace.ints import Ints, exact_dot


def reduced_costs(tail: Ints, head: Ints, cost: Ints, potential: Ints) -> Ints:
    """r per arc, shape (A,)."""
    return cost + potential[tail] - potential[head]


def primal_value(cost: Ints, flow: Ints) -> int:
    """What the flow costs."""
    return exact_dot(flow, cost)


def dual_value(tail: Ints, head: Ints, cap: Ints, cost: Ints, supply: Ints, potential: Ints) -> int:
    """What every flow costs at least."""
    reduced = reduced_costs(tail, head, cost, potential)
    return exact_dot(cap, np.minimum(reduced, 0)) - exact_dot(supply, potential)
