"""Whole-number arrays and sums that cannot wrap: the engine never computes with floats."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Unsigned: TypeAlias = npt.NDArray[np.uint64]
Mask: TypeAlias = npt.NDArray[np.bool_]

_LOW = 24


def as_ints(values: npt.ArrayLike) -> Ints:
    """A contiguous int64 array; refuses floats instead of rounding them."""
    array = np.asarray(values)
    if array.size and array.dtype.kind not in "iu":
        raise TypeError(f"whole numbers expected, not {array.dtype}")
    return np.ascontiguousarray(array, dtype=np.int64)


def exact_dot(left: Ints, right: Ints) -> int:
    """Sum of left * right as a Python integer.

    Exact while sum|left| * 2^24 and sum|left| * max|right| / 2^24 stay below 2^63, which the guard
    in flow.py grants (max|right| < 2^62, sum|left| < 2^24 seats and people).
    """
    high = right >> _LOW
    low = right & ((1 << _LOW) - 1)
    return (int(np.dot(left, high)) << _LOW) + int(np.dot(left, low))
