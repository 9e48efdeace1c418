"""Which arcs left out could still improve a solved flow: those with a negative reduced cost."""

from __future__ import annotations

import numpy as np

from fairplace.certificate import reduced_costs
from fairplace.ints import Ints, Mask
from fairplace.network import Network

PER_PERSON = 8
"""Most arcs added per person and round."""


def lower_unused(network: Network, flow: Ints, potential: Ints) -> Ints:
    """Prices (N,) that are still valid and promise nothing for slots that nobody uses.

    An unused slot may cost anything between nothing and the sink's price; the label search leaves
    it at the end at which every arc to it looks like an improvement.
    """
    sink = int(np.argmin(network.supply))
    lowered = potential.copy()
    open_arcs = (network.head == sink) & (network.cap > 0) & (network.supply[network.tail] <= 0)
    used = np.zeros(network.nodes, dtype=np.bool_)
    used[network.tail[open_arcs & (flow > 0)]] = True
    unused = network.tail[open_arcs & ~used[network.tail]]
    lowered[unused] = np.minimum(lowered[unused], potential[sink])
    return lowered


def improving(network: Network, cost: Ints, potential: Ints, few: Mask) -> Ints:
    """Arcs outside `few` (A,) that would improve, the most promising PER_PERSON of each person."""
    reduced = reduced_costs(network.tail, network.head, cost, potential)
    found = np.flatnonzero(~few & (reduced < 0))
    order = found[np.lexsort((reduced[found], network.tail[found]))]
    tails = network.tail[order]
    begin = np.searchsorted(tails, tails)
    return order[np.arange(len(order)) - begin < PER_PERSON]
