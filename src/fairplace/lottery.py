"""The public draw: anyone can recompute every number with a SHA-256 tool and the seed.

A person's ticket is SHA-256 of the text "<seed>:<id>" (UTF-8); lottery number 1 is the smallest
ticket. Numbers depend on nothing but seed and ids: not on the order of the input, nor on threads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from fairplace.ints import Ints, Unsigned

PAIR_BITS = 20
"""Bits of the last tie-break between two seats that are equal for everybody in every other respect."""


def ticket(seed: int, name: str) -> bytes:
    """The 32 bytes that decide the order of the draw."""
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()


def keys(seed: int, names: Sequence[str]) -> Unsigned:
    """First 8 bytes of each ticket, shape (n,)."""
    raw = b"".join(ticket(seed, name)[:8] for name in names)
    return np.frombuffer(raw, dtype=">u8").astype(np.uint64)


def numbers(seed: int, names: Sequence[str]) -> Ints:
    """Lottery number of each name, 1 is the best, shape (n,)."""
    tickets = [(ticket(seed, name), name) for name in names]
    order = sorted(range(len(names)), key=tickets.__getitem__)
    result = np.empty(len(names), dtype=np.int64)
    result[order] = np.arange(1, len(names) + 1)
    return result


def pair_bits(left: Unsigned, right: Unsigned) -> Ints:
    """A counter hash (splitmix64 finaliser) of two keys, PAIR_BITS wide, shape of the inputs."""
    z = left ^ ((right << np.uint64(32)) | (right >> np.uint64(32)))
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(64 - PAIR_BITS)).astype(np.int64)
