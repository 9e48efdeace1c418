"""Is this allocation allowed, and can none be better? Answered without trusting who made it.

Feasibility is counted from the pairs alone. Optimality is a comparison with the bound, which prices
prove (certificate.py) without trusting the solver that found it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from fairplace.arrays import eligible
from fairplace.block import measure_block
from fairplace.model import Problem, Slot
from fairplace.policies import Pairs, fits
from fairplace.solution import Solution
from fairplace.week import measure_week
from fairplace.week_arrays import clash

DRAW = frozenset({"lottery", "tie"})
"""Levels that depend on the seed; left out of the verdict when none is given."""


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on an allocation.

    `optimal` is None if nothing better is known but the bound is not reached (large weeks), and
    False for any allocation that breaks a rule. `solution` measures it and is None then.
    """

    violations: tuple[str, ...]
    optimal: bool | None
    solution: Solution | None

    @property
    def feasible(self) -> bool:
        """True if no rule is broken."""
        return not self.violations


def check(problem: Problem, pairs: Iterable[tuple[str, str]], *, seed: int | None = None) -> Report:
    """Check pairs (person, slot) from anywhere; with the seed also the order of the draw."""
    problem.check()
    listed = list(pairs)
    violations = tuple(violated(problem, listed))
    if violations:
        return Report(violations, False, None)
    measure = measure_week if problem.is_week() else measure_block
    solution = measure(problem, frozenset(listed), seed=seed or 0, policy="check")
    levels = tuple(level for level in solution.levels if seed is not None or level.name not in DRAW)
    reached = all(level.value == level.bound for level in levels)
    optimal = True if reached else False if solution.tight else None
    return Report((), optimal, replace(solution, levels=levels))


def violated(problem: Problem, pairs: list[tuple[str, str]]) -> Iterable[str]:
    """One line per broken rule."""
    people = {person.id: person for person in problem.people}
    slots = {slot.id: slot for slot in problem.slots}
    wished = {(wish.person, wish.slot) for wish in problem.wishes}
    for pair, count in Counter(pairs).items():
        person_id, slot_id = pair
        if person_id not in people or slot_id not in slots:
            yield f"person {person_id!r} or slot {slot_id!r} is not known"
            return
        if count > 1:
            yield f"person {person_id!r} has slot {slot_id!r} twice"
        if pair in problem.locked:
            continue
        if pair not in wished:
            yield f"person {person_id!r} did not wish for slot {slot_id!r}"
        elif not eligible(problem, people[person_id], slots[slot_id]):
            yield f"person {person_id!r} may not have slot {slot_id!r} (declined, or not that day)"
    for person_id, slot_id in sorted(problem.locked - set(pairs)):
        yield f"person {person_id!r} lost the confirmed slot {slot_id!r}"
    yield from _crowded(problem, frozenset(pairs))


def _crowded(problem: Problem, pairs: Pairs) -> Iterable[str]:
    slots = {slot.id: slot for slot in problem.slots}
    group_of = {person.id: person.group for person in problem.people}
    inside: dict[str, Counter[str | None]] = {slot.id: Counter() for slot in problem.slots}
    held: dict[str, list[Slot]] = {person.id: [] for person in problem.people}
    for person_id, slot_id in sorted(pairs):
        inside[slot_id][group_of[person_id]] += 1
        held[person_id].append(slots[slot_id])
    for slot in problem.slots:
        count = sum(inside[slot.id].values())
        if count > slot.capacity:
            yield f"slot {slot.id!r} has {count} people for {slot.capacity} seats"
        elif not fits(slot, inside[slot.id]):
            yield f"slot {slot.id!r} gives reserved seats to others"
    for person in problem.people:
        mine = held[person.id]
        if len(mine) > person.wants:
            yield f"person {person.id!r} has {len(mine)} places and wants {person.wants}"
        for left, right in combinations(mine, 2):
            confirmed = {(person.id, left.id), (person.id, right.id)} <= problem.locked
            if clash(left, right) and not confirmed:
                yield f"person {person.id!r} has {left.id!r} and {right.id!r}: same day or company"
