"""A bound for weeks with the company rule, however large: prices per slot that prove what nobody can exceed.

For any prices y >= 0 of the slots (Lagrange), no week gives more first to t-th places than

    sum over slots of seats * y  +  sum over people of the best week they could pick at these prices

and a person's best week is a small matching of days and companies. So the company rule, which the
relaxed flow ignores, is kept in full. Prices are found by letting people choose in turn: every choice
makes its slot dearer, every round cheapens all by their seats. The least bounds have prices 0 and 1
(who must queue for which slots), so the averages are rounded at several thresholds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fairplace.ints import Ints, Mask, as_ints, exact_dot
from fairplace.plan_kernel import respond
from fairplace.speed import run_in_place
from fairplace.week_arrays import WeekArrays

ONE = 1 << 20
"""The worth of a place in the units of prices."""
FIRST_RISE = ONE // 20
THRESHOLDS = tuple(ONE * share // 200 for share in (2, 5, 10, 14, 20, 28, 40, 60, 80, 100, 140))
STRIDES = (611_953, 746_773, 882_377, 982_451_653, 104_729, 1_299_709, 15_485_863)
"""Primes: a different order of turns in every round, the same on every machine."""
ROUNDS = 120
REMEMBERED = 60
"""The last rounds, whose choices are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """`most` first to t-th places (confirmed ones counted) can be given; `price` (S,) proves it.

    `chosen` (E,) counts in how many of the last rounds the wish was part of a person's best week.
    """

    most: int
    price: Ints
    chosen: Ints


class Market:
    """People who choose their best week at given prices."""

    def __init__(self, arrays: WeekArrays) -> None:
        self.arrays = arrays
        self.ptr = np.searchsorted(arrays.person, np.arange(arrays.people + 1)).astype(np.int64)
        self._day, days = _local(arrays, arrays.day)
        self._firm, firms = _local(arrays, arrays.company)
        longest = int(np.diff(self.ptr).max(initial=0))
        self._slot = arrays.slot.astype(np.int32)
        self._room = [np.zeros(size + 1, dtype=np.int64) for size in (longest, days, firms, firms)]
        self._room += [np.zeros(size + 1, dtype=np.int64) for size in (days, firms)]
        self.taken: Mask = np.zeros(len(arrays.slot), dtype=np.bool_)

    def choose(self, gain: Ints, price: Ints, turn: int = 0, rise: int = 0) -> int:
        """Everybody's best week into `taken`; the sum of gains. With `rise` the prices change."""
        arrays = self.arrays
        stride = STRIDES[turn % len(STRIDES)]
        if arrays.people and arrays.people % stride == 0:
            stride = 1
        state: list[Any] = [
            self.ptr,
            arrays.slot,
            self._day,
            self._firm,
            arrays.wants,
            arrays.had,
            gain,
        ]
        state += [price, self.taken, *self._room]
        return run_in_place(respond, len(arrays.slot), state, (turn * 7_919, stride, rise))

    def bound(self, gain: Ints, price: Ints) -> int:
        """What every week is worth at most, in places; any prices that are not negative prove one."""
        return (exact_dot(self.arrays.capacity, price) + self.choose(gain, price)) // ONE


def _local(arrays: WeekArrays, label: Ints) -> tuple[Any, int]:
    """Labels of the wishes' slots numbered from 0 within each person, and the most any person has.

    A slot without a label clashes with nothing, so it counts as a label of its own.
    """
    of_wish = label[arrays.slot]
    span = int(label.max(initial=0)) + 1
    key = np.where(of_wish >= 0, of_wish, span + arrays.slot)
    width = span + arrays.slots
    keys, which = np.unique(arrays.person * width + key, return_inverse=True)
    owner = keys // width
    first = np.searchsorted(owner, np.arange(arrays.people))
    most = int(np.bincount(owner, minlength=1).max(initial=0))
    return (which - first[arrays.person]).astype(np.int32), most


def gains(arrays: WeekArrays, places: int) -> Ints:
    """The first `places` places of a person are worth one each, later ones nothing."""
    return np.where(np.arange(arrays.most + 1) < places, ONE, 0).astype(np.int64)


def find_prices(market: Market, places: int, rounds: int = ROUNDS) -> Prices:
    """Prices for the first `places` places of everybody; the same on every machine."""
    arrays = market.arrays
    gain = gains(arrays, places)
    price = np.zeros(arrays.slots, dtype=np.int64)
    mean = price.copy()
    chosen = np.zeros(len(arrays.slot), dtype=np.int64)
    rise = FIRST_RISE
    remembered = min(REMEMBERED, rounds // 2)
    for turn in range(rounds):
        price = np.maximum(0, price - rise * arrays.capacity)
        market.choose(gain, price, turn, rise)
        mean += (price - mean) // 8
        if turn >= rounds - remembered:
            chosen += market.taken
        rise = max(1, rise * (1_000 - 3_600 // rounds) // 1_000)
    tries: list[Ints] = [mean]
    tries += [as_ints(np.where(mean > limit, ONE, 0)) for limit in THRESHOLDS]
    most, at = min((market.bound(gain, row), at) for at, row in enumerate(tries))
    before = int(np.minimum(arrays.had, places).sum())
    return Prices(before + most, tries[at], chosen)
