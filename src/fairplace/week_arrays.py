"""A week as flat arrays: wishes are (person, slot) pairs, a slot has a day and belongs to a company."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairplace import lottery
from fairplace.arrays import eligible, wish_costs, wishes_by_person
from fairplace.ints import Ints, as_ints
from fairplace.model import Equity, Person, Problem, Slot, Wish


@dataclass(frozen=True, slots=True, eq=False)
class WeekArrays:
    """P people, S slots, E open wishes sorted by (person, slot).

    `kept` (E,) is 1 for tentative pairs, `stale` (E,) for wishes in a field in which the person has a
    confirmed place. `wants` (P,) are open wants; `had` (P,) confirmed places, which count as days
    reached. `day`, `company` and `field` (S,) are -1 where a slot has none. Wishes that a confirmed
    place rules out (same day, same company) are left out.
    """

    person: Ints
    slot: Ints
    rank_cost: Ints
    travel: Ints
    company_view: Ints
    kept: Ints
    stale: Ints
    tie: Ints
    wants: Ints
    had: Ints
    priority: Ints
    number: Ints
    capacity: Ints
    day: Ints
    company: Ints
    field: Ints

    @property
    def people(self) -> int:
        """P."""
        return len(self.wants)

    @property
    def slots(self) -> int:
        """S."""
        return len(self.capacity)

    @property
    def most(self) -> int:
        """The most places anybody wants, confirmed ones included."""
        return int((self.wants + self.had).max(initial=0))


@dataclass(frozen=True, slots=True, eq=False)
class CompiledWeek:
    """Arrays with the names behind their indices, people and slots sorted by id."""

    arrays: WeekArrays
    people: tuple[Person, ...]
    slots: tuple[Slot, ...]
    by_person: dict[str, list[Wish]]
    confirmed: dict[str, list[Slot]]


def compile_week(problem: Problem, seed: int) -> CompiledWeek:
    """Check the problem and flatten it; equal problems in any order give equal arrays."""
    problem.check()
    people = tuple(sorted((p for p in problem.people if p.wants), key=lambda person: person.id))
    slots = tuple(sorted(problem.slots, key=lambda slot: slot.id))
    index = {slot.id: i for i, slot in enumerate(slots)}
    confirmed: dict[str, list[Slot]] = {person.id: [] for person in people}
    seats = [slot.capacity for slot in slots]
    for person_id, slot_id in sorted(problem.locked):
        confirmed[person_id].append(slots[index[slot_id]])
        seats[index[slot_id]] -= 1
    by_person = wishes_by_person(problem)
    rows: list[tuple[int, int, int, int, int, bool, bool]] = []
    for i, person in enumerate(people):
        open_wishes = [
            w
            for w in by_person[person.id]
            if _open(problem, person, slots[index[w.slot]], confirmed)
        ]
        known = {held.field for held in confirmed[person.id] if held.field is not None}
        rows.extend(
            sorted(
                (i, at, *wish_costs(problem, w), slots[at].field in known)
                for w in open_wishes
                for at in [index[w.slot]]
            )
        )
    table = np.array(rows, dtype=np.int64).reshape(-1, 7)
    names = [person.id for person in people]
    arrays = WeekArrays(
        person=as_ints(table[:, 0]),
        slot=as_ints(table[:, 1]),
        rank_cost=as_ints(table[:, 2]),
        travel=as_ints(table[:, 3]),
        company_view=as_ints(table[:, 4]),
        kept=as_ints(table[:, 5]),
        stale=as_ints(table[:, 6]),
        tie=lottery.pair_bits(
            lottery.keys(seed, names)[table[:, 0]],
            lottery.keys(seed, [slot.id for slot in slots])[table[:, 1]],
        ),
        wants=as_ints(np.array([p.wants - len(confirmed[p.id]) for p in people], dtype=np.int64)),
        had=as_ints(np.array([len(confirmed[p.id]) for p in people], dtype=np.int64)),
        priority=_classes(problem, people),
        number=lottery.numbers(seed, names),
        capacity=as_ints(np.array(seats, dtype=np.int64)),
        day=_codes([slot.day for slot in slots]),
        company=_codes([slot.company for slot in slots]),
        field=_codes([slot.field for slot in slots]),
    )
    return CompiledWeek(arrays, people, slots, by_person, confirmed)


def _open(problem: Problem, person: Person, slot: Slot, confirmed: dict[str, list[Slot]]) -> bool:
    return eligible(problem, person, slot) and not any(
        clash(slot, held) for held in confirmed[person.id]
    )


def clash(left: Slot, right: Slot) -> bool:
    """True if one person cannot have both: same slot, same day, or same company."""
    same_day = left.day is not None and left.day == right.day
    same_company = left.company is not None and left.company == right.company
    return left.id == right.id or same_day or same_company


def _codes(values: list[str | None]) -> Ints:
    """Numbers for names in sorted order, -1 for None."""
    order = {
        name: i for i, name in enumerate(sorted({value for value in values if value is not None}))
    }
    return as_ints(
        np.array([-1 if value is None else order[value] for value in values], dtype=np.int64)
    )


def _classes(problem: Problem, people: tuple[Person, ...]) -> Ints:
    if problem.rules.equity is not Equity.STRICT:
        return np.zeros(len(people), dtype=np.int64)
    order = {value: i for i, value in enumerate(sorted({person.priority for person in people}))}
    return as_ints(np.array([order[person.priority] for person in people], dtype=np.int64))
