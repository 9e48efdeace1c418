"""Other ways to give places away, to be compared with the fair one: what regions do today.

First come first served and the lottery let people choose one after the other. Deferred acceptance
is the textbook's answer: nobody can gain by hiding wishes, and no one of lower precedence sits where
somebody would rather be; it pays with people left without a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum

from fairplace.arrays import eligible, wishes_by_person
from fairplace.lottery import ticket
from fairplace.model import Equity, Person, Problem, ProblemError, Slot, Wish
from fairplace.week_arrays import clash

Pairs = frozenset[tuple[str, str]]


class Policy(StrEnum):
    """By which rule places are given."""

    FAIR = "fair"
    """Most people placed, then the best wishes (`solve_block`, `solve_week`)."""
    STABLE = "stable"
    """Deferred acceptance; precedence by priority, the company's rank, lottery."""
    FCFS = "fcfs"
    """Who comes first chooses first; the order of `Problem.people` is the order of arrival."""
    LOTTERY = "lottery"
    """Who has the better lottery number chooses first, one place per turn."""


class Seats:
    """Who sits where, and who may still be seated."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = {person.id: person for person in problem.people}
        self.slots = {slot.id: slot for slot in problem.slots}
        self.held: dict[str, list[Slot]] = {person.id: [] for person in problem.people}
        self.inside: dict[str, Counter[str | None]] = {slot.id: Counter() for slot in problem.slots}
        for person_id, slot_id in problem.locked:
            self.seat(person_id, slot_id)

    def seat(self, person_id: str, slot_id: str) -> None:
        """Give the seat without asking."""
        self.held[person_id].append(self.slots[slot_id])
        self.inside[slot_id][self.people[person_id].group] += 1

    def free(self, slot: Slot, group: str | None) -> bool:
        """True if one more of the group fits, reserved seats counted."""
        inside = self.inside[slot.id].copy()
        inside[group] += 1
        return fits(slot, inside)

    def may(self, person: Person, slot: Slot) -> bool:
        """True if the person may have the seat now."""
        return (
            len(self.held[person.id]) < person.wants
            and eligible(self.problem, person, slot)
            and not any(clash(slot, held) for held in self.held[person.id])
            and self.free(slot, person.group)
        )

    def pairs(self) -> Pairs:
        """All pairs seated."""
        return frozenset((person, slot.id) for person, held in self.held.items() for slot in held)


def fits(slot: Slot, inside: Counter[str | None]) -> bool:
    """True if so many people per group fit: reserved seats are for their group, the rest for all."""
    reserved = dict(slot.reserved)
    spill = sum(max(0, n - reserved.get(group or "", 0)) for group, n in inside.items())
    return spill <= slot.capacity - sum(reserved.values())


def choose_in_turn(problem: Problem, order: Iterable[Person], *, all_at_once: bool) -> Pairs:
    """Each person takes the best seat still free: all wanted places at once, or one per round."""
    seats = Seats(problem)
    wishes = wishes_by_person(problem)
    queue = [person for person in order if person.wants]
    while queue:
        again = []
        for person in queue:
            taken = False
            for wish in wishes[person.id]:
                if seats.may(person, seats.slots[wish.slot]):
                    seats.seat(person.id, wish.slot)
                    taken = True
                    if not all_at_once:
                        break
            if taken and not all_at_once:
                again.append(person)
        queue = again
    return seats.pairs()


def precedence(problem: Problem, seed: int) -> Callable[[Person, int], tuple[object, ...]]:
    """Sorts the people a place could take, best first: priority, the company's rank, lottery."""
    strict = problem.rules.equity is Equity.STRICT

    def key(person: Person, company: int) -> tuple[object, ...]:
        return (-person.priority if strict else 0, company, ticket(seed, person.id), person.id)

    return key


def deferred_acceptance(problem: Problem, seed: int) -> Pairs:
    """People ask in the order of their wishes, places keep the best so far (Gale and Shapley).

    Equal ranks are asked in the order of slot ids. Raises ProblemError if somebody wants several
    places: then stability is not defined here.
    """
    if any(person.wants > 1 for person in problem.people):
        raise ProblemError("deferred acceptance knows only one place per person")
    people = {person.id: person for person in problem.people}
    slots = {slot.id: slot for slot in problem.slots}
    confirmed = {person for person, _ in problem.locked}
    key = precedence(problem, seed)
    wishes = wishes_by_person(problem)
    asks = {
        person.id: [w for w in wishes[person.id] if eligible(problem, person, slots[w.slot])][::-1]
        for person in problem.people
        if person.wants and person.id not in confirmed
    }
    fixed: dict[str, Counter[str | None]] = {slot.id: Counter() for slot in problem.slots}
    for person_id, slot_id in problem.locked:
        fixed[slot_id][people[person_id].group] += 1
    held: dict[str, list[tuple[tuple[object, ...], str]]] = {slot.id: [] for slot in problem.slots}
    waiting = sorted(asks, reverse=True)
    while waiting:
        person_id = waiting.pop()
        if not asks[person_id]:
            continue
        wish = asks[person_id].pop()
        slot = slots[wish.slot]
        held[slot.id].append((key(people[person_id], wish.company), person_id))
        waiting.extend(_turn_away(slot, held[slot.id], people, fixed[slot.id]))
    pairs = {(person, slot_id) for slot_id, rows in held.items() for _, person in rows}
    return frozenset(pairs | problem.locked)


def _turn_away(
    slot: Slot,
    rows: list[tuple[tuple[object, ...], str]],
    people: dict[str, Person],
    fixed: Counter[str | None],
) -> list[str]:
    """Keep the best people that fit (changes `rows`), return the others."""
    inside = fixed.copy()
    kept: list[tuple[tuple[object, ...], str]] = []
    away = []
    for row in sorted(rows):
        inside[people[row[1]].group] += 1
        if fits(slot, inside):
            kept.append(row)
        else:
            inside[people[row[1]].group] -= 1
            away.append(row[1])
    rows[:] = kept
    return away


def allocate(problem: Problem, policy: Policy, seed: int) -> Pairs:
    """The pairs a policy makes (not for `Policy.FAIR`, which is a solver of its own)."""
    problem.check()
    if policy is Policy.STABLE:
        return deferred_acceptance(problem, seed)
    if policy is Policy.LOTTERY:
        order = sorted(problem.people, key=lambda person: (ticket(seed, person.id), person.id))
        return choose_in_turn(problem, order, all_at_once=False)
    if policy is Policy.FCFS:
        return choose_in_turn(problem, problem.people, all_at_once=True)
    raise ValueError(f"{policy} is not a policy of turns")


def envious(problem: Problem, pairs: Pairs, seed: int) -> frozenset[str]:
    """People who would rather sit where a seat is free or somebody of lower precedence sits."""
    key = precedence(problem, seed)
    wishes = {(wish.person, wish.slot): wish for wish in problem.wishes}
    seats = Seats(problem)
    for person_id, slot_id in pairs - problem.locked:
        seats.seat(person_id, slot_id)
    lowest: dict[str, tuple[object, ...]] = {}
    for person_id, slot_id in pairs - problem.locked:
        row = key(seats.people[person_id], wishes[person_id, slot_id].company)
        lowest[slot_id] = max(lowest.get(slot_id, row), row)
    found = set()
    for wish in problem.wishes:
        person, slot = seats.people[wish.person], seats.slots[wish.slot]
        if not _would_rather(problem, seats, wishes, wish) or (wish.person in found):
            continue
        taken = wish.slot in lowest and key(person, wish.company) < lowest[wish.slot]
        if taken or seats.free(slot, person.group):
            found.add(wish.person)
    return frozenset(found)


def _would_rather(
    problem: Problem, seats: Seats, wishes: dict[tuple[str, str], Wish], wish: Wish
) -> bool:
    """True if the person may have the slot, clashes with nothing kept, and prefers it to a place held."""
    person, slot = seats.people[wish.person], seats.slots[wish.slot]
    held = seats.held[wish.person]
    if slot in held or not person.wants or not eligible(problem, person, slot):
        return False
    confirmed = {place for who, place in problem.locked if who == person.id}
    in_the_way = [place for place in held if clash(slot, place)]
    if len(in_the_way) > 1 or any(place.id in confirmed for place in held if place in in_the_way):
        return False
    if not in_the_way and len(held) < person.wants:
        return True
    given_up = in_the_way or [place for place in held if place.id not in confirmed]
    ranks = [
        wishes[person.id, place.id].rank for place in given_up if (person.id, place.id) in wishes
    ]
    return bool(ranks) and wish.rank < max(ranks)
