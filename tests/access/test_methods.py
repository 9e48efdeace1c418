"""What a page takes: a POST only with its token and from our own pages (T21); a HEAD like a GET, without changes (T09)."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.route import ROLES
from tests.access.sign_in import signed_in
from tests.access.test_access import ROUTES, expected, is_change
from tests.access.world import World

pytestmark = pytest.mark.django_db

TOKEN = "a" * 32
# Posted to by mail providers, without cookies (RFC 8058): the secret in the address is the proof; own tests.
WITHOUT_TOKEN = {"meetings:news_one_click"}
POSTED = sorted(
    name for name, route in ROUTES.items() if "POST" in route.methods and name not in WITHOUT_TOKEN
)
READ = sorted(name for name, route in ROUTES.items() if "GET" in route.methods and route.allowed)


def first_role(name: str) -> str:
    return next((role for role in ROLES if role in ROUTES[name].allowed), "anonymous")


def path_of(world: World, name: str) -> str:
    route = ROUTES[name]
    return reverse(name, kwargs=route.args(world) if route.args else {}) + route.query


def probe(
    world: World, name: str, method: str, *, token: str = "", origin: str = ""
) -> tuple[HttpResponse, list[str]]:
    """One request of the first role that may open the route, and what it wrote; both are thrown away."""
    path, role = path_of(world, name), first_role(name)
    headers = {"Origin": origin} if origin else {}
    if ROUTES[name].htmx:
        headers["HX-Request"] = "true"
    with transaction.atomic():
        client = signed_in(Client(enforce_csrf_checks=True), world, role)
        client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        data: dict[str, Any] = {"csrfmiddlewaretoken": token} if token else {}
        with CaptureQueriesContext(connection) as queries:
            send = client.post if method == "POST" else client.head
            response = send(path, data, headers=headers)
        transaction.set_rollback(True)
    return response, [q["sql"] for q in queries if is_change(q["sql"])]


@pytest.mark.parametrize("name", POSTED)
def test_a_post_without_its_token_or_from_elsewhere_is_refused(name: str, world: World) -> None:
    for how in ({}, {"token": "b" * 32}, {"token": TOKEN, "origin": "https://evil.example"}):
        response, writes = probe(world, name, "POST", **how)
        assert (response.status_code, writes) == (403, []), how


@pytest.mark.parametrize("name", POSTED)
def test_control_the_same_post_with_its_token_gets_through(name: str, world: World) -> None:
    """The refusals above come from the token, not from the role."""
    response, _ = probe(world, name, "POST", token=TOKEN, origin="http://testserver")
    assert response.status_code in expected(ROUTES[name], first_role(name), "POST")


@pytest.mark.parametrize("name", READ)
def test_a_head_answers_like_a_get_and_changes_nothing(name: str, world: World) -> None:
    """Mail scanners and link checkers ask this way, often twice."""
    for _ in range(2):
        response, writes = probe(world, name, "HEAD")
        assert (response.status_code, writes) == (ROUTES[name].status, [])
        assert response.content == b""
