"""A run's record as one file, and whether it says the truth about itself. Needs no database and no settings.

`python -m werkpfad.journey.matching.record FILE` checks such a file on any machine that has Werkpfad.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkpfad.journey.matching.engine import ENGINE_VERSION, compute
from werkpfad.journey.matching.rules import commitment, run_seed

FORMAT = "werkpfad run 1"
PARTS = {
    "run": str,
    "purpose": str,
    "seed": str,
    "seed_commitment": str,
    "round_seed": str,
    "engine_version": str,
    "input": dict,
    "input_hash": str,
    "result": dict,
    "result_hash": str,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One statement about a run and whether it holds; `note` says what differs."""

    name: str
    holds: bool
    note: str = ""


class NotARecord(ValueError):
    """The file is no record of a run; the text says what is missing."""


def canonical(value: Any) -> str:
    """The one text of a JSON value: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(value: Any) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def read_record(text: str) -> dict[str, Any]:
    """The record in a file's text. Raises `NotARecord`."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotARecord(f"not JSON: {error}") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotARecord(f"not a file of the format {FORMAT!r}")
    for name, kind in PARTS.items():
        if not isinstance(found.get(name), kind):
            raise NotARecord(f"{name} is missing")
    return found


def verify_record(record: Mapping[str, Any]) -> list[Check]:
    """All checks, cheap ones first. Recomputes the allocation from the frozen input alone.

    A round's seed is secret until its result is published; a record made before leaves two checks out.
    """
    checks = _seed_checks(record)
    version, frozen = record["engine_version"], record["input"]
    checks += [
        Check("input carries the run seed", frozen.get("seed") == record["seed"]),
        Check("input hash", digest(frozen) == record["input_hash"]),
        Check("result hash", digest(record["result"]) == record["result_hash"]),
        Check("engine version", version == ENGINE_VERSION, f"{version}; this is {ENGINE_VERSION}"),
    ]
    try:
        again = compute(frozen)
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        return [*checks, Check("result recomputed to the byte", False, repr(error)[:200])]
    same = canonical(again) == canonical(record["result"])
    return [*checks, Check("result recomputed to the byte", same, digest(again))]


def _seed_checks(record: Mapping[str, Any]) -> list[Check]:
    seed = record["round_seed"]
    if not seed:
        return []
    drawn = str(run_seed(seed, record["purpose"]))
    return [
        Check("seed matches the commitment", commitment(seed) == record["seed_commitment"]),
        Check("run seed follows from the seed", drawn == record["seed"]),
    ]


def lines_of(checks: list[Check]) -> list[str]:
    """The checks as a command prints them."""
    return [
        f"{'ok  ' if check.holds else 'FAIL'} {check.name}"
        + (f" ({check.note})" if check.note and not check.holds else "")
        for check in checks
    ]


def main(paths: list[str]) -> int:
    """Check one file; 0 if everything holds, 1 if something does not, 2 if it is no record."""
    if len(paths) != 1:
        sys.stderr.write("one file, please\n")
        return 2
    try:
        record = read_record(Path(paths[0]).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NotARecord) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    checks = verify_record(record)
    sys.stdout.write("\n".join(lines_of(checks)) + "\n")
    return 0 if all(check.holds for check in checks) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
