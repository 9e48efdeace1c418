"""The week without the rule "each company once" is a network, and its fairest vector one cheap flow.

    person --> (person, day) --wish--> slot --seats--> sink
    person --t-th place missed--> sink      costs more the fewer places the person has

The vectors of places people can have form a polymatroid; on those any strictly decreasing weights
of the first, second, ... place give the lexicographically best N1, N2, ... (Frank and Murota,
decreasing minimisation). So the weights are small: T, T-1, ..., 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fairplace.flow import FlowResult, solve_levels
from fairplace.ints import Ints, Mask
from fairplace.network import Network
from fairplace.week_arrays import WeekArrays
from fairplace.week_objective import repeat_cost

LEVELS = ("days", "equity", "moved", "fields", "wishes", "travel", "company", "lottery", "tie")


@dataclass(frozen=True, slots=True, eq=False)
class WeekFlow:
    """A flow on the wishes `chosen` (indices, sorted); `granted` are the wishes (E,) it seats."""

    chosen: Ints
    network: Network
    result: FlowResult
    granted: Mask


def solve_flow(
    arrays: WeekArrays,
    chosen: Ints,
    *,
    last: str = "tie",
    preferred: Mask | None = None,
) -> WeekFlow:
    """The fairest week of these wishes if the company rule is not asked for.

    Levels after `last` are left to the solver: enough for one step of many. Repeated fields are
    counted from the week `preferred` (never too few, see `one_per_field`), or not at all.
    """
    network = build_week(arrays, chosen, preferred)
    order = list(LEVELS)
    until = order.index(last)
    kept = tuple(level for level in network.levels if order.index(level[0]) <= until)
    network = replace(network, levels=kept)
    result = solve_levels(network)
    granted = np.zeros(len(arrays.slot), dtype=np.bool_)
    granted[chosen] = result.flow[: len(chosen)] > 0
    return WeekFlow(chosen, network, result, granted)


def build_week(arrays: WeekArrays, chosen: Ints, preferred: Mask | None = None) -> Network:
    """The network of the wishes `chosen` (indices, sorted); arcs 0..len(chosen)-1 are these wishes."""
    p, s = arrays.people, arrays.slots
    person, slot = arrays.person[chosen], arrays.slot[chosen]
    days = int(arrays.day.max(initial=-1)) + 1
    cell = np.where(arrays.day[slot] >= 0, person * max(days, 1) + arrays.day[slot], -1)
    used, where = np.unique(cell[cell >= 0], return_inverse=True)
    tail = person.copy()
    tail[cell >= 0] = p + s + 1 + where
    sink = p + s
    missed_by, missed_at = _missed(arrays)
    tails = [tail, used // max(days, 1), p + np.arange(s), missed_by]
    heads = [
        p + slot,
        p + s + 1 + np.arange(len(used)),
        np.full(s, sink),
        np.full(len(missed_by), sink),
    ]
    seats = np.minimum(arrays.capacity, np.bincount(slot, minlength=s))
    caps = [
        np.ones(len(chosen) + len(used), dtype=np.int64),
        seats,
        np.ones(len(missed_by), dtype=np.int64),
    ]
    supply = np.zeros(p + s + 1 + len(used), dtype=np.int64)
    supply[:p] = arrays.wants
    supply[sink] = -int(arrays.wants.sum())
    return Network(
        nodes=len(supply),
        tail=np.concatenate(tails),
        head=np.concatenate(heads),
        cap=np.concatenate(caps),
        supply=supply,
        levels=_levels(arrays, chosen, preferred, len(used) + s, missed_by, missed_at),
    )


def _missed(arrays: WeekArrays) -> tuple[Ints, Ints]:
    """One arc per place a person may miss: (person, t) for the t-th place, counted from 1."""
    by = np.repeat(np.arange(arrays.people, dtype=np.int64), arrays.wants)
    first = (
        np.concatenate([[0], np.cumsum(arrays.wants)[:-1]])
        if arrays.people
        else np.zeros(0, dtype=np.int64)
    )
    at = (
        np.arange(len(by), dtype=np.int64)
        - np.repeat(first, arrays.wants)
        + np.repeat(arrays.had, arrays.wants)
        + 1
    )
    return by, at


def _levels(
    arrays: WeekArrays,
    chosen: Ints,
    preferred: Mask | None,
    between: int,
    missed_by: Ints,
    missed_at: Ints,
) -> tuple[tuple[str, Ints], ...]:
    gap = np.zeros(between, dtype=np.int64)
    nothing = np.zeros(len(missed_by), dtype=np.int64)
    person = arrays.person[chosen]
    weight = 1 + arrays.number.max(initial=0) - arrays.number
    rank, kept = arrays.rank_cost[chosen], arrays.kept[chosen]
    bound = (np.bincount(arrays.person, weights=arrays.kept, minlength=arrays.people) > 0).astype(
        np.int64
    )
    worst = 1 + int(arrays.rank_cost.max(initial=0))
    again = np.zeros_like(rank) if preferred is None else repeat_cost(arrays, preferred)[chosen]
    rows: list[tuple[str, Ints, Ints]] = [
        ("days", np.zeros_like(rank), arrays.most + 1 - missed_at),
        ("equity", np.zeros_like(rank), arrays.priority[missed_by]),
        ("moved", bound[person] * (1 - kept), bound[missed_by]),
        ("fields", again, nothing),
        ("wishes", rank, nothing),
        ("travel", arrays.travel[chosen], nothing),
        ("company", arrays.company_view[chosen], nothing),
        ("lottery", weight[person] * rank, weight[missed_by] * worst),
        ("tie", arrays.tie[chosen], nothing),
    ]
    idle = {
        "equity": arrays.priority,
        "moved": arrays.kept,
        "fields": again,
        "travel": arrays.travel,
        "company": arrays.company_view,
    }
    return tuple(
        (name, np.concatenate([wish, gap, missed]))
        for name, wish, missed in rows
        if name not in idle or idle[name].any()
    )
