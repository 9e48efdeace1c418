"""Small weeks exactly: one integer programme per level of the objective (HiGHS through scipy).

Every level is a sum of whole numbers, so an objective within half a unit of its bound is proved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fairplace.ints import Ints, Mask
from fairplace.week_arrays import WeekArrays

MAX_WISHES = 1_200
"""Above this the search settles the places and the equity rule only: wishes can take hours."""
MAX_WISHES_FOR_PLACES = 12_000
"""Above this it is not even begun."""
MAX_NODES = 5_000
"""Nodes of the search tree per level: a limit that does not depend on the machine's speed."""
NODES_TIMES_WISHES = 600_000
"""Fewer nodes for larger weeks, so that giving up does not take longer than anybody waits."""


@dataclass(frozen=True, slots=True, eq=False)
class _Programme:
    """Columns: E wishes, one per place a person may have (its t-th), one per person and field.

    Rows: low <= A x <= high. The last columns count how often a field is repeated, at most `most`.
    """

    matrix: Any
    low: Ints
    high: Ints
    most: Ints
    levels: list[Ints]


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """The granted wishes (E,) of the best week found, and whether it is proved to be the best of all."""

    granted: Mask
    proved: bool


def solve_exactly(arrays: WeekArrays) -> Searched | None:
    """Search for an optimal week; None if it is too large or nothing was found within the nodes allowed."""
    wishes = len(arrays.slot)
    if not 0 < wishes <= MAX_WISHES_FOR_PLACES:
        return None
    programme = _programme(arrays)
    fixed: list[tuple[Ints, int]] = []
    answer: Mask | None = None
    whole = wishes <= MAX_WISHES
    for level in programme.levels if whole else programme.levels[: arrays.most + 1]:
        if not level.any():
            continue
        found, proved = _minimise(programme, level, fixed)
        if found is not None:
            answer = found[:wishes] > 0.5
        if found is None or not proved:
            return None if answer is None else Searched(answer, proved=False)
        fixed.append((level, round(float(level @ np.round(found)))))
    return None if answer is None else Searched(answer, proved=whole)


def _programme(arrays: WeekArrays) -> _Programme:
    from scipy import sparse  # noqa: PLC0415 -- slow import, only weeks with the company rule need it

    wishes, places = len(arrays.slot), int(arrays.wants.sum())
    owner = np.repeat(np.arange(arrays.people), arrays.wants)
    row_of: list[int] = []
    column: list[int] = []
    value: list[int] = []
    high: list[int] = []
    low: list[int] = []

    def rows(key: Ints, members: Ints, limit: Ints) -> None:
        base = len(high)
        row_of.extend((key + base).tolist())
        column.extend(members.tolist())
        value.extend([1] * len(members))
        high.extend(limit.tolist())
        low.extend([0] * len(limit))

    every = np.arange(wishes)
    rows(arrays.person, every, np.zeros(arrays.people, dtype=np.int64))
    row_of.extend(owner.tolist())
    column.extend((wishes + np.arange(places)).tolist())
    value.extend([-1] * places)
    rows(arrays.slot, every, arrays.capacity)
    for label in (arrays.day[arrays.slot], arrays.company[arrays.slot]):
        some = np.flatnonzero(label >= 0)
        keys, key = np.unique(
            arrays.person[some] * (int(label.max(initial=0)) + 1) + label[some], return_inverse=True
        )
        rows(key, some, np.ones(len(keys), dtype=np.int64))
    field = arrays.field[arrays.slot]
    fresh = np.flatnonzero((field >= 0) & (arrays.stale == 0))
    keys, key = np.unique(
        arrays.person[fresh] * (int(field.max(initial=0)) + 1) + field[fresh], return_inverse=True
    )
    row_of.extend((len(high) + np.arange(len(keys))).tolist())
    column.extend((wishes + places + np.arange(len(keys))).tolist())
    value.extend([-1] * len(keys))
    low_of_fields = len(high)
    rows(key, fresh, np.ones(len(keys), dtype=np.int64))
    low[low_of_fields:] = (-arrays.wants[keys // (int(field.max(initial=0)) + 1)]).tolist()
    width = wishes + places + len(keys)
    matrix = sparse.csr_array((value, (row_of, column)), shape=(len(high), width))
    most = np.ones(width, dtype=np.int64)
    most[wishes + places :] = int(arrays.wants.max(initial=0))
    levels = _levels(arrays, owner, width)
    return _Programme(matrix, np.array(low), np.array(high), most, levels)


def _levels(arrays: WeekArrays, owner: Ints, width: int) -> list[Ints]:
    """Costs per column, most important level first; a place granted is worth -1 in its level."""
    wishes = len(arrays.slot)
    first = np.cumsum(arrays.wants) - arrays.wants
    nth = np.arange(len(owner)) - first[owner] + arrays.had[owner] + 1
    weight = 1 + arrays.number.max(initial=0) - arrays.number
    worst = 1 + int(arrays.rank_cost.max(initial=0))

    def level(wish: Ints | None, place: Ints | None) -> Ints:
        cost = np.zeros(width, dtype=np.int64)
        if wish is not None:
            cost[:wishes] = wish
        if place is not None:
            cost[wishes : wishes + len(owner)] = place
        return cost

    found = [level(None, -(nth == t).astype(np.int64)) for t in range(1, arrays.most + 1)]
    found.append(level(None, -arrays.priority[owner]))
    found.append(level(-arrays.kept, None))
    again = level(arrays.stale, None)
    again[wishes + len(owner) :] = 1
    found.append(again)
    found += [level(cost, None) for cost in (arrays.rank_cost, arrays.travel, arrays.company_view)]
    found.append(level(weight[arrays.person] * arrays.rank_cost, -weight[owner] * worst))
    found.append(level(arrays.tie, None))
    return found


def _minimise(
    programme: _Programme, cost: Ints, fixed: list[tuple[Ints, int]]
) -> tuple[np.ndarray[Any, Any] | None, bool]:
    """The cheapest column values found that keep all fixed levels, and whether nothing is cheaper."""
    from scipy import optimize, sparse  # noqa: PLC0415 -- slow import, only weeks with the company rule need it

    constraints = [optimize.LinearConstraint(programme.matrix, programme.low, programme.high)]
    for level, value in fixed:
        constraints.append(
            optimize.LinearConstraint(sparse.csr_array(level.reshape(1, -1)), -np.inf, value + 0.5)
        )
    result = optimize.milp(
        cost,
        constraints=constraints,
        integrality=np.ones(len(cost)),
        bounds=optimize.Bounds(0, programme.most),
        options={
            "node_limit": min(MAX_NODES, NODES_TIMES_WISHES // len(cost)),
            "mip_rel_gap": 0.0,
        },
    )
    return (None if result.x is None else np.asarray(result.x)), result.status == 0
