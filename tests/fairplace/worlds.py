"""Generated problems for property tests: small enough to enumerate, odd enough to find mistakes."""

from __future__ import annotations

from hypothesis import strategies as st

from fairplace import Equity, Floor, Person, Problem, Rules, Slot, Wish

GROUPS = ("north", "south")


@st.composite
def blocks(draw: st.DrawFn, *, people: int = 5, slots: int = 4, locks: bool = True) -> Problem:
    """Block problems with every rule switched on now and then."""
    crowd = tuple(
        Person(
            f"p{i}",
            wants=draw(st.sampled_from([1, 1, 1, 1, 0])),
            group=draw(st.sampled_from([None, *GROUPS])),
            priority=draw(st.sampled_from([0, 0, 1, 3])),
        )
        for i in range(draw(st.integers(0, people)))
    )
    places = tuple(draw(_slot(j)) for j in range(draw(st.integers(0, slots))))
    wishes = tuple(
        Wish(
            person.id,
            slot.id,
            rank=draw(st.integers(1, 4)),
            travel=draw(st.sampled_from([0, 3, 7])),
            company=draw(st.sampled_from([0, 0, 2])),
        )
        for person in crowd
        for slot in places
        if draw(st.sampled_from([True, True, False]))
    )
    rules = Rules(
        equity=draw(st.sampled_from(Equity)),
        floors=tuple(
            Floor(group, draw(st.integers(0, 3))) for group in GROUPS if draw(st.booleans())
        ),
    )
    banned = frozenset((w.person, w.slot) for w in wishes if draw(st.integers(0, 9)) == 0)
    locked = (
        frozenset(draw(_locks(crowd, places, banned))) if locks else frozenset[tuple[str, str]]()
    )
    return Problem(crowd, places, wishes, rules, locked, banned)


@st.composite
def _slot(draw: st.DrawFn, index: int) -> Slot:
    capacity = draw(st.integers(0, 2))
    reserved = (
        ((draw(st.sampled_from(GROUPS)), 1),) if capacity and draw(st.integers(0, 3)) == 0 else ()
    )
    return Slot(f"s{index}", capacity, reserved=reserved)


@st.composite
def _locks(
    draw: st.DrawFn,
    crowd: tuple[Person, ...],
    places: tuple[Slot, ...],
    banned: frozenset[tuple[str, str]],
) -> list[tuple[str, str]]:
    """At most one confirmed pair, on a slot without reserved seats."""
    pairs = [
        (person.id, slot.id)
        for person in crowd
        for slot in places
        if person.wants
        and slot.capacity
        and not slot.reserved
        and (person.id, slot.id) not in banned
    ]
    if not pairs or draw(st.integers(0, 3)):
        return []
    return [draw(st.sampled_from(pairs))]


@st.composite
def weeks(draw: st.DrawFn, *, companies: bool = True) -> Problem:
    """Week problems: up to 4 people, 3 days, companies open on several of them."""
    crowd = tuple(
        Person(
            f"p{i}",
            wants=draw(st.integers(0, 3)),
            priority=draw(st.sampled_from([0, 0, 1])),
            days=draw(st.sampled_from([None, None, frozenset({"mon", "tue"})])),
        )
        for i in range(draw(st.integers(0, 4)))
    )
    places = tuple(
        Slot(
            f"s{j}",
            draw(st.integers(0, 2)),
            company=draw(st.sampled_from([None, "x", "y"])) if companies else None,
            day=draw(st.sampled_from([None, "mon", "tue", "wed"])),
            field=draw(st.sampled_from([None, "care", "trade"])) if companies else None,
        )
        for j in range(draw(st.integers(0, 5)))
    )
    wishes = tuple(
        Wish(person.id, slot.id, draw(st.integers(1, 3)), travel=draw(st.sampled_from([0, 5])))
        for person in crowd
        for slot in places
        if draw(st.booleans())
    )
    banned = frozenset((w.person, w.slot) for w in wishes if draw(st.integers(0, 9)) == 0)
    return Problem(
        crowd, places, wishes, banned=banned, locked=frozenset(draw(_locks(crowd, places, banned)))
    )
