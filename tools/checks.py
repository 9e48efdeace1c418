"""`./dev check`: everything that can be wrong without running the product. Ends with all findings, not the first."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tools.console import fail, say
from tools.environment import BIN, ROOT

PRODUCTION = {
    "WERKPFAD_ENV": "production",
    "WERKPFAD_BASE_URL": "https://werkpfad.example",
    "WERKPFAD_ALLOWED_HOSTS": "werkpfad.example",
    "WERKPFAD_SECRET_KEY": "q8Zr2vN6wXyB4cLm9sTfKjHgDpQeRuVaYtWiOzMxCnEk-only-for-this-check",
    "WERKPFAD_CODE_KEY": "only-for-this-check",
    "DJANGO_SETTINGS_MODULE": "werkpfad.config.settings",
}
TESTS = {"DJANGO_SETTINGS_MODULE": "werkpfad.config.settings_test"}


@dataclass(frozen=True)
class Check:
    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


CHECKS = [
    Check("types", ["mypy"], TESTS),
    Check("format", ["ruff", "format", "--check", "--quiet", "."]),
    Check("lint", ["ruff", "check", "--quiet", "."]),
    Check("imports", ["lint-imports", "--config", "importlinter.toml"]),
    Check("deployment", ["werkpfad", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    Check("figures", ["python", "-m", "tools.figures", "--check"]),
    Check("picture", ["python", "-m", "tools.rooms"]),
    Check("project", ["pytest", "-q", "-p", "no:randomly", "tests/project"], TESTS),
]


def main(names: Sequence[str]) -> None:
    known = {check.name for check in CHECKS}
    if unknown := set(names) - known:
        fail(f"unknown check {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    chosen = [check for check in CHECKS if not names or check.name in names]
    with ThreadPoolExecutor(max_workers=2) as pool:
        findings = [finding for finding in pool.map(_run, chosen) if finding]
    for finding in findings:
        say(f"\n{finding}")
    if findings:
        fail(f"{len(findings)} of {len(chosen)} checks failed")
    say("All checks passed.")


def _run(check: Check) -> str:
    """What the check said, or nothing when it passed."""
    started = time.monotonic()
    done = subprocess.run(
        [str(BIN / check.command[0]), *check.command[1:]],
        cwd=ROOT,
        env={**os.environ, **check.env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "failed" if done.returncode else "ok"
    say(f"  {check.name:<12}{verdict:<8}{time.monotonic() - started:6.1f} s")
    return f"---- {check.name}\n{done.stdout.strip()}" if done.returncode else ""


if __name__ == "__main__":
    main(sys.argv[1:])
