"""After the first answers: seats come back, people drop out, and the round goes on.

Confirmed pairs never move, declined ones are never made again, proposed ones stay unless moving them
places somebody more or the equity rule asks for it. The waiting list and the nightly fill-up of the
leftover market are this same function with nothing, or nothing new, declined.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from fairplace.arrays import BlockArrays
from fairplace.compare import solve
from fairplace.ints import Ints, Mask
from fairplace.model import Problem, ProblemError
from fairplace.solution import Solution
from fairplace.week_arrays import WeekArrays
from fairplace.week_chains import Chains
from fairplace.week_descent import feasible_part

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rematch:
    """The new answer beside the old proposals.

    `problem` is what was solved (for the audit record); pairs are sorted. `kept` proposals stand,
    `moved` ones were given up for the sake of others, `new` pairs are to be proposed now.
    """

    problem: Problem
    solution: Solution
    kept: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    new: tuple[Pair, ...]


def rematch(
    problem: Problem,
    *,
    proposed: Iterable[Pair],
    confirmed: Iterable[Pair] = (),
    declined: Iterable[Pair] = (),
    seed: int,
    explain: bool = True,
) -> Rematch:
    """Solve again around what was confirmed (stays), declined (gone) and proposed (stays if it can).

    Raises ProblemError if a pair is confirmed and declined, or confirmed pairs do not fit.
    """
    locked = problem.locked | frozenset(confirmed)
    banned = problem.banned | frozenset(declined)
    if locked & banned:
        person, slot = min(locked & banned)
        raise ProblemError(f"person {person!r} and slot {slot!r} are both confirmed and declined")
    tentative = (problem.tentative | frozenset(proposed)) - locked - banned
    again = replace(problem, locked=locked, banned=banned, tentative=tentative)
    solution = solve(again, seed=seed, explain=explain)
    pairs = {(row.person, row.slot) for row in solution.assignments}
    return Rematch(
        problem=again,
        solution=solution,
        kept=tuple(sorted(tentative & pairs)),
        moved=tuple(sorted(tentative - pairs)),
        new=tuple(sorted(pairs - tentative - locked)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """What is left of a block: `arrays` of the people still without a confirmed place.

    `wishes` are the indices of its wishes in the arrays before, `people` those of its people.
    """

    arrays: BlockArrays
    wishes: Ints
    people: Ints


def open_block(arrays: BlockArrays, confirmed: Mask, declined: Mask, tentative: Mask) -> Open:
    """The second round of a large block as arrays for `solve_arrays`: small, however many are confirmed.

    The masks (E,) speak of wishes. Confirmed people and their seats leave, declined pairs and slots
    without an open seat too (nobody can move out of a confirmed one). Confirmed people still count in
    parity and floors. Raises ProblemError if somebody has two confirmed places, a slot more than seats,
    or seats are reserved: which of them a confirmed person sits on, only `rematch` knows.
    """
    if len(arrays.reserved):
        raise ProblemError("open_block knows no reserved seats: use rematch")
    owner = arrays.person_of_wish()
    held = np.bincount(owner[confirmed], minlength=arrays.people)
    seats = arrays.capacity - np.bincount(arrays.slot[confirmed], minlength=arrays.slots)
    if (held > 1).any() or (seats < 0).any() or (confirmed & declined).any():
        raise ProblemError("confirmed places clash: one each, no more than seats, none declined")
    people = np.flatnonzero(held == 0)
    left = (held[owner] == 0) & ~declined & (seats[arrays.slot] > 0)
    wishes = np.flatnonzero(left)
    count = np.bincount(owner[wishes], minlength=arrays.people)[people]
    gone = np.bincount(arrays.group[held > 0] % len(arrays.absent), minlength=len(arrays.absent))
    wished = np.bincount(arrays.slot[wishes], minlength=arrays.slots) > 0
    slots, slot = np.flatnonzero(wished), (np.cumsum(wished) - 1)[arrays.slot[wishes]]
    few = replace(
        arrays,
        ptr=np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
        slot=slot.astype(np.int64),
        rank_cost=arrays.rank_cost[wishes],
        travel=arrays.travel[wishes],
        company=arrays.company[wishes],
        kept=tentative[wishes].astype(np.int64),
        capacity=seats[slots],
        priority=arrays.priority[people],
        group=arrays.group[people],
        absent=arrays.absent + gone,
        number=arrays.number[people],
        person_key=arrays.person_key[people],
        slot_key=arrays.slot_key[slots],
    )
    return Open(few, wishes, people)


def rematch_week(arrays: WeekArrays, confirmed: Mask, declined: Mask, tentative: Mask) -> Mask:
    """The second round of a large week in seconds: granted wishes (E,), confirmed ones included.

    Chains from what stands: confirmed wishes never move, declined ones are never made, tentative
    ones move only in chains that bring somebody one more place. Days already reached count. Not the
    last word on wishes and draw: `rematch` is, and takes as long as a first round.
    """
    held = np.bincount(arrays.person[confirmed], minlength=arrays.people)
    seats = arrays.capacity - np.bincount(arrays.slot[confirmed], minlength=arrays.slots)
    if (held > arrays.wants).any() or (seats < 0).any() or (confirmed & declined).any():
        raise ProblemError("confirmed places clash: no more than wanted or seats, none declined")
    left = ~confirmed & ~declined
    for label in (arrays.day, arrays.company):
        of_wish = label[arrays.slot]
        key = arrays.person * (int(label.max(initial=0)) + 1) + of_wish
        taken = np.zeros(arrays.people * (int(label.max(initial=0)) + 1), dtype=np.bool_)
        taken[key[confirmed & (of_wish >= 0)]] = True
        left &= (of_wish < 0) | ~taken[key * (of_wish >= 0)]
    wishes = np.flatnonzero(left)
    few = replace(
        arrays,
        person=arrays.person[wishes],
        slot=arrays.slot[wishes],
        rank_cost=arrays.rank_cost[wishes],
        travel=arrays.travel[wishes],
        company_view=arrays.company_view[wishes],
        kept=tentative[wishes].astype(np.int64),
        stale=arrays.stale[wishes],
        tie=arrays.tie[wishes],
        wants=arrays.wants - held,
        had=arrays.had + held,
        capacity=seats,
    )
    granted = confirmed.copy()
    granted[wishes[Chains(few, feasible_part(few, tentative[wishes])).improve(hasty=True)]] = True
    return granted
