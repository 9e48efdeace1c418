"""fairplace in the shell: solve, explain, compare, check. Bad input: one line, exit 2, nothing written."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from fairplace.canonical import VERSION
from fairplace.check import check
from fairplace.compare import Outcome, compare, solve
from fairplace.model import MAX_CAPACITY, MAX_SEED, Equity, Problem, ProblemError, Rules
from fairplace.policies import Policy
from fairplace.preflib import is_preflib, read_preflib
from fairplace.sentences import Language, Reader, overall, sentence
from fairplace.solution import Solution
from fairplace.tables import read_problem, read_result, whole, write_result


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line instead of printing the usage first."""

    def error(self, message: str) -> NoReturn:
        raise ProblemError(message)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _seed(text: str) -> int:
    try:
        return whole("--seed", "seed", text, 0, MAX_SEED)
    except ProblemError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _capacity(text: str) -> int:
    try:
        return whole("--capacity", "capacity", text, 0, MAX_CAPACITY)
    except ProblemError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def build_parser() -> argparse.ArgumentParser:
    """All commands and options."""
    parser = _Parser(
        prog="fairplace", description="Give places to people: fairly, provably, explained."
    )
    parser.add_argument("--version", action="version", version=f"fairplace {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True)
    problem = _Parser(add_help=False)
    problem.add_argument(
        "--wishes", type=Path, required=True, help="person,slot,rank or a PrefLib file"
    )
    problem.add_argument("--slots", type=Path, help="slot,capacity[,company,day,field]")
    problem.add_argument("--people", type=Path, help="person[,wants,group,priority,days]")
    problem.add_argument("--capacity", type=_capacity, default=1, help="seats per slot (PrefLib)")
    problem.add_argument("--equity", type=Equity, choices=list(Equity), default=Equity.STRICT)
    problem.add_argument("--seed", type=_seed, default=None, help="seed of the draw (default 0)")
    task = commands.add_parser("solve", parents=[problem], help="allocate and write the result")
    task.add_argument("--policy", type=Policy, choices=list(Policy), default=Policy.FAIR)
    task.add_argument("--out", type=Path, required=True, help="result: person,slot,rank")
    task.set_defaults(run=run_solve)
    task = commands.add_parser("explain", parents=[problem], help="say why")
    task.add_argument("--person", help="only this person")
    task.add_argument("--slot", help="only this wish")
    task.add_argument("--reader", type=Reader, choices=list(Reader), default=Reader.TEACHER)
    task.add_argument("--language", type=Language, choices=list(Language), default=Language.EN)
    task.set_defaults(run=run_explain)
    task = commands.add_parser("compare", parents=[problem], help="all policies side by side")
    task.add_argument("--json", action="store_true", help="as JSON instead of a table")
    task.set_defaults(run=run_compare)
    task = commands.add_parser("check", parents=[problem], help="check a result from anywhere")
    task.add_argument("result", type=Path, help="person,slot[,rank]")
    task.set_defaults(run=run_check)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns 0, 1 (check: not feasible or not optimal) or 2 (bad input)."""
    try:
        options = build_parser().parse_args(arguments)
        code: int = options.run(options)
    except (ProblemError, OverflowError) as error:
        sys.stderr.write(f"fairplace: {error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"fairplace: {error.filename or 'output'}: {error.strerror}\n")
        return 2
    return code


def read(options: argparse.Namespace) -> Problem:
    """The problem the options name."""
    rules = Rules(equity=options.equity)
    if is_preflib(options.wishes):
        if options.slots or options.people:
            raise ProblemError("a PrefLib file brings its own slots and people")
        found = read_preflib(options.wishes, options.capacity)
    elif options.slots is None:
        raise ProblemError("--slots is missing")
    else:
        found = read_problem(options.wishes, options.slots, options.people)
    problem = Problem(found.people, found.slots, found.wishes, rules)
    problem.check()
    return problem


def run_solve(options: argparse.Namespace) -> int:
    """Allocate, write the result, print the summary."""
    problem = read(options)
    began = time.perf_counter()
    solution = solve(problem, seed=options.seed or 0, policy=options.policy, explain=False)
    seconds = time.perf_counter() - began
    write_result(options.out, solution)
    _say(json.dumps({**summary(problem, solution), "seconds": round(seconds, 3)}))
    return 0


def summary(problem: Problem, solution: Solution) -> dict[str, object]:
    """The solution in figures."""
    certificate = solution.certificate
    return {
        "people": sum(1 for person in problem.people if person.wants),
        "placed": solution.placed,
        "rank_cost": solution.rank_cost,
        "policy": solution.policy,
        "days": list(solution.days),
        "days_bound": list(solution.days_bound),
        "levels": {level.name: level.value for level in solution.levels},
        "bound": {level.name: level.bound for level in solution.levels},
        "certificate": {"primal": certificate.primal, "dual": certificate.dual},
        "seed": solution.seed,
        "version": solution.version,
        "input_hash": solution.input_hash,
        "result_hash": solution.result_hash,
    }


def run_explain(options: argparse.Namespace) -> int:
    """Print one sentence per person and wish."""
    problem = read(options)
    reasons = solve(problem, seed=options.seed or 0).reasons
    if options.person is not None and options.person not in reasons:
        raise ProblemError(f"person {options.person!r} is not known")
    words = {"reader": options.reader, "language": options.language}
    chosen = [reasons[options.person]] if options.person is not None else list(reasons.values())
    lines = []
    for reason in chosen:
        rows = [row for row in reason.wishes if options.slot in (None, row.slot)]
        if options.slot is None:
            lines.append(f"{reason.person}: {overall(reason, **words)}")
        lines += [
            f"{reason.person}: {sentence(row, reason, place=row.slot, **words)}" for row in rows
        ]
    if not lines:
        raise ProblemError(f"nobody asked has a wish for slot {options.slot!r}")
    _say("\n".join(lines))
    return 0


def run_compare(options: argparse.Namespace) -> int:
    """Print the policies side by side."""
    outcomes = compare(read(options), seed=options.seed or 0)
    if options.json:
        _say(json.dumps([_plain(outcome) for outcome in outcomes]))
        return 0
    columns = f"{'policy':<10}{'placed':>8}{'rank cost':>11}{'1st':>7}{'2nd':>7}{'3rd':>7}"
    _say(f"{columns}{'travel':>9}{'envious':>9}  days")
    for row in outcomes:
        ranks = dict(row.ranks)
        wishes = "".join(f"{ranks.get(rank, 0):>7}" for rank in (1, 2, 3))
        days = " ".join(map(str, row.days))
        head = f"{row.policy.value:<10}{row.placed:>8}{row.rank_cost:>11}"
        _say(f"{head}{wishes}{row.travel:>9}{row.envious:>9}  {days}")
    return 0


def _plain(row: Outcome) -> dict[str, object]:
    return {
        "policy": row.policy.value,
        "placed": row.placed,
        "days": list(row.days),
        "rank_cost": row.rank_cost,
        "ranks": {str(rank): count for rank, count in row.ranks},
        "travel": row.travel,
        "groups": [{"group": s.group, "people": s.people, "placed": s.placed} for s in row.groups],
        "priorities": [{"priority": v, "people": n, "placed": k} for v, n, k in row.priorities],
        "envious": row.envious,
    }


def run_check(options: argparse.Namespace) -> int:
    """Print the verdict on a result."""
    problem = read(options)
    report = check(problem, read_result(options.result), seed=options.seed)
    verdict: dict[str, object] = {
        "feasible": report.feasible,
        "optimal": report.optimal,
        "violations": list(report.violations),
    }
    if report.solution is not None:
        figures = summary(problem, report.solution)
        wanted = ("people", "placed", "rank_cost", "levels", "bound", "certificate")
        verdict.update({key: figures[key] for key in wanted})
    _say(json.dumps(verdict))
    return 0 if report.feasible and report.optimal is not False else 1
