"""Large weeks with the company rule: flows over one slot per person and company, and ejection chains.

Every flow contains the last answer, so none is worse than the one before it; chains find what the
flows' choice of slots rules out. Second places are settled before third ones are asked for: the
network of the first two places is small, and what it grants is never given up later.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fairplace.certificate import reduced_costs
from fairplace.ints import Ints, Mask
from fairplace.network import Network
from fairplace.week_arrays import WeekArrays
from fairplace.week_chains import Chains
from fairplace.week_network import WeekFlow, build_week, solve_flow
from fairplace.week_prices import Prices
from fairplace.week_regions import parts, solve_parts

FLOWS = {2: 4, 3: 1}
"""Flows for the first two and three places of everybody; other counts have LAST_FLOWS."""
LAST_FLOWS = 2
PATIENT = 30_000
"""Wishes up to which the levels below the places get MOST_ROUNDS flows instead of one."""
MOST_ROUNDS = 8
SHUFFLES = (2_654_435_761, 2_246_822_519, 3_266_489_917, 668_265_263, 374_761_393)
"""Odd numbers that scramble the draw's ties: every flow looks at other slots of the same company."""


def feasible_part(arrays: WeekArrays, wanted: Mask) -> Mask:
    """As many of the wishes `wanted` (E,) as obey every rule, the best first; shape (E,)."""
    day, firm = arrays.day[arrays.slot], arrays.company[arrays.slot]
    left = np.flatnonzero(wanted)
    order = np.lexsort((arrays.slot[left], arrays.rank_cost[left]))
    left = left[order]
    for label in (day, firm):
        free = label[left] < 0
        key = arrays.person[left] * (int(label.max(initial=0)) + 1) + label[left]
        left = left[free | (_nth(key) == 0)]
    left = left[_nth(arrays.person[left]) < arrays.wants[arrays.person[left]]]
    left = left[_nth(arrays.slot[left]) < arrays.capacity[arrays.slot[left]]]
    result = np.zeros(len(wanted), dtype=np.bool_)
    result[left] = True
    return result


def _nth(key: Ints) -> Ints:
    """How many equal keys stand before each one."""
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    result = np.empty(len(key), dtype=np.int64)
    result[order] = np.arange(len(key)) - np.searchsorted(ranked, ranked)
    return result


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


def widen(arrays: WeekArrays, granted: Mask, places: int, prices: Prices, row: Ints | None) -> Mask:
    """More people with `places` places, never fewer with less; `granted` (E,) obeys every rule.

    With a `row` of the people (week_regions.py) the flows are solved part by part.
    """
    few = replace(arrays, wants=np.clip(places - arrays.had, 0, arrays.wants))
    last = places >= arrays.most
    flows = LAST_FLOWS if last else FLOWS.get(places, LAST_FLOWS)
    for turn in range(flows if row is None else max(1, flows // 2)):
        price = (arrays.tie * SHUFFLES[turn % len(SHUFFLES)] >> 7) & 1023
        if turn % 2 == 0:
            price = price - (prices.chosen << 10)
        keep = np.flatnonzero(one_per_company(arrays, granted, price))
        level = "equity" if last else "days"
        if row is None:
            found = solve_flow(few, keep, last=level).granted
        else:
            found = solve_parts(few, keep, granted, parts(row, len(keep), turn), last=level)
        longer = Chains(few, found).improve()
        if (longer == granted).all():
            break
        granted = longer
    return granted


def refine_parts(arrays: WeekArrays, granted: Mask, row: Ints) -> Mask:
    """As `refine`, part by part: the wishes of this week and the next best day of every company."""
    for turn, last in enumerate(("company", "tie")):
        keep = np.flatnonzero(one_per_company(arrays, granted, arrays.rank_cost))
        part = parts(row, len(keep), turn)
        granted = solve_parts(arrays, keep, granted, part, last=last, preferred=granted)
    return granted


def refine(arrays: WeekArrays, granted: Mask) -> WeekFlow:
    """The levels below the places: fields, wishes and so on, in the end with the draw."""
    keep = np.flatnonzero(one_per_company(arrays, granted, arrays.rank_cost))
    now = solve_flow(arrays, keep, last="company", preferred=granted)
    every = np.arange(len(arrays.slot), dtype=np.int64)
    rounds = 1 if len(arrays.slot) > PATIENT else MOST_ROUNDS
    for turn in range(rounds):
        price = _prices(arrays, now, build_week(arrays, every, now.granted))
        keep = np.flatnonzero(one_per_company(arrays, now.granted, price))
        if turn == rounds - 1:
            break
        now = solve_flow(arrays, keep, last="company", preferred=now.granted)
    return solve_flow(arrays, keep, preferred=now.granted)


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
