"""The block: everybody gets at most one place (an internship of two weeks, a course, a camp).

Objective, each level strictly before the next: most placed, floors, equity, wishes, travel, the
companies' view, the lottery, and a last hash between seats that are equal in all of that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fairplace.arrays import BlockArrays, Compiled, compile_block
from fairplace.canonical import VERSION, input_hash, result_hash
from fairplace.certificate import primal_value
from fairplace.explain import Explainer
from fairplace.few_seats import from_the_seats, pays
from fairplace.flow import FlowResult, pin, solve_levels
from fairplace.ints import Ints, Mask, exact_dot
from fairplace.model import MAX_SEED, Equity, Problem, ProblemError
from fairplace.network import Network, build
from fairplace.progress import tell
from fairplace.reasons import block_reasons
from fairplace.solution import Assignment, Certificate, Level, Solution
from fairplace.worth import seat_worth


@dataclass(frozen=True, slots=True, eq=False)
class BlockFlow:
    """A solved block in arrays: `result.flow[:E]` is 1 for granted wishes."""

    network: Network
    result: FlowResult


def solve_arrays(arrays: BlockArrays, first: Mask | None = None) -> BlockFlow:
    """Solve and prove; for callers with more people than objects are good for.

    `first` (E,) marks the wishes to begin with (`candidates.shortlist`); it changes the time taken,
    never the answer.
    """
    unplaced = None
    if arrays.equity is Equity.PARITY:
        unplaced = _least_unplaced(arrays)
    network = build(arrays, unplaced)
    if first is None and pays(arrays, network):
        return BlockFlow(network, solve_levels(network, guess=from_the_seats(arrays, network)))
    if first is not None:
        others = np.ones(len(network.tail) - len(first), dtype=np.bool_)
        first = np.concatenate([first, others])
    return BlockFlow(network, solve_levels(network, first))


def _least_unplaced(arrays: BlockArrays) -> int:
    """Open people without a place in any allocation that places most."""
    network = build(arrays)
    first = Network(
        network.nodes, network.tail, network.head, network.cap, network.supply, network.levels[:1]
    )
    return exact_dot(solve_levels(first).flow, first.levels[0][1])


def check_seed(seed: int) -> None:
    """Raise ProblemError unless the seed is a whole number that every platform can store."""
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed <= MAX_SEED:
        raise ProblemError(
            f"the seed must be a whole number between 0 and {MAX_SEED}, not {seed!r}"
        )


def solve_block(problem: Problem, *, seed: int, explain: bool = True) -> Solution:
    """The fairest allocation of one place each, with proof; `explain=False` leaves `reasons` empty.

    Raises ProblemError if the problem contradicts itself, OverflowError if costs are too large.
    """
    check_seed(seed)
    compiled = compile_block(problem, seed)
    solved = solve_arrays(compiled.arrays)
    flow = solved.result.flow
    certificate = Certificate(tuple(stage.stage for stage in solved.result.stages))
    solution = _solution(problem, compiled, solved, flow, seed, "fair", certificate)
    if not explain:
        return solution
    tell("explain")
    granted = {a.person: a for a in solution.assignments}
    explainer = Explainer(solved.network, solved.result)
    reasons = block_reasons(problem, compiled, solved.network, explainer, granted)
    slots = [slot.id for slot in compiled.slots]
    seats = seat_worth(solved.network, solved.result, len(compiled.open_people), slots)
    return replace(solution, reasons=reasons, seats=seats)


def measure_block(
    problem: Problem, pairs: frozenset[tuple[str, str]], *, seed: int, policy: str
) -> Solution:
    """An allocation from elsewhere in the terms of the engine: its levels beside the best possible.

    The certificate's primal is what it costs, the dual what every allocation costs at least.
    """
    check_seed(seed)
    compiled = compile_block(problem, seed)
    solved = solve_arrays(compiled.arrays)
    arrays = compiled.arrays
    wishes = zip(arrays.person_of_wish().tolist(), arrays.slot.tolist(), strict=True)
    granted = np.array(
        [(compiled.open_people[p].id, compiled.slots[s].id) in pairs for p, s in wishes],
        dtype=np.bool_,
    )
    flow = pin(solved.network, granted)
    first = solved.result.stages[0]
    stage = replace(first.stage, primal=primal_value(first.cost, flow))
    return _solution(problem, compiled, solved, flow, seed, policy, Certificate((stage,)))


def _solution(
    problem: Problem,
    compiled: Compiled,
    solved: BlockFlow,
    flow: Ints,
    seed: int,
    policy: str,
    certificate: Certificate,
) -> Solution:
    assignments = _assignments(problem, compiled, flow)
    placed = {a.person for a in assignments}
    levels = tuple(
        Level(name, exact_dot(flow, cost), exact_dot(solved.result.flow, cost))
        for name, cost in solved.network.levels
    )
    open_people, unplaced = compiled.arrays.people, levels[0].bound
    digest = input_hash(problem)
    return Solution(
        assignments=assignments,
        unplaced=tuple(person.id for person in compiled.open_people if person.id not in placed),
        levels=levels,
        certificate=certificate,
        reasons={},
        days=(len(assignments),),
        days_bound=(len(problem.locked) + open_people - unplaced,),
        tight=True,
        policy=policy,
        seed=seed,
        version=VERSION,
        input_hash=digest,
        result_hash=result_hash(digest, seed, policy, assignments, levels),
    )


def _assignments(problem: Problem, compiled: Compiled, flow: Ints) -> tuple[Assignment, ...]:
    ranks = {(wish.person, wish.slot): wish.rank for wish in problem.wishes}
    pairs = set(problem.locked)
    arrays = compiled.arrays
    chosen = flow[: len(arrays.slot)].nonzero()[0]
    owners = arrays.person_of_wish()[chosen].tolist()
    for person, slot in zip(owners, arrays.slot[chosen].tolist(), strict=True):
        pairs.add((compiled.open_people[person].id, compiled.slots[slot].id))
    return tuple(
        Assignment(person, slot, ranks.get((person, slot))) for person, slot in sorted(pairs)
    )
