"""The one door to the allocation engine: frozen input in, plain result out."""

from collections.abc import Mapping
from typing import Any

from fairplace import VERSION, Equity, Person, Problem, Rules, Slot, Solution, Wish, solve

ENGINE_VERSION = f"fairplace {VERSION}"


def compute(frozen: Mapping[str, Any]) -> dict[str, Any]:
    """Solve a frozen input. Equal inputs give equal results, on any machine. Raises what fairplace raises."""
    return _result(solve(problem_of(frozen), seed=int(frozen["seed"])))


def problem_of(frozen: Mapping[str, Any]) -> Problem:
    """The frozen input in the engine's words. A school is the group that parity speaks of."""
    return Problem(
        people=tuple(
            Person(id_, wants=wants, group=group, priority=priority, days=_days(days))
            for id_, wants, group, priority, days in frozen["people"]
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
