"""The question: who wants which place, how many places there are, and by which rules they are given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

MAX_CAPACITY = 1_000_000
MAX_RANK = 1_000_000
MAX_COST = 1_000_000
MAX_SEED = 2**63 - 1
MAX_WANTS = 60


class ProblemError(ValueError):
    """The question contradicts itself; the message names the first offending person, slot or wish."""


class Equity(StrEnum):
    """Who goes without when there are not enough places. No setting ever costs a place in total."""

    NONE = "none"
    """Everybody counts the same."""
    PARITY = "parity"
    """No group goes without more often than all people together, as far as the places allow."""
    STRICT = "strict"
    """A higher `Person.priority` is placed first."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wants `wants` places (one per day) and can come on `days` (None: on every day).

    `group` is the label that parity, quotas, floors and reserved seats speak of; `priority` the
    class of strict equity, higher goes first.
    """

    id: str
    wants: int = 1
    group: str | None = None
    priority: int = 0
    days: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """`capacity` seats in one place, on one day if `day` is set; `reserved` seats are for one group only."""

    id: str
    capacity: int
    company: str | None = None
    day: str | None = None
    field: str | None = None
    reserved: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """`person` may be placed in `slot`; rank 1 is the best, equal ranks are equally welcome.

    `travel` (for example km) and `company` (the company's own rank of the person, 0 is the best)
    decide between outcomes that fulfil the wishes equally well.
    """

    person: str
    slot: str
    rank: int
    travel: int = 0
    company: int = 0


@dataclass(frozen=True, slots=True)
class Floor:
    """At least `placed` people of `group` shall be placed (a school, a class, a quota in people)."""

    group: str
    placed: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The region's decision, taken before the run."""

    equity: Equity = Equity.STRICT
    floors: tuple[Floor, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything an allocation depends on, apart from the seed.

    `locked` pairs are confirmed: they keep their seat whatever happens. `banned` pairs were
    declined: they are never made again. Neither needs to be a wish. `tentative` pairs were proposed
    but not confirmed: they move only if that places more people or the equity rule asks for it.
    """

    people: tuple[Person, ...]
    slots: tuple[Slot, ...]
    wishes: tuple[Wish, ...]
    rules: Rules = field(default_factory=Rules)
    locked: frozenset[tuple[str, str]] = frozenset()
    banned: frozenset[tuple[str, str]] = frozenset()
    tentative: frozenset[tuple[str, str]] = frozenset()

    def is_week(self) -> bool:
        """True if the rules of a week apply: a slot has a day, or somebody wants several places."""
        return any(slot.day is not None for slot in self.slots) or any(
            person.wants > 1 for person in self.people
        )

    def check(self) -> None:
        """Raise ProblemError unless ids are unique and known, and numbers are whole and in range."""
        people = _unique("person", (person.id for person in self.people))
        slots = _unique("slot", (slot.id for slot in self.slots))
        for person in self.people:
            _whole(f"person {person.id!r}: wants", person.wants, 0, MAX_WANTS)
            _whole(f"person {person.id!r}: priority", person.priority, -1_000, 1_000)
        for slot in self.slots:
            _check_slot(slot)
        seen: set[tuple[str, str]] = set()
        for wish in self.wishes:
            _check_wish(wish, people, slots)
            if (wish.person, wish.slot) in seen:
                raise ProblemError(f"person {wish.person!r} ranks slot {wish.slot!r} twice")
            seen.add((wish.person, wish.slot))
        for person_id, slot_id in sorted(self.locked | self.banned | self.tentative):
            _known(person_id, people, "person")
            _known(slot_id, slots, "slot")
        _check_rules(self.rules)
        _check_locks(self)


def _unique(kind: str, ids: Iterable[str]) -> frozenset[str]:
    seen: set[str] = set()
    for value in ids:
        if not isinstance(value, str) or not value or "\0" in value:
            raise ProblemError(
                f"{kind} id {value!r} must be a text that is not empty and holds no NUL"
            )
        if value in seen:
            raise ProblemError(f"{kind} {value!r} occurs twice")
        seen.add(value)
    return frozenset(seen)


def _whole(what: str, value: int, least: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ProblemError(f"{what} must be a whole number, not {value!r}")
    if not least <= value <= most:
        raise ProblemError(f"{what} must lie between {least} and {most}, not {value}")


def _known(value: str, known: frozenset[str], kind: str) -> None:
    if value not in known:
        raise ProblemError(f"{kind} {value!r} is not known")


def _check_slot(slot: Slot) -> None:
    _whole(f"slot {slot.id!r}: capacity", slot.capacity, 0, MAX_CAPACITY)
    groups = [group for group, _ in slot.reserved]
    if len(set(groups)) < len(groups):
        raise ProblemError(f"slot {slot.id!r} reserves seats for one group twice")
    for group, seats in slot.reserved:
        _whole(f"slot {slot.id!r}: seats reserved for {group!r}", seats, 0, MAX_CAPACITY)
    if sum(seats for _, seats in slot.reserved) > slot.capacity:
        raise ProblemError(f"slot {slot.id!r} reserves more seats than it has")


def _check_wish(wish: Wish, people: frozenset[str], slots: frozenset[str]) -> None:
    _known(wish.person, people, "person")
    _known(wish.slot, slots, "slot")
    what = f"wish of {wish.person!r} for {wish.slot!r}"
    _whole(f"{what}: rank", wish.rank, 1, MAX_RANK)
    _whole(f"{what}: travel", wish.travel, 0, MAX_COST)
    _whole(f"{what}: company", wish.company, 0, MAX_COST)


def _check_rules(rules: Rules) -> None:
    groups = [floor.group for floor in rules.floors]
    if len(set(groups)) < len(groups):
        raise ProblemError("a group has two floors")
    for floor in rules.floors:
        _whole(f"floor of {floor.group!r}", floor.placed, 0, MAX_CAPACITY)


def _check_locks(problem: Problem) -> None:
    """Confirmed pairs must fit by themselves; the engine never undoes one."""
    slots = {slot.id: slot for slot in problem.slots}
    wants = {person.id: person.wants for person in problem.people}
    seats: dict[str, int] = {}
    held: dict[str, int] = {}
    days: set[tuple[str, str]] = set()
    for person_id, slot_id in sorted(problem.locked):
        seats[slot_id] = seats.get(slot_id, 0) + 1
        held[person_id] = held.get(person_id, 0) + 1
        day = slots[slot_id].day
        if day is not None:
            if (person_id, day) in days:
                raise ProblemError(f"person {person_id!r} is confirmed twice on {day}")
            days.add((person_id, day))
        if (person_id, slot_id) in problem.banned:
            raise ProblemError(
                f"person {person_id!r} and slot {slot_id!r} are both confirmed and declined"
            )
    for slot_id, count in seats.items():
        if count > slots[slot_id].capacity:
            raise ProblemError(f"slot {slot_id!r} has more confirmed people than seats")
    for person_id, count in held.items():
        if count > wants[person_id]:
            raise ProblemError(f"person {person_id!r} has more confirmed places than wanted")
