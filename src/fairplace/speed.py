"""Small inputs run as plain Python at once, large ones through numba, compiled on first use and cached.

Both run the same source, so the answer cannot depend on which one was taken.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")

COMPILE_FROM = 60_000
"""Arcs from which loading the compiled code is quicker than interpreting."""
LOADED_FROM = 1_000
"""The same once the code is loaded."""


_loaded: set[Callable[..., Any]] = set()


@cache
def compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel as machine code; compiled once per machine, kept in numba's cache on disk."""
    import numba  # noqa: PLC0415 -- slow import, only large inputs need it

    try:
        fast: Callable[..., Any] = numba.njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # no folder to keep the compiled code in
        fast = numba.njit(nogil=True)(kernel)
    return fast


def run(kernel: Callable[..., T], size: int, *args: Any) -> T:
    """Call the kernel with lists (small `size`) or arrays (large)."""
    loaded = kernel in _loaded and size >= LOADED_FROM
    if loaded or size >= COMPILE_FROM:
        _loaded.add(kernel)
        result: T = compiled(kernel)(*args)
        return result
    return kernel(*[value.tolist() if isinstance(value, np.ndarray) else value for value in args])


def run_in_place(
    kernel: Callable[..., int], size: int, arrays: list[Any], numbers: tuple[int, ...]
) -> int:
    """The same for kernels that change their arrays: what they wrote into lists is written back."""
    if size >= LOADED_FROM:
        return int(compiled(kernel)(*arrays, *numbers))
    lists = [array.tolist() for array in arrays]
    result = kernel(*lists, *numbers)
    for array, values in zip(arrays, lists, strict=True):
        array[...] = values
    return result
