"""Several people at their own browsers, and a calendar that can be turned."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.journeys.stage import DESK, PHONE, Stage

# A page waits for the server, and the server for whatever else the machine has to do.
expect.set_options(timeout=15_000)


@pytest.fixture
def calendar(now: datetime) -> Iterator[time_machine.Traveller]:
    """Server time: starts at the moment of the tests and goes on by itself."""
    with time_machine.travel(now, tick=True) as traveller:
        yield traveller


@pytest.fixture
def stage(
    live_server: LiveServer,
    settings: Settings,
    calendar: time_machine.Traveller,
    new_context: Callable[..., BrowserContext],
    watch: Callable[[Page], Page],
    barriers: Callable[[Page], list[str]],
) -> Iterator[Stage]:
    """Opens browsers for people; addresses in mails and on paper lead to the test's own server.

    In the end every page is looked at where its person left it: no barrier, and nothing too wide for a phone.
    """
    settings.BASE_URL = live_server.url
    opened: list[Page] = []

    def browser(width: int = DESK) -> Page:
        size = {"width": width, "height": 800}
        opened.append(watch(new_context(base_url=live_server.url, viewport=size).new_page()))
        return opened[-1]

    yield Stage(browser, calendar)
    found = {page.url: barriers(page) + too_wide(page) for page in opened}
    assert {url: problems for url, problems in found.items() if problems} == {}


def too_wide(page: Page) -> list[str]:
    """Pixels one would have to scroll sideways on a phone."""
    page.set_viewport_size({"width": PHONE, "height": 800})
    root = "document.documentElement"
    beyond = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    return [f"{beyond} px too wide"] if beyond > 0 else []
