"""Every page of every room in a real browser: no barrier at two widths, no sideways scrolling, no heavy page.

Each GET route of the access matrix is opened by the first role that may; the `page` fixture adds that no script
fails, nothing breaks the content security policy and no foreign host is asked.
"""

import gzip
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.access.route import ROLES, Route
from tests.access.sign_in import signed_in
from tests.access.test_access import ROUTES
from tests.access.world import World, build_world

HEAVIEST_PAGE_BYTES = 100_000
pytestmark = pytest.mark.django_db(transaction=True)


def role_for(route: Route) -> str | None:
    return next((role for role in ROLES if role in route.allowed), None)


def pages_of(role: str) -> Iterator[tuple[str, Route]]:
    for name, route in sorted(ROUTES.items()):
        if "GET" in route.methods and route.status == 200 and role_for(route) == role:
            yield name, route


def is_page(client: Client, path: str) -> bool:
    return client.get(path).get("Content-Type", "").startswith("text/html")


@pytest.mark.parametrize("role", ROLES)
def test_pages_have_no_barriers_and_fit_on_a_phone(
    role: str, live_server: LiveServer, page: Page, barriers: Callable[[Page], list[str]]
) -> None:
    world: World = build_world()
    client = signed_in(Client(), world, role)
    if role != "anonymous":
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )
    found: dict[str, list[str]] = {}
    for name, route in pages_of(role):
        path = reverse(name, kwargs=route.args(world) if route.args else {}) + route.query
        if not is_page(client, path):
            continue
        response = page.goto(f"{live_server.url}{path}")
        assert response is not None
        problems = barriers(page)
        page.set_viewport_size({"width": 360, "height": 800})
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
            problems.append(f"needs {width} px on a phone of 360")
        if (weight := len(gzip.compress(response.body()))) > HEAVIEST_PAGE_BYTES:
            problems.append(f"weighs {weight} bytes compressed")
        if problems:
            found[name] = problems
    assert found == {}
