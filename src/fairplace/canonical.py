"""One canonical text per problem and per result, and its SHA-256: what the audit record stores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from fairplace.model import Problem
from fairplace.solution import Assignment, Level

VERSION = "1.1"
"""Version of the rules of the engine: it changes whenever an equal input may give another result."""


def _digest(rows: Iterable[Sequence[object]]) -> str:
    total = hashlib.sha256()
    for row in rows:
        total.update(json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode())
        total.update(b"\n")
    return total.hexdigest()


def input_hash(problem: Problem) -> str:
    """SHA-256 of the problem; independent of the order of its parts."""
    rules = problem.rules
    rows: list[Sequence[object]] = [["rules", rules.equity.value]]
    rows += sorted(["floor", f.group, f.placed] for f in rules.floors)
    rows += sorted(
        (
            [
                "person",
                p.id,
                p.wants,
                p.group,
                p.priority,
                None if p.days is None else sorted(p.days),
            ]
            for p in problem.people
        ),
        key=lambda row: str(row[1]),
    )
    rows += sorted(
        (
            ["slot", s.id, s.capacity, s.company, s.day, s.field, sorted(s.reserved)]
            for s in problem.slots
        ),
        key=lambda row: str(row[1]),
    )
    rows += sorted(["wish", w.person, w.slot, w.rank, w.travel, w.company] for w in problem.wishes)
    rows += sorted(["locked", person, slot] for person, slot in problem.locked)
    rows += sorted(["banned", person, slot] for person, slot in problem.banned)
    rows += sorted(["tentative", person, slot] for person, slot in problem.tentative)
    return _digest(rows)


def result_hash(
    hash_of_input: str,
    seed: int,
    policy: str,
    assignments: Sequence[Assignment],
    levels: Sequence[Level],
) -> str:
    """SHA-256 of everything an auditor compares: input, seed, version, assignments and objective."""
    rows: list[Sequence[object]] = [["fairplace", VERSION, policy, seed, hash_of_input]]
    rows += [["assignment", a.person, a.slot, a.rank] for a in assignments]
    rows += [["level", level.name, level.value] for level in levels]
    return _digest(rows)
