"""Blocks with far fewer seats than people, as second rounds are: the optimum from the side of the seats.

The answer is a proposal like that of the flow solver: it is proved level by level before anybody uses it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fairplace.arrays import BlockArrays
from fairplace.flow import plan, scalar
from fairplace.ints import Ints
from fairplace.network import Network
from fairplace.prices import starts
from fairplace.pull_kernel import pull
from fairplace.speed import run_in_place

WISHES_FROM = 50_000
PEOPLE_PER_SEAT = 3


def pays(arrays: BlockArrays, network: Network) -> bool:
    """True if the block is large, seats are scarce, and no rule counts people per group."""
    few = PEOPLE_PER_SEAT * int(arrays.capacity.sum()) <= arrays.people
    plain = network.nodes == arrays.people + arrays.slots + 1
    return few and plain and len(arrays.slot) >= WISHES_FROM


def from_the_seats(arrays: BlockArrays, network: Network) -> Ints:
    """A cheapest flow (A,) in all levels at once."""
    people, slots, wishes = arrays.people, arrays.slots, len(arrays.slot)
    order = np.argsort(arrays.slot, kind="stable")
    person = network.tail[order]
    cost = [scalar(network, packing.levels, packing.weights) for packing in plan(network)]
    gain = np.array([row[order] - row[wishes + person] for row in cost])
    parts, room = len(gain), wishes + 1
    seats = network.cap[wishes + people : wishes + people + slots]
    arc_of = np.full(people, -1, dtype=np.int64)
    arrays_: list[Any] = [starts(slots, arrays.slot[order]), person, gain, seats, arc_of]
    shapes = [(people,), (parts, people), (parts, people), (people,), (people,), (people,)]
    shapes += [(slots,), (slots,), (parts, slots), (parts,), (parts,), (people,), (room,)]
    shapes += [(parts, room)]
    arrays_ += [np.zeros(shape, dtype=np.int64) for shape in shapes]
    run_in_place(pull, wishes, arrays_, ())
    taken = arc_of >= 0
    flow = np.zeros(len(network.tail), dtype=np.int64)
    flow[order[arc_of[taken]]] = 1
    flow[wishes : wishes + people] = ~taken
    flow[wishes + people :] = np.bincount(arrays.slot[order[arc_of[taken]]], minlength=slots)
    return flow
