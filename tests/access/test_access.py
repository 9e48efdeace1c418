"""Every route for every role: who may open it, what a foreign object looks like, and that looking changes nothing.

A route that is not declared in `tests/access/routes/` fails here, so nobody can forget to decide.
"""

import pkgutil
import re
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access.routes as declared
from tests.access.route import ROLES, Route
from tests.access.sign_in import signed_in
from tests.access.world import World

pytestmark = pytest.mark.django_db

MISSING = "zzzzzzzzzzzzzz"
MISSING_NUMBER = 987654321
# Keeping a session alive and counting tries is not a change of anybody's data.
HOUSEKEEPING = ("django_session", "accounts_signin", "core_throttlecount")
# Routes of libraries that bring their own names and their own tests; each needs a reason.
LIBRARY_NAMESPACES: frozenset[str] = frozenset()


def declared_routes() -> dict[str, Route]:
    routes: dict[str, Route] = {}
    for module in pkgutil.iter_modules(declared.__path__):
        found = import_module(f"tests.access.routes.{module.name}").ROUTES
        doubles = routes.keys() & found.keys()
        assert not doubles, f"declared twice: {sorted(doubles)}"
        routes |= found
    return routes


def existing_routes() -> set[str]:
    def walk(resolver: URLResolver, prefix: str) -> set[str]:
        names: set[str] = set()
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
                names |= walk(entry, inner)
            elif isinstance(entry, URLPattern):
                names.add(f"{prefix}{entry.name or entry.pattern}")
        return names

    return {
        name for name in walk(get_resolver(), "") if name.split(":")[0] not in LIBRARY_NAMESPACES
    }


ROUTES = declared_routes()


def test_each_route_is_declared() -> None:
    assert existing_routes() - ROUTES.keys() == set()


def test_no_declaration_outlives_its_route() -> None:
    assert ROUTES.keys() - existing_routes() == set()


def missing_like(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments of the same shape that belong to nothing."""
    return {
        key: MISSING if isinstance(value, str) else MISSING_NUMBER
        for key, value in arguments.items()
    }


def open_as(
    world: World, role: str, name: str, arguments: dict[str, Any], method: str
) -> HttpResponse:
    """One request in a savepoint that is thrown away, so that roles do not disturb each other."""
    route = ROUTES[name]
    path = reverse(name, kwargs=arguments) + route.query
    headers = {"HX-Request": "true"} if route.htmx else {}
    with transaction.atomic():
        client = signed_in(Client(raise_request_exception=True), world, role)
        if method == "GET":
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path, headers=headers)
            writes = [q["sql"] for q in queries if is_change(q["sql"])]
            assert writes == [], f"GET {path} as {role} changed data"
            response.query_count = len(queries)  # type: ignore[attr-defined]
        else:
            response = client.post(path, {}, headers=headers)
        transaction.set_rollback(True)
    return response


def is_change(sql: str) -> bool:
    verb = sql.lstrip().split(" ", 1)[0].upper()
    return verb in ("INSERT", "UPDATE", "DELETE") and not any(t in sql for t in HOUSEKEEPING)


def expected(route: Route, role: str, method: str) -> tuple[int, ...]:
    if role in route.allowed:
        return (route.status,) if method == "GET" else route.post_status
    if role in route.elsewhere:
        return (302,)
    return (302,) if role == "anonymous" else (403, 404)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_only_the_declared_roles_get_in(
    name: str, world: World, queries_per_page: dict[str, int]
) -> None:
    route = ROUTES[name]
    arguments = route.args(world) if route.args else {}
    for role in ROLES:
        for method in route.methods:
            response = open_as(world, role, name, arguments, method)
            assert response.status_code in expected(route, role, method), (
                f"{method} {name} as {role}: {response.status_code}"
            )
            if method == "GET" and response.status_code == 200:
                queries_per_page[f"{name} {role}"] = response.query_count  # type: ignore[attr-defined]
            if role == "anonymous" and role not in route.allowed:
                assert response["Location"].startswith("/anmelden/")


@pytest.mark.parametrize("name", sorted(n for n, r in ROUTES.items() if r.foreign))
def test_what_belongs_to_others_does_not_exist(name: str, world: World) -> None:
    """A foreign object and one that never existed give the same answer, byte for byte."""
    route = ROUTES[name]
    assert route.foreign is not None
    foreign = route.foreign(world)
    missing = missing_like(foreign)
    for role in ROLES:
        if role == "anonymous" or role in route.foreign_allowed:
            continue
        for method in route.methods:
            there = open_as(world, role, name, foreign, method)
            gone = open_as(world, role, name, missing, method)
            if role in route.allowed:
                assert there.status_code == 404, f"{method} {name} as {role}: {there.status_code}"
            assert there.status_code == gone.status_code in (403, 404), f"{method} {name} as {role}"
            assert without_token(there) == without_token(gone)


def without_token(response: HttpResponse) -> bytes:
    """The body without what differs in each answer by design: nonce, CSRF token and the address itself."""
    body = bytes(response.content)
    body = re.sub(rb'nonce="[^"]*"', b"", body)
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", body)
    path = response.wsgi_request.path.encode()  # type: ignore[attr-defined]
    return body.replace(path, b"")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_other_methods_are_refused(name: str, world: World) -> None:
    route = ROUTES[name]
    role = next((r for r in ROLES if r in route.allowed), None)
    if role is None:
        pytest.skip("no role of the world may open this route; its own test covers it")
    client = signed_in(Client(), world, role)
    path = reverse(name, kwargs=route.args(world) if route.args else {}) + route.query
    unexpected = {"GET", "POST", "PUT", "DELETE"} - set(route.methods)
    for method in sorted(unexpected):
        assert client.generic(method, path).status_code == 405, f"{method} {name}"
