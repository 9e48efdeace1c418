"""The week: several places per person, one a day, each company once, seats per slot.

First as many people as possible with one place, then with two, and so on; then equity,
different fields, wishes, travel, the companies' view and the lottery. Without the company rule that
is one flow. With it (NP-hard) small weeks are solved exactly; large ones by flows that keep one slot
per person and company, each containing the last answer, beside a bound that prices prove.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fairplace.block import check_seed
from fairplace.canonical import VERSION, input_hash, result_hash
from fairplace.certificate import primal_value
from fairplace.ints import Ints, Mask
from fairplace.model import Equity, Problem, ProblemError
from fairplace.progress import tell
from fairplace.solution import Assignment, Certificate, Level, Solution, Stage
from fairplace.week_arrays import CompiledWeek, WeekArrays, compile_week
from fairplace.week_chains import Chains
from fairplace.week_descent import feasible_part, one_per_company, refine, repeats, widen
from fairplace.week_exact import solve_exactly
from fairplace.week_network import WeekFlow, solve_flow
from fairplace.week_objective import names, reached, repeat_cost, vector
from fairplace.week_prices import ROUNDS, Market, Prices, find_prices
from fairplace.week_reasons import week_reasons
from fairplace.worth import seat_worth

LARGE = 60_000
"""Wishes from which a week with companies goes to chains and prices without asking one flow first."""
PROVED_PLACES = 2
"""Prices are sought longest for the first two places: most of what a week can win or lose is there."""
MORE_ROUNDS = 60
"""Rounds for the other bounds."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A lower bound of the objective's vector; `tight` if some week reaches it."""

    vector: tuple[int, ...]
    tight: bool


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """The bound of every week, and what proves it: the flow without the company rule, or prices."""

    bound: Bound
    relaxed: WeekFlow | None
    prices: tuple[Prices, ...]


@dataclass(frozen=True, slots=True, eq=False)
class BestWeek:
    """The answer as a flow in which every person has one slot per company open, and its proof."""

    final: WeekFlow
    proof: Proof


def solve_week(problem: Problem, *, seed: int, explain: bool = True) -> Solution:
    """The fairest week, with its bound; `explain=False` leaves `reasons` empty.

    Raises ProblemError if the problem contradicts itself or uses a rule only the block knows.
    """
    compiled = _compile(problem, seed)
    best = best_week(compiled.arrays)
    solution = _solution(problem, compiled, best.final.granted, best.proof, (seed, "fair"))
    if not explain:
        return solution
    tell("explain")
    slots = [slot.id for slot in compiled.slots]
    return replace(
        solution,
        reasons=week_reasons(problem, compiled, best.final),
        seats=seat_worth(best.final.network, best.final.result, compiled.arrays.people, slots),
    )


def best_week(arrays: WeekArrays) -> BestWeek:
    """The fairest week: proved if it is small or breaks no company rule by itself, else beside a bound."""
    found = _proved(arrays)
    if found is not None:
        return found
    prices = find_all_prices(arrays)
    granted = feasible_part(arrays, arrays.kept > 0)
    if granted.any():
        granted = Chains(arrays, granted).improve()
    else:
        for places in sorted({min(step, arrays.most) for step in (2, 3, arrays.most)}):
            granted = widen(arrays, granted, places, prices[places - 1])
    final = refine(arrays, granted)
    return BestWeek(final, Proof(price_bound(arrays, prices), None, prices))


def _proved(arrays: WeekArrays) -> BestWeek | None:
    """An optimal week, if one flow or the exact search proves it."""
    if len(arrays.slot) > LARGE and (arrays.company >= 0).any():
        return None
    relaxed = solve_flow(arrays, np.arange(len(arrays.slot), dtype=np.int64))
    again = repeat_cost(arrays, relaxed.granted)[relaxed.granted].any()
    if not again and not repeats(arrays, relaxed.granted).any():
        bound = Bound(vector(arrays, relaxed.granted), tight=True)
        return BestWeek(relaxed, Proof(bound, relaxed, ()))
    exact = solve_exactly(arrays)
    if exact is None:
        return None
    keep = np.flatnonzero(one_per_company(arrays, exact, arrays.rank_cost))
    final = solve_flow(arrays, keep, preferred=exact)
    return BestWeek(final, Proof(Bound(vector(arrays, exact), tight=True), relaxed, ()))


def find_all_prices(arrays: WeekArrays) -> tuple[Prices, ...]:
    """Prices for the first place of everybody, the first two, and so on."""
    market = Market(arrays)
    return tuple(
        find_prices(market, places, ROUNDS if places == PROVED_PLACES else MORE_ROUNDS)
        for places in range(1, arrays.most + 1)
    )


def price_bound(arrays: WeekArrays, prices: tuple[Prices, ...]) -> Bound:
    """The bound that prices prove: N_t is at most what t places each allow, less N_1 ... N_t-1.

    That holds where N_1 ... N_t-1 reach their own bounds, which is what comparing vectors asks for.
    """
    wanted = arrays.wants + arrays.had
    short: list[int] = []
    before, people = 0, arrays.people
    for t, row in enumerate(prices, start=1):
        may = int((wanted >= t).sum())
        people = min(people, may, row.most - before)
        before += people
        short.append(may - people)
    rest = len(names(arrays)) - len(short)
    return Bound((*short, *[0] * rest), tight=False)


def measure_week(
    problem: Problem, pairs: frozenset[tuple[str, str]], *, seed: int, policy: str
) -> Solution:
    """A week from elsewhere in the terms of the engine: its levels beside the bound."""
    compiled = _compile(problem, seed)
    arrays = compiled.arrays
    found = _proved(arrays)
    if found is None:
        prices = find_all_prices(arrays)
        proof = Proof(price_bound(arrays, prices), None, prices)
    else:
        proof = found.proof
    wishes = zip(arrays.person.tolist(), arrays.slot.tolist(), strict=True)
    granted = np.array(
        [(compiled.people[p].id, compiled.slots[s].id) in pairs for p, s in wishes], dtype=np.bool_
    )
    return _solution(problem, compiled, granted, proof, (seed, policy))


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
    proof: Proof,
    how: tuple[int, str],
) -> Solution:
    arrays, bound = compiled.arrays, proof.bound
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
        certificate=_certificate(arrays, granted, proof),
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


def _certificate(arrays: WeekArrays, granted: Mask, proof: Proof) -> Certificate:
    """The answer's cost against what every week costs at least.

    With a relaxed flow in the weights of its first stage; with prices in first and second places missed.
    """
    if proof.relaxed is None:
        places = min(PROVED_PLACES, len(proof.prices))
        wanted = int(np.minimum(arrays.wants + arrays.had, places).sum())
        got = np.bincount(arrays.person[granted], minlength=arrays.people) + arrays.had
        missed = wanted - int(np.minimum(got, places).sum())
        levels = tuple(f"day {t}" for t in range(1, places + 1))
        dual = wanted - proof.prices[places - 1].most
        return Certificate((Stage(levels, (1,) * places, missed, dual),))
    stages = proof.relaxed.result.stages
    if (granted == proof.relaxed.granted).all():
        return Certificate(tuple(stage.stage for stage in stages))
    flow = _as_flow(arrays, granted, proof.relaxed)
    return Certificate((replace(stages[0].stage, primal=primal_value(stages[0].cost, flow)),))


def _as_flow(arrays: WeekArrays, granted: Mask, relaxed: WeekFlow) -> Ints:
    """The week on the relaxed network's arcs: wishes and places missed (others cost nothing)."""
    flow = np.zeros(len(relaxed.network.tail), dtype=np.int64)
    flow[: len(granted)] = granted
    missed = len(flow) - int(arrays.wants.sum())
    got = np.bincount(arrays.person[granted], minlength=arrays.people)
    first = np.cumsum(arrays.wants) - arrays.wants
    nth = np.arange(int(arrays.wants.sum())) - np.repeat(first, arrays.wants)
    flow[missed:] = nth >= np.repeat(got, arrays.wants)
    return flow
