"""Large weeks with the company rule: ejection chains and flows over one slot per person and company.

Every flow contains the last answer, so none is worse than the one before it; chains find what the
flows' choice of slots rules out.
"""

from __future__ import annotations

import numpy as np

from fairplace.certificate import reduced_costs
from fairplace.ints import Ints, Mask
from fairplace.network import Network
from fairplace.week_arrays import WeekArrays
from fairplace.week_chains import Chains
from fairplace.week_network import WeekFlow, solve_flow
from fairplace.week_objective import days_and_equity

DESCENTS = 3
"""Most rounds; it stops earlier when a round brings nobody another place."""


def repeats(arrays: WeekArrays, granted: Mask) -> Mask:
    """Granted wishes whose person has an earlier granted wish at the same company, shape (E,)."""
    firm = arrays.company[arrays.slot]
    found = np.flatnonzero(granted & (firm >= 0))
    key = arrays.person[found] * (int(firm.max(initial=0)) + 1) + firm[found]
    repeated = np.ones(len(found), dtype=np.bool_)
    repeated[np.unique(key, return_index=True)[1]] = False
    result = np.zeros(len(granted), dtype=np.bool_)
    result[found[repeated]] = True
    return result


def one_per_company(arrays: WeekArrays, granted: Mask, price: Ints) -> Mask:
    """Keep one wish per person and company: the granted one, else the one with the lowest price."""
    firm = arrays.company[arrays.slot]
    tied = np.flatnonzero(firm >= 0)
    key = arrays.person[tied] * (int(firm.max(initial=0)) + 1) + firm[tied]
    order = np.lexsort((arrays.slot[tied], price[tied], ~granted[tied], key))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = key[order][1:] != key[order][:-1]
    keep = firm < 0
    keep[tied[order[first]]] = True
    return keep


def descend(arrays: WeekArrays, relaxed: WeekFlow) -> WeekFlow:
    """Chains and flows in turn until neither helps; then once more with the draw."""
    price = _prices(arrays, relaxed, relaxed.network)
    granted = Chains(arrays, relaxed.granted & ~repeats(arrays, relaxed.granted)).improve()
    for _ in range(DESCENTS):
        keep = np.flatnonzero(one_per_company(arrays, granted, price))
        now = solve_flow(arrays, keep, draw=False)
        price = _prices(arrays, now, relaxed.network)
        longer = Chains(arrays, now.granted).improve()
        if days_and_equity(arrays, longer) >= days_and_equity(arrays, granted):
            break
        granted = longer
    return solve_flow(arrays, np.flatnonzero(one_per_company(arrays, granted, price)))


def _prices(arrays: WeekArrays, flow: WeekFlow, every: Network) -> Ints:
    """Reduced cost of every wish in the flow's first stage, shape (E,); `every` is the network of all wishes.

    A (person, day) without a node of its own costs what its person costs.
    """
    stage = flow.result.stages[0]
    tail = arrays.person.copy()
    tail[flow.chosen] = flow.network.tail[: len(flow.chosen)]
    cost = np.zeros(len(tail), dtype=np.int64)
    levels = dict(every.levels)
    for weight, name in zip(stage.stage.weights, stage.stage.levels, strict=True):
        cost += weight * levels[name][: len(cost)]
    return reduced_costs(tail, arrays.people + arrays.slot, cost, stage.potential)
