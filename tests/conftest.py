"""What all tests share: one frozen moment, and a Chromium that works as root and without network."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.db import connection
from playwright.sync_api import Page

from tools import browser

WIDTHS = (360, 1280)
TESTS = Path(__file__).parent
BERLIN = ZoneInfo("Europe/Berlin")
# A test never asserts a time on the clock: a busy machine is not a defect.
hypothesis.settings.register_profile(
    "werkpfad", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("werkpfad")
# Playwright's own event loop runs in the thread of the test, which also asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def now() -> datetime:
    """The moment of the tests: a Friday morning in a school year under way. Pass it as `at=`."""
    return datetime(2026, 11, 20, 9, 0, tzinfo=BERLIN)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a browser, and what need not run on each database; see docs/developer/testing.md."""
    for item in items:
        if {"page", "context", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        if item.path.relative_to(TESTS).parts[0] in {"fairplace", "project", "config"}:
            item.add_marker("once")


@pytest.fixture(autouse=True)
def _only_on_postgres(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: ./dev test --postgres")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = browser.find()
    if path is None:
        pytest.fail("no Chromium in the PATH; ./dev test --browser says how to get one")
    return {**browser_type_launch_args, "executable_path": path, "args": browser.FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "de-DE", "timezone_id": "Europe/Berlin"}


@pytest.fixture
def complaints() -> list[str]:
    """What the open page did wrong so far. Must be empty at the end of a browser test."""
    return []


@pytest.fixture
def watch(complaints: list[str]) -> Iterator[Callable[[Page], Page]]:
    """Fails the test when the browser reports an error, a blocked resource or a foreign host on a watched page."""

    def look(page: Page) -> Page:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: complaints.append(line.text) if _is_violation(line.text) else None,
        )
        page.on(
            "request", lambda sent: complaints.append(sent.url) if _is_foreign(sent.url) else None
        )
        return page

    yield look
    assert complaints == []


@pytest.fixture
def page(page: Page, watch: Callable[[Page], Page]) -> Page:
    """A watched page."""
    return watch(page)


@pytest.fixture(scope="session")
def axe_source() -> str:
    return (TESTS.parent / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def barriers(axe_source: str) -> Callable[[Page], list[str]]:
    """What axe finds on the open page, at phone and desktop width: `assert barriers(page) == []`."""

    def look(page: Page) -> list[str]:
        found = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(axe_source)
            result = page.evaluate("async () => (await axe.run()).violations")
            found += [
                f"{width}px {violation['id']}: {node['html'][:160]}"
                for violation in result
                for node in violation["nodes"]
            ]
        return found

    return look


def _is_violation(text: str) -> bool:
    return "Content Security Policy" in text


def _is_foreign(url: str) -> bool:
    return re.match(r"https?://(?!(localhost|127\.0\.0\.1|\[::1\])[:/])", url) is not None
