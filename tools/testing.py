"""`./dev test`: the suite on SQLite, the same on PostgreSQL, then the browser tests."""

import os
import subprocess
import sys

from tools import browser, environment, postgres
from tools.console import fail, say

WORKERS = ["-n", "2"]
ON_POSTGRES = "not browser and not once"
EMPTY = 5  # pytest's exit code for "no tests collected"
USAGE = """usage: ./dev test [--quick | --postgres | --browser] [--no-browser] [pytest arguments]

Without a choice: all tests on SQLite, those that use a database on PostgreSQL, and the browser tests.
  --quick       only on SQLite, without a browser
  --postgres    only on PostgreSQL
  --browser     only the browser tests
  --no-browser  everything that needs no browser
With pytest arguments alone (paths, -k ...): one run of those tests on SQLite."""


def main(arguments: list[str]) -> None:
    if {"-h", "--help"} & set(arguments):
        say(USAGE)
        return
    ways = {"--quick", "--postgres", "--browser", "--no-browser"}
    chosen = [argument for argument in arguments if argument in ways]
    rest = [argument for argument in arguments if argument not in ways]
    if len(chosen) > 1:
        fail("choose one of --quick, --postgres, --browser, --no-browser")
    environment.setup()
    if rest and not chosen:
        raise SystemExit(pytest(*rest))
    way = chosen[0] if chosen else "all"
    results: dict[str, int] = {}
    if way in {"all", "--quick", "--no-browser"}:
        report = [] if rest else ["--junitxml", str(environment.ROOT / "build/figures/tests.xml")]
        results["SQLite"] = pytest(*WORKERS, "-m", "not browser", *report, *rest, title="SQLite")
    if way in {"all", "--postgres", "--no-browser"}:
        results["PostgreSQL"] = on_postgres(rest)
    if way in {"all", "--browser"}:
        browser.ensure()
        results["browser"] = pytest(*WORKERS, "-m", "browser", *rest, title="Chromium")
    failed = [name for name, code in results.items() if code not in {0, EMPTY}]
    if failed:
        fail(f"tests failed on: {', '.join(failed)}")


def on_postgres(rest: list[str]) -> int:
    try:
        with postgres.server() as url:
            env = {"WERKPFAD_DATABASE_URL": url}
            return pytest(*WORKERS, "-m", ON_POSTGRES, *rest, title="PostgreSQL", env=env)
    except postgres.Unavailable as reason:
        if os.environ.get("CI") == "true":
            fail(f"PostgreSQL could not be started: {reason}")
        say(f"SKIPPED the run on PostgreSQL: {reason}")
        return 0


def pytest(*arguments: str, title: str = "", env: dict[str, str] | None = None) -> int:
    """Runs pytest in the environment and returns its exit code."""
    if title:
        say(f"\n==== tests on {title} ====")
    sys.stdout.flush()
    command = [str(environment.BIN / "pytest"), *arguments]
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "werkpfad.config.settings_test",
        **(env or {}),
    }
    return subprocess.run(command, cwd=environment.ROOT, env=variables, check=False).returncode
