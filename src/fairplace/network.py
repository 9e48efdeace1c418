"""A flow network with a vector of costs per arc, and the block problem as one.

    person --wish--> slot --seats--> sink          every person sends one unit
    person --without a place--> (group -->) sink   costs one in the level `unplaced`

With reserved seats a group reaches the slot through a gate of its own; parity and floors count the
unplaced of a group at a node of its own, where units beyond the allowance cost a shortfall. Both
keep it a pure network, so the optimum is in whole people without asking for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairplace import lottery
from fairplace.arrays import BlockArrays
from fairplace.ints import Ints, Mask
from fairplace.model import Equity, ProblemError

MAX_CLASSES_WITH_FLOORS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """`nodes` nodes, arcs (A,) with `cap`, one supply per node and named cost arrays, the first matters most.

    Arcs 0..E-1 are the wishes in the order of the arrays, the next P are the people's way to the unplaced.
    """

    nodes: int
    tail: Ints
    head: Ints
    cap: Ints
    supply: Ints
    levels: tuple[tuple[str, Ints], ...]


class _Builder:
    """Collects arcs after the fixed block of wishes and unplaced arcs."""

    def __init__(self, arrays: BlockArrays) -> None:
        self.arrays = arrays
        self.nodes = arrays.people + arrays.slots + 1
        self.sink = arrays.people + arrays.slots
        self.arcs: list[tuple[int, int, int]] = []
        self.cost: dict[str, dict[int, int]] = {"floors": {}, "equity": {}}

    def node(self) -> int:
        self.nodes += 1
        return self.nodes - 1

    def arc(self, tail: int, head: int, cap: int, **cost: int) -> None:
        for level, value in cost.items():
            self.cost[level][len(self.arcs)] = value
        self.arcs.append((tail, head, cap))


def build(arrays: BlockArrays, unplaced: int | None = None) -> Network:
    """The network of a block problem.

    `unplaced` is the least number of open people without a place; parity needs it, nothing else does.
    """
    build_ = _Builder(arrays)
    p, s = arrays.people, arrays.slots
    person = arrays.person_of_wish()
    head = p + arrays.slot
    seats = _reserve(build_, person, head)
    without = _count_unplaced(build_, unplaced)
    extra = np.array(build_.arcs, dtype=np.int64).reshape(-1, 3)
    indegree = np.bincount(arrays.slot, minlength=s)
    supply = np.zeros(build_.nodes, dtype=np.int64)
    supply[:p] = 1
    supply[build_.sink] = -p
    return Network(
        nodes=build_.nodes,
        tail=np.concatenate([person, np.arange(p), p + np.arange(s), extra[:, 0]]),
        head=np.concatenate([head, without, np.full(s, build_.sink), extra[:, 1]]),
        cap=np.concatenate(
            [np.ones(len(person) + p, dtype=np.int64), np.minimum(seats, indegree), extra[:, 2]]
        ),
        supply=supply,
        levels=_levels(arrays, person, build_),
    )


def _reserve(build_: _Builder, person: Ints, head: Ints) -> Ints:
    """Lead the groups with reserved seats through gates (changes `head`); returns the open seats per slot."""
    arrays = build_.arrays
    seats = arrays.capacity.copy()
    group = arrays.group[person]
    for slot, g, reserved in arrays.reserved.tolist():
        seats[slot] -= reserved
        mine = (arrays.slot == slot) & (group == g)
        if g < 0 or not mine.any():
            continue
        gate = build_.node()
        head[mine] = gate
        count = int(mine.sum())
        build_.arc(gate, build_.sink, min(reserved, count))
        build_.arc(gate, arrays.people + slot, count)
    return seats


def _count_unplaced(build_: _Builder, unplaced: int | None) -> Ints:
    """Where each person's way without a place leads; builds a counting node per group if rules need one."""
    arrays = build_.arrays
    target = np.full(arrays.people, build_.sink, dtype=np.int64)
    floors = {int(g): int(least) for g, least in arrays.floors}
    parity = arrays.equity is Equity.PARITY and unplaced is not None
    everybody = arrays.people + int(arrays.absent.sum())
    for g in range(-1, len(arrays.absent) - 1):
        members = np.flatnonzero(arrays.group == g)
        if not len(members) or not (parity or g in floors):
            continue
        size = len(members) + int(arrays.absent[g])
        steps = []
        if g in floors:
            steps.append((max(0, size - floors[g]), "floors"))
        if parity and unplaced is not None:
            steps.append((-(-unplaced * size // everybody), "equity"))
        target[members] = _staircase(build_, sorted(steps), len(members))
    return target


def _staircase(build_: _Builder, steps: list[tuple[int, str]], members: int) -> int:
    """A node whose units cost nothing up to the first step, and one more in each level passed."""
    node = build_.node()
    done, passed = 0, list[str]()
    for allowed, level in [*steps, (members, "")]:
        width = min(allowed, members) - done
        if width > 0:
            build_.arc(node, build_.sink, width, **dict.fromkeys(passed, 1))
            done += width
        passed.append(level)
    return node


def _levels(arrays: BlockArrays, person: Ints, build_: _Builder) -> tuple[tuple[str, Ints], ...]:
    p, s, e = arrays.people, arrays.slots, len(person)
    tail_arcs = s + len(build_.arcs)

    def level(wish: Ints | None, without: Ints | None, extra: dict[int, int] | None = None) -> Ints:
        cost = np.zeros(e + p + tail_arcs, dtype=np.int64)
        if wish is not None:
            cost[:e] = wish
        if without is not None:
            cost[e : e + p] = without
        for arc, value in (extra or {}).items():
            cost[e + p + s + arc] = value
        return cost

    weight = 1 + arrays.number.max(initial=0) - arrays.number
    worst = 1 + int(arrays.rank_cost.max(initial=0))
    tie = lottery.pair_bits(arrays.person_key[person], arrays.slot_key[arrays.slot])
    found = [("unplaced", level(None, np.ones(p, dtype=np.int64)))]
    if len(arrays.floors):
        found.append(("floors", level(None, None, build_.cost["floors"])))
    found += [(name, level(None, cost)) for name, cost in _classes(arrays)]
    if build_.cost["equity"]:
        found.append(("equity", level(None, None, build_.cost["equity"])))
    if arrays.kept.any():
        bound = (np.bincount(person, weights=arrays.kept, minlength=p) > 0).astype(np.int64)
        found.append(("moved", level(bound[person] * (1 - arrays.kept), bound)))
    found.append(("wishes", level(arrays.rank_cost, None)))
    if arrays.travel.any():
        found.append(("travel", level(arrays.travel, None)))
    if arrays.company.any():
        found.append(("company", level(arrays.company, None)))
    found.append(("lottery", level(weight[person] * arrays.rank_cost, weight * worst)))
    found.append(("tie", level(tie, None)))
    return tuple(found)


def _classes(arrays: BlockArrays) -> list[tuple[str, Ints]]:
    """Costs of leaving somebody out, by class.

    The sets of people that can be placed together form a matroid, so one level with any increasing
    weights places the higher classes first. Floors break the matroid: then each class is a level.
    """
    top = int(arrays.priority.max(initial=0))
    if arrays.equity is not Equity.STRICT or top == 0:
        return []
    if not len(arrays.floors):
        return [("equity", arrays.priority)]
    if top >= MAX_CLASSES_WITH_FLOORS:
        raise ProblemError(f"floors allow at most {MAX_CLASSES_WITH_FLOORS} different priorities")
    classes: list[tuple[str, Ints]] = []
    for value in range(top, 0, -1):
        mask: Mask = arrays.priority == value
        classes.append((f"equity {value}", mask.astype(np.int64)))
    return classes
