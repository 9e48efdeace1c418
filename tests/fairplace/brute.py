"""All allocations of a tiny block, written without looking at the engine: the oracle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from fairplace import Equity, Floor, Problem

Allocation = dict[str, str]


def allocations(problem: Problem) -> Iterator[Allocation]:
    """Every allocation that obeys capacity, days, reserved seats, locks and bans."""
    options: list[list[str | None]] = []
    people = [person for person in problem.people if person.wants]
    slots = {slot.id: slot for slot in problem.slots}
    for person in people:
        held = [slot for who, slot in problem.locked if who == person.id]
        mine: list[str | None] = list(held) or [None]
        if not held:
            for wish in problem.wishes:
                day = slots[wish.slot].day
                away = day is not None and person.days is not None and day not in person.days
                if (
                    wish.person == person.id
                    and not away
                    and (person.id, wish.slot) not in problem.banned
                ):
                    mine.append(wish.slot)
        options.append(mine)
    for choice in product(*options):
        found = {
            person.id: slot for person, slot in zip(people, choice, strict=True) if slot is not None
        }
        if fits(problem, found):
            yield found


def fits(problem: Problem, found: Allocation) -> bool:
    """True if no slot, counting reserved seats, holds more people than it has seats."""
    group_of = {person.id: person.group for person in problem.people}
    for slot in problem.slots:
        inside = Counter(group_of[person] for person, place in found.items() if place == slot.id)
        reserved = dict(slot.reserved)
        open_seats = slot.capacity - sum(reserved.values())
        if (
            sum(max(0, count - reserved.get(group or "", 0)) for group, count in inside.items())
            > open_seats
        ):
            return False
    return True


def cost(problem: Problem, found: Allocation) -> tuple[int, ...]:
    """The objective down to the companies' view, in the order the engine promises; less is better."""
    people = [person for person in problem.people if person.wants]
    without = [person for person in people if person.id not in found]
    sizes = Counter(person.group for person in people)
    missing = Counter(person.group for person in without)
    short = sum(
        max(0, floor.placed - (sizes[floor.group] - missing[floor.group]))
        for floor in _real(problem, sizes)
    )
    if problem.rules.equity is Equity.STRICT:
        equity = tuple(
            sum(1 for person in without if person.priority == value)
            for value in sorted({person.priority for person in people}, reverse=True)
        )
    elif problem.rules.equity is Equity.PARITY:
        share = [
            (missing[group], -(-len(without) * size // len(people)))
            for group, size in sizes.items()
        ]
        equity = (sum(max(0, gone - allowed) for gone, allowed in share),)
    else:
        equity = ()
    wishes = {(wish.person, wish.slot): wish for wish in problem.wishes}
    granted = [wishes[pair] for pair in found.items() if pair not in problem.locked]
    return (
        len(without),
        short,
        *equity,
        sum(wish.rank - 1 for wish in granted),
        sum(wish.travel for wish in granted),
        sum(wish.company for wish in granted),
    )


def _real(problem: Problem, sizes: Counter[str | None]) -> list[Floor]:
    return [floor for floor in problem.rules.floors if sizes[floor.group]]


def best(problem: Problem) -> tuple[int, ...]:
    """The least cost of all allocations."""
    return min(cost(problem, found) for found in allocations(problem))
