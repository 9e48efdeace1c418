"""The week: several places per person, one a day, each company once, seats per slot.

First as many people as possible with one place, then with two, and so on; then equity, wishes,
travel, the companies' view and the lottery. Without the company rule that is one flow, which also
bounds every answer. With it (NP-hard) the answer is found by flows that keep one slot per person
and company, each containing the last answer, and small problems are then solved exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fairplace.block import check_seed
from fairplace.canonical import VERSION, input_hash, result_hash
from fairplace.certificate import primal_value
from fairplace.ints import Mask
from fairplace.model import Equity, Problem, ProblemError
from fairplace.progress import tell
from fairplace.solution import Assignment, Certificate, Level, Solution
from fairplace.week_arrays import CompiledWeek, WeekArrays, compile_week
from fairplace.week_descent import descend, one_per_company, repeats
from fairplace.week_exact import MAX_WISHES, solve_exactly
from fairplace.week_network import WeekFlow, solve_flow
from fairplace.week_objective import names, reached, vector
from fairplace.week_reasons import week_reasons
from fairplace.worth import seat_worth


@dataclass(frozen=True, slots=True)
class Bound:
    """A lower bound of the objective's vector; `tight` if some week reaches it."""

    vector: tuple[int, ...]
    tight: bool


def solve_week(problem: Problem, *, seed: int, explain: bool = True) -> Solution:
    """The fairest week, with its bound; `explain=False` leaves `reasons` empty.

    Raises ProblemError if the problem contradicts itself or uses a rule only the block knows.
    """
    compiled = _compile(problem, seed)
    arrays = compiled.arrays
    relaxed, final, bound = best_week(arrays)
    certificate = _certificate(relaxed, final.granted, arrays)
    solution = _solution(problem, compiled, final.granted, bound, certificate, (seed, "fair"))
    if not explain:
        return solution
    tell("explain")
    slots = [slot.id for slot in compiled.slots]
    return replace(
        solution,
        reasons=week_reasons(problem, compiled, final),
        seats=seat_worth(final.network, final.result, arrays.people, slots),
    )


def best_week(arrays: WeekArrays) -> tuple[WeekFlow, WeekFlow, Bound]:
    """The flow without the company rule, the answer's flow, and the bound of the objective."""
    every = np.arange(len(arrays.slot), dtype=np.int64)
    large = len(every) > MAX_WISHES
    relaxed = solve_flow(arrays, every, draw=not large)
    if not repeats(arrays, relaxed.granted).any():
        flow = solve_flow(arrays, every) if large else relaxed
        return flow, flow, Bound(vector(arrays, flow.granted), tight=True)
    exact = solve_exactly(arrays)
    if exact is None:
        bound = vector(arrays, relaxed.granted)
        return relaxed, descend(arrays, relaxed), Bound((*bound[:-2], 0, 0), tight=False)
    keep = np.flatnonzero(one_per_company(arrays, exact, arrays.rank_cost))
    return relaxed, solve_flow(arrays, keep), Bound(vector(arrays, exact), tight=True)


def measure_week(
    problem: Problem, pairs: frozenset[tuple[str, str]], *, seed: int, policy: str
) -> Solution:
    """A week from elsewhere in the terms of the engine: its levels beside the bound."""
    compiled = _compile(problem, seed)
    arrays = compiled.arrays
    relaxed, _, bound = best_week(arrays)
    wishes = zip(arrays.person.tolist(), arrays.slot.tolist(), strict=True)
    granted = np.array(
        [(compiled.people[p].id, compiled.slots[s].id) in pairs for p, s in wishes], dtype=np.bool_
    )
    certificate = _certificate(relaxed, granted, arrays)
    return _solution(problem, compiled, granted, bound, certificate, (seed, policy))


def _compile(problem: Problem, seed: int) -> CompiledWeek:
    check_seed(seed)
    rules = problem.rules
    reserved = any(slot.reserved for slot in problem.slots)
    if rules.equity is Equity.PARITY or rules.floors or reserved:
        raise ProblemError("parity, floors and reserved seats are rules of the block")
    return compile_week(problem, seed)


def _solution(
    problem: Problem,
    compiled: CompiledWeek,
    granted: Mask,
    bound: Bound,
    certificate: Certificate,
    how: tuple[int, str],
) -> Solution:
    arrays = compiled.arrays
    seed, policy = how
    ranks = {(wish.person, wish.slot): wish.rank for wish in problem.wishes}
    pairs = set(problem.locked)
    for wish in np.flatnonzero(granted).tolist():
        person = compiled.people[int(arrays.person[wish])]
        pairs.add((person.id, compiled.slots[int(arrays.slot[wish])].id))
    assignments = tuple(Assignment(p, s, ranks.get((p, s))) for p, s in sorted(pairs))
    placed = {person for person, _ in pairs}
    value = vector(arrays, granted)
    levels = tuple(Level(*row) for row in zip(names(arrays), value, bound.vector, strict=True))
    digest = input_hash(problem)
    return Solution(
        assignments=assignments,
        unplaced=tuple(person.id for person in compiled.people if person.id not in placed),
        levels=levels,
        certificate=certificate,
        reasons={},
        days=reached(arrays, value),
        days_bound=reached(arrays, bound.vector),
        tight=bound.tight,
        policy=policy,
        seed=seed,
        version=VERSION,
        input_hash=digest,
        result_hash=result_hash(digest, seed, policy, assignments, levels),
    )


def _certificate(relaxed: WeekFlow, granted: Mask, arrays: WeekArrays) -> Certificate:
    """The answer's cost against the relaxed flow's proved value, in the first stage's weights."""
    stage = relaxed.result.stages[0]
    if (granted == relaxed.granted).all():
        return Certificate(tuple(s.stage for s in relaxed.result.stages))
    flow = np.zeros(len(relaxed.network.tail), dtype=np.int64)
    flow[: len(granted)] = granted
    missed = len(flow) - int(arrays.wants.sum())
    got = np.bincount(arrays.person[granted], minlength=arrays.people)
    first = np.cumsum(arrays.wants) - arrays.wants
    nth = np.arange(int(arrays.wants.sum())) - np.repeat(first, arrays.wants)
    flow[missed:] = nth >= np.repeat(got, arrays.wants)
    primal = primal_value(stage.cost, flow)
    return Certificate((replace(stage.stage, primal=primal),))
