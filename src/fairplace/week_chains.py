"""Ejection chains for large weeks: the same moves coordinators make by hand, thousands at a time."""

from __future__ import annotations

import numpy as np

from fairplace.chain_kernel import lengthen
from fairplace.ints import Ints, Mask
from fairplace.speed import run_in_place
from fairplace.week_arrays import WeekArrays

DEPTHS = (4, 16, 64)
"""Longest chain per pass: short ones first, they are found at once and keep more wishes."""
SWEEPS = 4
"""Most passes over all levels; it stops earlier when a pass helps nobody."""
WORTHWHILE = 20_000
"""A pass is repeated if it helped more than one in so many people: later passes find the rest."""
HASTY = 2_000
"""The same when seconds count."""


class Chains:
    """The state of a week as flat arrays that the kernel changes in place."""

    def __init__(self, arrays: WeekArrays, granted: Mask) -> None:
        self._arrays = arrays
        wishes, people, slots = len(arrays.slot), arrays.people, arrays.slots
        width = max(1, int(arrays.wants.max(initial=1)))
        chosen = np.flatnonzero(granted)
        count = np.bincount(arrays.person[chosen], minlength=people).astype(np.int64)
        held = np.full(people * width, -1, dtype=np.int64)
        first = np.cumsum(count) - count
        nth = np.arange(len(chosen)) - np.repeat(first, count)
        held[arrays.person[chosen] * width + nth] = chosen
        seats = np.concatenate([[0], np.cumsum(arrays.capacity)]).astype(np.int64)
        used = np.bincount(arrays.slot[chosen], minlength=slots).astype(np.int64)
        by_slot = chosen[np.argsort(arrays.slot[chosen], kind="stable")]
        offset = np.arange(len(chosen)) - np.repeat(np.cumsum(used) - used, used)
        place = np.full(wishes, -1, dtype=np.int64)
        place[by_slot] = seats[arrays.slot[by_slot]] + offset
        occ = np.full(int(seats[-1]) + 1, -1, dtype=np.int64)
        occ[place[by_slot]] = by_slot
        self.granted = granted.copy()
        ptr = np.searchsorted(arrays.person, np.arange(people + 1)).astype(np.int64)
        self._fixed = [ptr, arrays.person, arrays.slot, arrays.day, arrays.company]
        self._fixed += [arrays.wants, arrays.priority, arrays.had]
        self._state = [arrays.capacity - used, self.granted, count, held]
        self._state += [np.concatenate([seats[:-1] + used, seats[:-1]]), occ, place]
        self._state += [np.zeros(wishes, dtype=np.int64), np.zeros(people, dtype=np.bool_)]
        self._stamp = 0

    def improve(self, *, hasty: bool = False) -> Mask:
        """Lengthen weeks until chains hardly help; returns the granted wishes (E,). `hasty`: once over."""
        least = self._arrays.people // (HASTY if hasty else WORTHWHILE)
        for _ in range(1 if hasty else SWEEPS):
            helped = sum(self._level(level, least) for level in range(self._arrays.most))
            if helped <= least:
                break
        return self.granted

    def _level(self, level: int, least: int) -> int:
        total = 0
        for depth in DEPTHS:
            for rank in range(int(self._arrays.priority.max(initial=0)), -1, -1):
                helped = least + 1
                while helped > least:
                    helped = self._pass(level, rank, depth)
                    total += helped
        return total

    def _pass(self, level: int, rank: int, depth: int) -> int:
        self._stamp += 1
        stack: Ints = np.zeros((depth, 4), dtype=np.int64)
        size = len(self._arrays.slot)
        state = [*self._fixed, *self._state, stack]
        return run_in_place(lengthen, size, state, (level, rank, self._stamp))
