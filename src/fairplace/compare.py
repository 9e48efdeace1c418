"""The same problem under each policy, side by side, so that a region chooses knowingly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fairplace.block import check_seed, measure_block, solve_block
from fairplace.model import Problem
from fairplace.policies import Policy, allocate, envious
from fairplace.solution import Solution
from fairplace.week import measure_week, solve_week


@dataclass(frozen=True, slots=True)
class Share:
    """Of `people` in a group (None: without one), `placed` have a place."""

    group: str | None
    people: int
    placed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a policy makes of the problem.

    `ranks` counts places by wish rank, `travel` sums the journeys, `envious` are people who would
    rather sit where a seat is free or somebody of lower precedence (priority, company, lottery) sits.
    """

    policy: Policy
    placed: int
    days: tuple[int, ...]
    rank_cost: int
    ranks: tuple[tuple[int, int], ...]
    travel: int
    groups: tuple[Share, ...]
    priorities: tuple[tuple[int, int, int], ...]
    envious: int
    solution: Solution


def solve(
    problem: Problem, *, seed: int, policy: Policy = Policy.FAIR, explain: bool = True
) -> Solution:
    """Solve a block or a week, whichever the problem is (`Problem.is_week`), under a policy.

    Only the fair policy has reasons; the others are measured against its proof.
    """
    week = problem.is_week()
    if policy is Policy.FAIR:
        return (solve_week if week else solve_block)(problem, seed=seed, explain=explain)
    check_seed(seed)
    pairs = allocate(problem, policy, seed)
    measure = measure_week if week else measure_block
    return measure(problem, pairs, seed=seed, policy=policy.value)


def compare(
    problem: Problem, *, seed: int, policies: Iterable[Policy] | None = None
) -> tuple[Outcome, ...]:
    """One outcome per policy; deferred acceptance is left out where people want several places."""
    one_each = all(person.wants <= 1 for person in problem.people)
    chosen = policies or [p for p in Policy if p is not Policy.STABLE or one_each]
    return tuple(_outcome(problem, policy, seed) for policy in chosen)


def _outcome(problem: Problem, policy: Policy, seed: int) -> Outcome:
    solution = solve(problem, seed=seed, policy=policy, explain=False)
    pairs = frozenset((a.person, a.slot) for a in solution.assignments)
    with_place = {person for person, _ in pairs}
    people = [person for person in problem.people if person.wants]
    groups = Counter(person.group for person in people)
    placed = Counter(person.group for person in people if person.id in with_place)
    classes = Counter(person.priority for person in people)
    seated = Counter(person.priority for person in people if person.id in with_place)
    ranks = Counter(a.rank for a in solution.assignments if a.rank is not None)
    return Outcome(
        policy=policy,
        placed=solution.placed,
        days=solution.days,
        rank_cost=solution.rank_cost,
        ranks=tuple(sorted(ranks.items())),
        travel=sum(wish.travel for wish in problem.wishes if (wish.person, wish.slot) in pairs),
        groups=tuple(
            Share(group, groups[group], placed[group])
            for group in sorted(groups, key=lambda name: (name is None, name or ""))
        ),
        priorities=tuple((value, classes[value], seated[value]) for value in sorted(classes)),
        envious=len(envious(problem, pairs, seed)),
        solution=solution,
    )
