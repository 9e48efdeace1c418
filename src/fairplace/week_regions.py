"""Very large weeks part by part: a flow over ten thousand people takes seconds, over all of them minutes.

Parts are people who wish for the same slots (neighbours on the map, without needing one). One part
after the other is solved on the seats that the others leave, which never makes the whole worse; the
next round cuts elsewhere, and chains cross every border.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fairplace.ints import Ints, Mask
from fairplace.week_arrays import WeekArrays
from fairplace.week_network import solve_flow

PART = 400_000
"""Wishes in one flow from which the people are solved in parts; and the size of a part."""


def row_of_people(arrays: WeekArrays) -> Ints:
    """The people's places in a row in which neighbours share slots (reverse Cuthill-McKee), shape (P,)."""
    from scipy import sparse  # noqa: PLC0415 -- slow import, only very large weeks need it
    from scipy.sparse.csgraph import reverse_cuthill_mckee  # noqa: PLC0415

    size = arrays.people + arrays.slots
    ends = (arrays.person, arrays.people + arrays.slot)
    one_way = sparse.csr_matrix((np.ones(len(arrays.slot), dtype=np.int8), ends), (size, size))
    order = reverse_cuthill_mckee(one_way + one_way.T, symmetric_mode=True)
    people = order[order < arrays.people]
    row = np.empty(arrays.people, dtype=np.int64)
    row[people] = np.arange(arrays.people)
    return row


def parts(row: Ints, wishes: int, turn: int) -> Ints:
    """The part of each person (P,), of about PART wishes; every second turn is cut half a part further."""
    count = max(2, -(-wishes // PART))
    size = -(-len(row) // count)
    return (row + (turn % 2) * (size // 2)) // size


def solve_parts(
    arrays: WeekArrays,
    keep: Ints,
    granted: Mask,
    part: Ints,
    *,
    last: str,
    preferred: Mask | None = None,
) -> Mask:
    """Flow after flow over the wishes `keep` (indices) of one part; never worse than `granted` (E,)."""
    granted = granted.copy()
    part_of_wish = part[arrays.person]
    for at in range(int(part.max(initial=-1)) + 1):
        inside = part_of_wish == at
        others = np.bincount(arrays.slot[granted & ~inside], minlength=arrays.slots)
        mine = keep[inside[keep]]
        few = _take(arrays, np.flatnonzero(part == at), mine, arrays.capacity - others)
        every = np.arange(len(mine), dtype=np.int64)
        wanted = None if preferred is None else preferred[mine]
        flow = solve_flow(few, every, last=last, preferred=wanted)
        granted[inside] = False
        granted[mine[flow.granted]] = True
    return granted


def _take(arrays: WeekArrays, people: Ints, wishes: Ints, seats: Ints) -> WeekArrays:
    """The week of some people and wishes, on the slots they wish for."""
    number = np.zeros(arrays.people, dtype=np.int64)
    number[people] = np.arange(len(people))
    slots, slot = np.unique(arrays.slot[wishes], return_inverse=True)
    return replace(
        arrays,
        person=number[arrays.person[wishes]],
        slot=slot.astype(np.int64),
        rank_cost=arrays.rank_cost[wishes],
        travel=arrays.travel[wishes],
        company_view=arrays.company_view[wishes],
        kept=arrays.kept[wishes],
        stale=arrays.stale[wishes],
        tie=arrays.tie[wishes],
        wants=arrays.wants[people],
        had=arrays.had[people],
        priority=arrays.priority[people],
        number=arrays.number[people],
        capacity=seats[slots],
        day=arrays.day[slots],
        company=arrays.company[slots],
        field=arrays.field[slots],
    )
