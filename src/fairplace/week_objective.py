"""The objective of a week as a vector: every entry a cost, compared from the left."""

from __future__ import annotations

import numpy as np

from fairplace.ints import Ints, Mask
from fairplace.week_arrays import WeekArrays


def one_per_field(arrays: WeekArrays, preferred: Mask) -> Mask:
    """One wish per person and field without a confirmed place: a preferred one, else the best; shape (E,).

    Counting every other granted wish with a field as a repeat never counts too few, and counts
    exactly if `preferred` is what is granted.
    """
    field = arrays.field[arrays.slot]
    fresh = np.flatnonzero((field >= 0) & (arrays.stale == 0))
    key = arrays.person[fresh] * (int(field.max(initial=0)) + 1) + field[fresh]
    order = np.lexsort((arrays.slot[fresh], arrays.rank_cost[fresh], ~preferred[fresh], key))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = key[order][1:] != key[order][:-1]
    result = np.zeros(len(field), dtype=np.bool_)
    result[fresh[order[first]]] = True
    return result


def repeat_cost(arrays: WeekArrays, preferred: Mask) -> Ints:
    """1 for every wish that counts as a repeated field if granted (see `one_per_field`), shape (E,)."""
    tied = arrays.field[arrays.slot] >= 0
    return (tied & ~one_per_field(arrays, preferred)).astype(np.int64)


def vector(arrays: WeekArrays, granted: Mask) -> tuple[int, ...]:
    """People short of 1, 2, ... places (who wanted them), then the levels of `names`."""
    got = np.bincount(arrays.person[granted], minlength=arrays.people) + arrays.had
    wanted = arrays.wants + arrays.had
    short = [int(((wanted >= t) & (got < t)).sum()) for t in range(1, arrays.most + 1)]
    missed = wanted - got
    weight = 1 + arrays.number.max(initial=0) - arrays.number
    worst = 1 + int(arrays.rank_cost.max(initial=0))
    rank = arrays.rank_cost[granted]
    return (
        *short,
        int((missed * arrays.priority).sum()),
        int(arrays.kept.sum() - arrays.kept[granted].sum()),
        int(repeat_cost(arrays, granted)[granted].sum()),
        int(rank.sum()),
        int(arrays.travel[granted].sum()),
        int(arrays.company_view[granted].sum()),
        int((weight[arrays.person[granted]] * rank).sum() + (weight * missed).sum() * worst),
        int(arrays.tie[granted].sum()),
    )


def days_and_equity(arrays: WeekArrays, granted: Mask) -> tuple[int, ...]:
    """The part of the vector that counts places."""
    return vector(arrays, granted)[: arrays.most + 1]


def names(arrays: WeekArrays) -> list[str]:
    """Names of the entries of the vector."""
    days = [f"day {t}" for t in range(1, arrays.most + 1)]
    return [*days, "equity", "moved", "fields", "wishes", "travel", "company", "lottery", "tie"]


def reached(arrays: WeekArrays, value: tuple[int, ...]) -> tuple[int, ...]:
    """N1, N2, ... of a vector."""
    wanted = arrays.wants + arrays.had
    return tuple(int((wanted >= t).sum()) - value[t - 1] for t in range(1, arrays.most + 1))
