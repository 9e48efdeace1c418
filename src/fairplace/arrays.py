"""A block problem as flat arrays: what the solver reads, and what large callers may build themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from fairplace import lottery
from fairplace.ints import Ints, Unsigned, as_ints
from fairplace.model import Equity, Person, Problem, ProblemError, Slot, Wish


@dataclass(frozen=True, slots=True, eq=False)
class BlockArrays:
    """P people, S slots, E eligible wishes, sorted by (person, slot).

    `ptr` (P+1,) cuts the wish arrays per person, `kept` (E,) is 1 for tentative pairs.
    `reserved` has rows (slot, group, seats).
    `group` (P,) is -1 for people without one; `absent` counts confirmed people per group, who need
    no seat any more but count in parity and floors. `floors` has rows (group, placed).
    """

    ptr: Ints
    slot: Ints
    rank_cost: Ints
    travel: Ints
    company: Ints
    kept: Ints
    capacity: Ints
    priority: Ints
    group: Ints
    absent: Ints
    reserved: Ints
    floors: Ints
    equity: Equity
    number: Ints
    person_key: Unsigned
    slot_key: Unsigned

    @property
    def people(self) -> int:
        """P."""
        return len(self.ptr) - 1

    @property
    def slots(self) -> int:
        """S."""
        return len(self.capacity)

    def person_of_wish(self) -> Ints:
        """The person of each wish, shape (E,)."""
        return np.repeat(np.arange(self.people, dtype=np.int64), np.diff(self.ptr))


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """Arrays with the names behind their indices; `open_people` and `slots` are sorted by id."""

    arrays: BlockArrays
    open_people: tuple[Person, ...]
    slots: tuple[Slot, ...]
    numbers: dict[str, int]
    by_person: dict[str, list[Wish]]


def eligible(problem: Problem, person: Person, slot: Slot) -> bool:
    """True if the pair may be made: not declined, and the person can come on that day."""
    if (person.id, slot.id) in problem.banned:
        return False
    return slot.day is None or person.days is None or slot.day in person.days


def wishes_by_person(problem: Problem) -> dict[str, list[Wish]]:
    """All wishes of each person, best first, ties by slot id."""
    table: dict[str, list[Wish]] = {person.id: [] for person in problem.people}
    for wish in problem.wishes:
        table[wish.person].append(wish)
    for row in table.values():
        row.sort(key=lambda wish: (wish.rank, wish.slot))
    return table


def wish_costs(problem: Problem, wish: Wish) -> tuple[int, int, int, bool]:
    """Rank cost, travel, the company's view, and whether the pair is tentative."""
    tentative = (wish.person, wish.slot) in problem.tentative
    return wish.rank - 1, wish.travel, wish.company, tentative


def compile_block(problem: Problem, seed: int) -> Compiled:
    """Check the problem and flatten it; equal problems in any order give equal arrays."""
    problem.check()
    if any(person.wants > 1 for person in problem.people):
        raise ProblemError("somebody wants several places: use solve_week")
    everybody = sorted((p for p in problem.people if p.wants), key=lambda person: person.id)
    placed = {person for person, _ in problem.locked}
    people = tuple(person for person in everybody if person.id not in placed)
    slots = tuple(sorted(problem.slots, key=lambda slot: slot.id))
    by_person = wishes_by_person(problem)
    names = [person.id for person in everybody]
    drawn = dict(zip(names, lottery.numbers(seed, names).tolist(), strict=True))
    groups = {
        name: index
        for index, name in enumerate(sorted({p.group for p in everybody if p.group is not None}))
    }
    arrays = _arrays(problem, people, slots, by_person, groups, drawn, seed)
    return Compiled(arrays, people, slots, drawn, by_person)


def _arrays(
    problem: Problem,
    people: tuple[Person, ...],
    slots: tuple[Slot, ...],
    by_person: dict[str, list[Wish]],
    groups: dict[str, int],
    drawn: dict[str, int],
    seed: int,
) -> BlockArrays:
    index = {slot.id: i for i, slot in enumerate(slots)}
    rows: list[tuple[int, int, int, int, bool]] = []
    ptr = [0]
    for person in people:
        mine = [w for w in by_person[person.id] if eligible(problem, person, slots[index[w.slot]])]
        rows.extend(sorted((index[w.slot], *wish_costs(problem, w)) for w in mine))
        ptr.append(len(rows))
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    classes = {value: i for i, value in enumerate(sorted({person.priority for person in people}))}
    gone = _confirmed_by_group(problem, groups)
    return BlockArrays(
        ptr=as_ints(ptr),
        slot=as_ints(table[:, 0]),
        rank_cost=as_ints(table[:, 1]),
        travel=as_ints(table[:, 2]),
        company=as_ints(table[:, 3]),
        kept=as_ints(table[:, 4]),
        capacity=_open_seats(problem, slots),
        priority=as_ints(np.array([classes[p.priority] for p in people], dtype=np.int64)),
        group=as_ints(
            np.array([-1 if p.group is None else groups[p.group] for p in people], dtype=np.int64)
        ),
        absent=gone,
        reserved=_reserved_seats(problem, slots, groups),
        floors=as_ints(
            np.array(
                [(groups[f.group], f.placed) for f in problem.rules.floors if f.group in groups],
                dtype=np.int64,
            )
        ).reshape(-1, 2),
        equity=problem.rules.equity,
        number=as_ints(np.array([drawn[person.id] for person in people], dtype=np.int64)),
        person_key=lottery.keys(seed, [person.id for person in people]),
        slot_key=lottery.keys(seed, [slot.id for slot in slots]),
    )


def _confirmed_by_group(problem: Problem, groups: dict[str, int]) -> Ints:
    """Confirmed people per group, the last entry for those without one, shape (G+1,)."""
    placed = {person for person, _ in problem.locked}
    count = np.zeros(len(groups) + 1, dtype=np.int64)
    for person in problem.people:
        if person.id in placed:
            count[-1 if person.group is None else groups[person.group]] += 1
    return count


def _open_seats(problem: Problem, slots: tuple[Slot, ...]) -> Ints:
    taken = Counter(slot for _, slot in problem.locked)
    return as_ints(np.array([slot.capacity - taken[slot.id] for slot in slots], dtype=np.int64))


def _reserved_seats(problem: Problem, slots: tuple[Slot, ...], groups: dict[str, int]) -> Ints:
    """Rows (slot, group, seats still reserved): confirmed members of the group use theirs up first.

    Seats reserved for a group nobody belongs to keep their row with group -1: they stay empty.
    """
    group_of = {person.id: person.group for person in problem.people}
    used = Counter((slot, group_of[person]) for person, slot in problem.locked)
    open_seats = {slot.id: slot.capacity for slot in slots}
    for _, slot_id in problem.locked:
        open_seats[slot_id] -= 1
    rows: list[tuple[int, int, int]] = []
    for i, slot in enumerate(slots):
        left = open_seats[slot.id]
        for group, seats in sorted(slot.reserved):
            still = min(left, max(0, seats - used[slot.id, group]))
            left -= still
            if still:
                rows.append((i, groups.get(group, -1), still))
    return as_ints(np.array(rows, dtype=np.int64)).reshape(-1, 3)
