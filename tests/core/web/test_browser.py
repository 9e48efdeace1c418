"""The components in a real browser: no barrier, no script error, nothing from elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

PAGES = ["", "formulare/", "daten/", "seite/"]


@pytest.mark.parametrize("path", PAGES)
def test_components_have_no_barriers(
    live_server: LiveServer,
    settings: Settings,
    page: Page,
    barriers: Callable[[Page], list[str]],
    path: str,
) -> None:
    settings.DEMO = True
    page.goto(f"{live_server.url}/ui/{path}")
    expect(page.locator("h1")).to_have_count(1)
    assert barriers(page) == []


def test_breaches_are_noticed(
    live_server: LiveServer, settings: Settings, page: Page, complaints: list[str]
) -> None:
    """The control: an inline style is blocked, a foreign picture and a script error are reported."""
    settings.DEMO = True
    page.goto(f"{live_server.url}/ui/")
    page.evaluate(
        """() => {
            document.head.append(Object.assign(document.createElement("style"), {textContent: "p { top: 0 }"}));
            document.body.append(Object.assign(new Image(), {src: "https://elsewhere.example/x.png"}));
            setTimeout(() => { throw new Error("planted") }, 0);
        }"""
    )
    page.wait_for_timeout(500)
    seen = " ".join(complaints)
    assert "style-src" in seen
    assert "elsewhere.example" in seen
    assert "planted" in seen
    complaints.clear()
