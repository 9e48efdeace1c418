"""The one door to the allocation engine: frozen input in, plain result out. Needs neither Django nor a database."""

from collections.abc import Callable, Mapping
from typing import Any

from fairplace import (
    VERSION,
    Equity,
    Person,
    Problem,
    Rules,
    Slot,
    Solution,
    Wish,
    compare,
    rematch,
    solve,
    watching,
)

ENGINE_VERSION = f"fairplace {VERSION}"
# From this format of the input on, the result says where one more seat would help.
SEATS_SINCE = 2
COMPARE = "rules"


def compute(
    frozen: Mapping[str, Any], report: Callable[[str], None] | None = None
) -> dict[str, Any]:
    """Answer a frozen input. Equal inputs give equal results, on any machine. Raises what fairplace raises.

    `report` is told "solve", "prove", "explain" as they begin, possibly again and again; it may raise to stop.
    """
    with watching(report or (lambda stage: None)):
        if frozen.get("ask") == COMPARE:
            return _policies(frozen)
        solution = _solution(frozen)
    result = _result(solution)
    if frozen["format"] >= SEATS_SINCE:
        result["seats"] = [
            [row.slot, [list(part) for part in row.change]] for row in solution.seats
        ]
    return result


def _solution(frozen: Mapping[str, Any]) -> Solution:
    """A fill-up names what is tentative, also where nothing is, and is solved around what stands."""
    problem, seed = problem_of(frozen), int(frozen["seed"])
    if "tentative" not in frozen:
        return solve(problem, seed=seed)
    proposed = [(row[0], row[1]) for row in frozen["tentative"]]
    return rematch(problem, proposed=proposed, seed=seed).solution


def problem_of(frozen: Mapping[str, Any]) -> Problem:
    """The frozen input in the engine's words. A school is the group that parity speaks of.

    `order` (entries as they were handed in) matters to first come first served alone.
    """
    place = {person: index for index, person in enumerate(frozen.get("order", ()))}
    people = sorted(frozen["people"], key=lambda row: place.get(row[0], len(place)))
    return Problem(
        people=tuple(
            Person(id_, wants=wants, group=group, priority=priority, days=_days(days))
            for id_, wants, group, priority, days in people
        ),
        slots=tuple(
            Slot(id_, seats, company=company, day=day, field=field)
            for id_, seats, company, day, field in frozen["slots"]
        ),
        wishes=tuple(
            Wish(person, slot, rank, travel=travel)
            for person, slot, rank, travel in frozen["wishes"]
        ),
        rules=Rules(equity=Equity(frozen["equity"])),
        locked=frozenset((row[0], row[1]) for row in frozen.get("locked", ())),
        banned=frozenset((row[0], row[1]) for row in frozen.get("banned", ())),
    )


def _days(days: list[str] | None) -> frozenset[str] | None:
    return None if days is None else frozenset(days)


def _policies(frozen: Mapping[str, Any]) -> dict[str, Any]:
    """The same input under every policy that it allows."""
    outcomes = compare(problem_of(frozen), seed=int(frozen["seed"]))
    return {
        "engine": ENGINE_VERSION,
        "policies": [
            {
                "policy": outcome.policy.value,
                "placed": outcome.placed,
                "days": list(outcome.days),
                "rank_cost": outcome.rank_cost,
                "travel": outcome.travel,
                "envious": outcome.envious,
                "assignments": [[a.person, a.slot, a.rank] for a in outcome.solution.assignments],
            }
            for outcome in outcomes
        ],
    }


def _result(solution: Solution) -> dict[str, Any]:
    certificate = solution.certificate
    return {
        "engine": f"fairplace {solution.version}",
        "assignments": [[a.person, a.slot, a.rank] for a in solution.assignments],
        "unplaced": list(solution.unplaced),
        "levels": [[level.name, level.value, level.bound] for level in solution.levels],
        "certificate": {
            "primal": str(certificate.primal),
            "dual": str(certificate.dual),
            "holds": certificate.holds,
        },
        "days": list(solution.days),
        "days_bound": list(solution.days_bound),
        "engine_input_hash": solution.input_hash,
        "engine_result_hash": solution.result_hash,
        "reasons": {
            person: {
                "code": str(reason.code),
                "lottery": reason.lottery,
                "people": reason.people,
                "wishes": [[w.slot, w.rank, str(w.code)] for w in reason.wishes],
            }
            for person, reason in sorted(solution.reasons.items())
        },
    }
