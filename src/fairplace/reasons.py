"""A true reason for every person and every wish that was better than what they got (block)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from fairplace.arrays import Compiled
from fairplace.explain import Explainer, Forced
from fairplace.model import Person, Problem, Wish
from fairplace.network import Network
from fairplace.solution import Assignment, Code, Move, Reason, WishReason

_LEVEL_CODES = {
    "unplaced": Code.PLACED,
    "days": Code.PLACED,
    "floors": Code.EQUITY,
    "equity": Code.EQUITY,
    "moved": Code.KEPT,
    "fields": Code.FIELDS,
    "wishes": Code.WISHES,
    "travel": Code.TRAVEL,
    "company": Code.COMPANY,
}


class _Block:
    """Where people and wishes sit in the network."""

    def __init__(
        self, problem: Problem, compiled: Compiled, network: Network, explainer: Explainer
    ) -> None:
        arrays = compiled.arrays
        self.seats = {slot.id: slot.capacity for slot in problem.slots}
        self.wanted = Counter(wish.slot for wish in problem.wishes)
        self.network = network
        self.explainer = explainer
        people = [person.id for person in compiled.open_people]
        pairs = list(zip(arrays.person_of_wish().tolist(), arrays.slot.tolist(), strict=True))
        self.arc = {(people[p], compiled.slots[s].id): arc for arc, (p, s) in enumerate(pairs)}
        self.slot_of = {arc: compiled.slots[s].id for arc, (_, s) in enumerate(pairs)}
        self.person_of = {arc: people[p] for arc, (p, _) in enumerate(pairs)}
        self.person_of.update({len(pairs) + p: name for p, name in enumerate(people)})


def moves_of(
    forced: Forced, person_of: Mapping[int, str], slot_of: Mapping[int, str]
) -> tuple[Move, ...]:
    """The steps of a repair as moves of people, in order; arcs that belong to nobody are passed over."""
    moves: list[Move] = []
    leaving: str | None = None
    for arc in forced.arcs:
        if arc >= 0:
            person = person_of.get(arc)
            if person is not None:
                moves.append(Move(person, leaving, slot_of.get(arc)))
        elif ~arc in person_of:
            leaving = slot_of.get(~arc)
    return tuple(moves)


def code_of(change: tuple[tuple[str, int], ...]) -> Code:
    """The rule that decided: the first level that forcing the wish would have changed."""
    return _LEVEL_CODES.get(change[0][0].split()[0], Code.LOTTERY) if change else Code.LOTTERY


def block_reasons(
    problem: Problem,
    compiled: Compiled,
    network: Network,
    explainer: Explainer,
    granted: Mapping[str, Assignment],
) -> dict[str, Reason]:
    """Reasons by person id, for everybody who wants a place."""
    block = _Block(problem, compiled, network, explainer)
    confirmed = {person for person, _ in problem.locked}
    forced = _force_better_wishes(compiled, block, granted)
    reasons: dict[str, Reason] = {}
    for person in sorted(problem.people, key=lambda person: person.id):
        if not person.wants:
            continue
        mine = granted.get(person.id)
        rows: tuple[WishReason, ...] = ()
        if person.id in confirmed and mine is not None:
            code = Code.CONFIRMED
        else:
            rows = tuple(
                _answer(problem, person, wish, mine, forced.get((person.id, wish.slot)), block)
                for wish in compiled.by_person[person.id]
            )
            code = Code.GRANTED if mine is not None else rows[0].code if rows else Code.NO_WISH
        reasons[person.id] = Reason(
            person.id, code, compiled.numbers[person.id], len(compiled.numbers), rows
        )
    return reasons


def is_better(wish: Wish, mine: Assignment | None) -> bool:
    """True if the wish would have been better than what the person got."""
    return mine is None or (mine.rank is not None and wish.rank < mine.rank)


def _answer(
    problem: Problem,
    person: Person,
    wish: Wish,
    mine: Assignment | None,
    forced: Forced | None,
    block: _Block,
) -> WishReason:
    facts = (wish.slot, wish.rank)
    crowd = (block.seats[wish.slot], block.wanted[wish.slot])
    if mine is not None and wish.slot == mine.slot:
        return WishReason(*facts, Code.GRANTED, *crowd)
    if (person.id, wish.slot) in problem.banned:
        return WishReason(*facts, Code.DECLINED, *crowd)
    if (person.id, wish.slot) not in block.arc:
        return WishReason(*facts, Code.AWAY, *crowd)
    if not is_better(wish, mine):
        return WishReason(*facts, Code.BETTER, *crowd)
    if forced is None:
        return WishReason(*facts, Code.NO_SEAT, *crowd)
    names = [name for name, _ in block.network.levels]
    change = tuple((name, value) for name, value in zip(names, forced.change, strict=True) if value)
    moves = moves_of(forced, block.person_of, block.slot_of)
    return WishReason(*facts, code_of(change), *crowd, change, moves)


def _force_better_wishes(
    compiled: Compiled, block: _Block, granted: Mapping[str, Assignment]
) -> dict[tuple[str, str], Forced]:
    """What forcing each better wish would change; wishes that no repair makes possible are missing."""
    asked = [
        (person.id, wish.slot, arc)
        for person in compiled.open_people
        for wish in compiled.by_person[person.id]
        if is_better(wish, granted.get(person.id))
        and (arc := block.arc.get((person.id, wish.slot))) is not None
    ]
    arcs = np.array([arc for *_, arc in asked], dtype=np.int64)
    network = block.network
    own = np.array([cost[arcs] for _, cost in network.levels], dtype=np.int64)
    answers = block.explainer.ask(network.head[arcs], network.tail[arcs], own)
    return {
        (person, slot): forced
        for (person, slot, _), forced in zip(asked, answers, strict=True)
        if forced is not None
    }
