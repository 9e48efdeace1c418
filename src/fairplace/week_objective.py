"""The objective of a week as a vector: every entry a cost, compared from the left."""

from __future__ import annotations

import numpy as np

from fairplace.ints import Mask
from fairplace.week_arrays import WeekArrays


def vector(arrays: WeekArrays, granted: Mask) -> tuple[int, ...]:
    """People short of 1, 2, ... places (who wanted them), then equity, moved, wishes, travel, company, lottery, tie."""
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
    return [*days, "equity", "moved", "wishes", "travel", "company", "lottery", "tie"]


def reached(arrays: WeekArrays, value: tuple[int, ...]) -> tuple[int, ...]:
    """N1, N2, ... of a vector."""
    wanted = arrays.wants + arrays.had
    return tuple(int((wanted >= t).sum()) - value[t - 1] for t in range(1, arrays.most + 1))
