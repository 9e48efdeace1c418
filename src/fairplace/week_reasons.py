"""A reason for every wish of a week that was better than what the person got.

The change is measured in the last flow, in which every person has one slot per company open: it is
what making room would have cost there, exact where no company has several slots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from fairplace.explain import Explainer, Forced
from fairplace.model import Person, Problem, Slot, Wish
from fairplace.reasons import code_of, moves_of
from fairplace.solution import Code, Reason, WishReason
from fairplace.week_arrays import CompiledWeek, clash
from fairplace.week_network import WeekFlow, build_week


class _Week:
    """Where people and wishes sit in the last flow's network."""

    def __init__(self, problem: Problem, compiled: CompiledWeek, final: WeekFlow) -> None:
        arrays = compiled.arrays
        self.wanted = Counter(wish.slot for wish in problem.wishes)
        self.problem = problem
        self.compiled = compiled
        self.slots = {slot.id: slot for slot in compiled.slots}
        self.network = final.network
        every = np.arange(len(arrays.slot), dtype=np.int64)
        cost = dict(build_week(arrays, every, final.granted).levels)
        self.own = [cost.get(name) for name, _ in final.network.levels]
        self.explainer = Explainer(final.network, final.result)
        people = [person.id for person in compiled.people]
        slots = [slot.id for slot in compiled.slots]
        pairs = zip(arrays.person.tolist(), arrays.slot.tolist(), strict=True)
        self.wish_at = {(people[p], slots[s]): wish for wish, (p, s) in enumerate(pairs)}
        self.person_of = {
            arc: people[int(arrays.person[wish])] for arc, wish in enumerate(final.chosen)
        }
        self.slot_of = {arc: slots[int(arrays.slot[wish])] for arc, wish in enumerate(final.chosen)}
        self.same_company = {
            (person, self.slots[self.slot_of[arc]].company): arc
            for arc, person in self.person_of.items()
        }
        missed = len(final.network.tail) - int(arrays.wants.sum())
        for arc in range(missed, len(final.network.tail)):
            self.person_of[arc] = people[int(final.network.tail[arc])]
        self.tail = arrays.person.copy()
        self.tail[final.chosen] = final.network.tail[: len(final.chosen)]
        self.head = arrays.people + arrays.slot

    def ask(
        self, asked: list[tuple[str, str, int]], without: list[int] | None
    ) -> Iterator[Forced | None]:
        """What forcing each wish (person, slot, its index) changes, not over the arc `without`."""
        at = np.array([row[2] for row in asked], dtype=np.int64)
        own = np.array(
            [np.zeros_like(at) if cost is None else cost[at] for cost in self.own], dtype=np.int64
        )
        barred = None if without is None else np.array(without, dtype=np.int64)
        return self.explainer.ask(self.head[at], self.tail[at], own, barred)


def week_reasons(problem: Problem, compiled: CompiledWeek, final: WeekFlow) -> dict[str, Reason]:
    """Reasons by person id, for everybody who wants a place."""
    week = _Week(problem, compiled, final)
    got = {person.id: list(compiled.confirmed[person.id]) for person in compiled.people}
    for wish in np.flatnonzero(final.granted).tolist():
        owner = compiled.people[int(compiled.arrays.person[wish])].id
        got[owner].append(compiled.slots[int(compiled.arrays.slot[wish])])
    better = {
        person.id: _better(person, compiled.by_person[person.id], got[person.id])
        for person in compiled.people
    }
    forced = _force(week, better, got)
    reasons = {}
    for i, person in enumerate(compiled.people):
        mine = got[person.id]
        rows = tuple(
            _answer(week, person, wish, mine, wish.slot in better[person.id], forced)
            for wish in compiled.by_person[person.id]
        )
        code = Code.GRANTED if mine else rows[0].code if rows else Code.NO_WISH
        if mine and len(mine) == len(compiled.confirmed[person.id]):
            code = Code.CONFIRMED
        number = int(compiled.arrays.number[i])
        reasons[person.id] = Reason(person.id, code, number, len(compiled.people), rows)
    return reasons


def _better(person: Person, wishes: list[Wish], got: list[Slot]) -> set[str]:
    """Slots that would have been better: all while places are missing, else those above the worst granted."""
    mine = {slot.id for slot in got}
    worst = max((wish.rank for wish in wishes if wish.slot in mine), default=0)
    short = len(got) < person.wants
    return {wish.slot for wish in wishes if wish.slot not in mine and (short or wish.rank < worst)}


def _force(
    week: _Week, better: dict[str, set[str]], got: dict[str, list[Slot]]
) -> dict[tuple[str, str], Forced]:
    """What forcing each refused wish would change; wishes that need no or have no repair are missing."""
    asked = [
        (person, slot, at)
        for person, wanted in better.items()
        for slot in sorted(wanted)
        if (at := week.wish_at.get((person, slot))) is not None
        and not _visits(got[person], week.slots[slot])
    ]
    answers = dict(zip(asked, week.ask(asked, None), strict=True))
    rivals = {
        row: rival
        for row, forced in answers.items()
        if (rival := week.same_company.get((row[0], week.slots[row[1]].company))) is not None
        and forced is not None
        and rival in forced.arcs
    }
    answers.update(zip(rivals, week.ask(list(rivals), list(rivals.values())), strict=True))
    return {row[:2]: forced for row, forced in answers.items() if forced is not None}


def _visits(got: list[Slot], slot: Slot) -> bool:
    """True if the person has the slot or another one of its company."""
    return any(
        held.id == slot.id or (slot.company is not None and held.company == slot.company)
        for held in got
    )


def _answer(
    week: _Week,
    person: Person,
    wish: Wish,
    got: list[Slot],
    better: bool,
    answers: dict[tuple[str, str], Forced],
) -> WishReason:
    slot = week.slots[wish.slot]
    crowd = (slot.capacity, week.wanted[slot.id])
    code = _barrier(week.problem, week.compiled, person, slot, got)
    if code is None and not better:
        code = Code.BETTER
    forced = answers.get((person.id, wish.slot))
    if code is not None or forced is None:
        return WishReason(wish.slot, wish.rank, code or Code.NO_SEAT, *crowd)
    names = [name for name, _ in week.network.levels]
    change = tuple((name, value) for name, value in zip(names, forced.change, strict=True) if value)
    moves = moves_of(forced, week.person_of, week.slot_of)
    return WishReason(wish.slot, wish.rank, code_of(change), *crowd, change, moves)


def _barrier(
    problem: Problem, compiled: CompiledWeek, person: Person, slot: Slot, got: list[Slot]
) -> Code | None:
    """What rules the wish in or out without looking at other people, or None."""
    confirmed = compiled.confirmed[person.id]
    if any(held.id == slot.id for held in confirmed):
        return Code.CONFIRMED
    if any(held.id == slot.id for held in got):
        return Code.GRANTED
    if (person.id, slot.id) in problem.banned:
        return Code.DECLINED
    if slot.day is not None and person.days is not None and slot.day not in person.days:
        return Code.AWAY
    if slot.company is not None and any(held.company == slot.company for held in got):
        return Code.COMPANY_TAKEN
    if any(clash(held, slot) for held in confirmed):
        return Code.DAY_TAKEN
    if len(confirmed) >= person.wants:
        return Code.ENOUGH
    return None
