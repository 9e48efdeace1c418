"""All weeks of a tiny problem, written without looking at the engine: the oracle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product

from fairplace import Person, Problem

Week = frozenset[tuple[str, str]]


def weeks(problem: Problem) -> Iterator[Week]:
    """Every set of pairs that obeys days, companies, wants, capacity, locks and bans."""
    people = [person for person in problem.people if person.wants]
    capacity = {slot.id: slot.capacity for slot in problem.slots}
    for choice in product(*(_plans(problem, person) for person in people)):
        pairs = frozenset(
            (person.id, slot) for person, plan in zip(people, choice, strict=True) for slot in plan
        )
        if all(
            count <= capacity[slot] for slot, count in Counter(slot for _, slot in pairs).items()
        ):
            yield pairs


def _plans(problem: Problem, person: Person) -> list[tuple[str, ...]]:
    slots = {slot.id: slot for slot in problem.slots}
    held = tuple(slot for who, slot in problem.locked if who == person.id)
    free = [
        wish.slot
        for wish in problem.wishes
        if wish.person == person.id
        and wish.slot not in held
        and (person.id, wish.slot) not in problem.banned
        and (
            slots[wish.slot].day is None
            or person.days is None
            or slots[wish.slot].day in person.days
        )
    ]
    plans = []
    for count in range(person.wants - len(held) + 1):
        for extra in combinations(free, count):
            plan = held + extra
            days = [slots[slot].day for slot in plan if slots[slot].day is not None]
            firms = [slots[slot].company for slot in plan if slots[slot].company is not None]
            if len(set(days)) == len(days) and len(set(firms)) == len(firms):
                plans.append(plan)
    return plans


def cost(problem: Problem, pairs: Week) -> tuple[int, ...]:
    """People short of 1, 2, ... places, then equity, fields, ranks and travel; less is better."""
    people = [person for person in problem.people if person.wants]
    got = Counter(person for person, _ in pairs)
    most = max((person.wants for person in people), default=0)
    classes = sorted({person.priority for person in people})
    wishes = {(wish.person, wish.slot): wish for wish in problem.wishes}
    granted = [wishes[pair] for pair in pairs if pair not in problem.locked]
    return (
        *(
            sum(1 for person in people if person.wants >= t > got[person.id])
            for t in range(1, most + 1)
        ),
        sum((person.wants - got[person.id]) * classes.index(person.priority) for person in people),
        _repeated_fields(problem, pairs),
        sum(wish.rank - 1 for wish in granted),
        sum(wish.travel for wish in granted),
    )


def _repeated_fields(problem: Problem, pairs: Week) -> int:
    """Places whose field the person sees already; those that are confirmed anyway are not counted."""
    field = {slot.id: slot.field for slot in problem.slots}

    def count(rows: Week) -> int:
        seen = Counter((who, field[slot]) for who, slot in rows if field[slot] is not None)
        return sum(times - 1 for times in seen.values())

    return count(pairs) - count(pairs & problem.locked)


def best(problem: Problem) -> tuple[int, ...]:
    """The least cost of all weeks."""
    return min(cost(problem, pairs) for pairs in weeks(problem))
