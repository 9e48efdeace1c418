"""The week: several places per person, one a day, each company once, seats per slot.

First as many people as possible with one place, then with two, and so on; then equity,
different fields, wishes, travel, the companies' view and the lottery. Without the company rule that
is one flow. With it (NP-hard) small weeks are solved exactly; large ones by flows that keep one slot
per person and company, each containing the last answer, beside a bound that prices prove.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
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
from fairplace.week_descent import (
    feasible_part,
    one_per_company,
    refine,
    refine_parts,
    repeats,
    widen,
)
from fairplace.week_exact import solve_exactly
from fairplace.week_network import WeekFlow, solve_flow
from fairplace.week_objective import names, reached, repeat_cost, vector
from fairplace.week_prices import ROUNDS, Market, Prices, find_prices
from fairplace.week_reasons import week_reasons
from fairplace.week_regions import row_of_people
from fairplace.worth import seat_worth

LARGE = 60_000
"""Wishes from which a week with companies goes to chains and prices without asking one flow first."""
VERY_LARGE = 1_000_000
"""Wishes from which a week is solved part by part, and prices get half the rounds."""
PROVED_PLACES = 2
"""Prices are sought longest for the first two places: most of what a week can win or lose is there."""
THREADS = 2
"""Bounds sought at the same time; each is found alone, so the number changes nothing but the time."""
MORE_ROUNDS = 40
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
    """The granted wishes (E,) and their proof; `final` is the answer as a flow with one slot per company open.

    There is none if the answer was found part by part.
    """

    granted: Mask
    final: WeekFlow | None
    proof: Proof


def solve_week(problem: Problem, *, seed: int, explain: bool = True) -> Solution:
    """The fairest week, with its bound; `explain=False` leaves `reasons` empty.

    Raises ProblemError if the problem contradicts itself or uses a rule only the block knows.
    """
    compiled = _compile(problem, seed)
    best = best_week(compiled.arrays, whole=True)
    solution = _solution(problem, compiled, best.granted, best.proof, (seed, "fair"))
    if not explain or best.final is None:
        return solution
    tell("explain")
    slots = [slot.id for slot in compiled.slots]
    return replace(
        solution,
        reasons=week_reasons(problem, compiled, best.final),
        seats=seat_worth(best.final.network, best.final.result, compiled.arrays.people, slots),
    )


def best_week(arrays: WeekArrays, *, whole: bool = False) -> BestWeek:
    """The fairest week: proved if it is small or breaks no company rule by itself, else beside a bound.

    Very large weeks are solved part by part; with `whole` the last steps are flows over everybody,
    which reasons need and which take several times as long.
    """
    found = _proved(arrays)
    if isinstance(found, BestWeek):
        return found
    prices = find_all_prices(arrays)
    granted = feasible_part(arrays, arrays.kept > 0)
    row = row_of_people(arrays) if len(arrays.slot) > VERY_LARGE else None
    if granted.any():
        granted = Chains(arrays, granted).improve()
    else:
        steps = (2, 3, arrays.most) if row is None else (2, arrays.most)
        for places in sorted({min(step, arrays.most) for step in steps}):
            granted = widen(arrays, granted, places, prices[places - 1], row)
    proof = Proof(price_bound(arrays, prices), None, prices)
    if row is not None and not whole:
        return BestWeek(refine_parts(arrays, granted, row), None, proof)
    final = refine(arrays, granted)
    if found is not None:
        searched = refine(arrays, found)
        if vector(arrays, searched.granted) < vector(arrays, final.granted):
            final = searched
    return BestWeek(final.granted, final, proof)


def _proved(arrays: WeekArrays) -> BestWeek | Mask | None:
    """An optimal week, if one flow or the exact search proves it, else what the search found (E,), if anything."""
    if len(arrays.slot) > LARGE and (arrays.company >= 0).any():
        return None
    relaxed = solve_flow(arrays, np.arange(len(arrays.slot), dtype=np.int64))
    again = repeat_cost(arrays, relaxed.granted)[relaxed.granted].any()
    if not again and not repeats(arrays, relaxed.granted).any():
        bound = Bound(vector(arrays, relaxed.granted), tight=True)
        return BestWeek(relaxed.granted, relaxed, Proof(bound, relaxed, ()))
    searched = solve_exactly(arrays)
    if searched is None or not searched.proved:
        return None if searched is None else searched.granted
    exact = searched.granted
    keep = np.flatnonzero(one_per_company(arrays, exact, arrays.rank_cost))
    final = solve_flow(arrays, keep, preferred=exact)
    bound = Bound(vector(arrays, exact), tight=True)
    return BestWeek(final.granted, final, Proof(bound, relaxed, ()))


def find_all_prices(arrays: WeekArrays) -> tuple[Prices, ...]:
    """Prices for the first place of everybody, the first two, and so on."""

    def find(places: int) -> Prices:
        rounds = ROUNDS if places == PROVED_PLACES else MORE_ROUNDS
        if len(arrays.slot) > VERY_LARGE:
            rounds //= 2
        return find_prices(Market(arrays), places, rounds)

    every = range(1, arrays.most + 1)
    if len(arrays.slot) < LARGE:
        return tuple(map(find, every))
    with ThreadPoolExecutor(THREADS) as pool:  # the kernel lets go of the interpreter's lock
        return tuple(pool.map(find, every))


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
    if isinstance(found, BestWeek):
        proof = found.proof
    else:
        prices = find_all_prices(arrays)
        proof = Proof(price_bound(arrays, prices), None, prices)
    wishes = zip(arrays.person.tolist(), arrays.slot.tolist(), strict=True)
    granted = np.array(
        [(compiled.people[p].id, compiled.slots[s].id) in pairs for p, s in wishes], dtype=np.bool_
    )
    return _solution(problem, compiled, granted, proof, (seed, policy))


def _refuse(problem: Problem) -> None:
    """Raise ProblemError that names the rule of the block a week cannot keep.

    Chains move single places and the company rule already makes the week hard; who goes without per
    group would have to be counted in every step. A week is fair to people by its first level.
    """
    rules, why = problem.rules, "a week counts places per person, not people per group"
    if rules.equity is Equity.PARITY:
        raise ProblemError(f"parity is one of the rules of the block: {why}; use none or strict")
    if rules.floors:
        group = rules.floors[0].group
        raise ProblemError(f"the floor of {group!r} is one of the rules of the block: {why}")
    reserved = sorted(slot.id for slot in problem.slots if slot.reserved)
    if reserved:
        raise ProblemError(
            f"reserved seats are one of the rules of the block: {why} (slot {reserved[0]!r}); "
            "a slot of its own with wishes of that group only does the same"
        )


def _compile(problem: Problem, seed: int) -> CompiledWeek:
    check_seed(seed)
    _refuse(problem)
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
