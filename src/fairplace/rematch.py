"""After the first answers: seats come back, people drop out, and the round goes on.

Confirmed pairs never move, declined ones are never made again, proposed ones stay unless moving them
places somebody more or the equity rule asks for it. The waiting list and the nightly fill-up of the
leftover market are this same function with nothing, or nothing new, declined.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fairplace.compare import solve
from fairplace.model import Problem, ProblemError
from fairplace.solution import Solution

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
