"""Who needs a second factor and has not shown it reaches its set-up and the way out, and nothing else (T18)."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.sign_in import sign_in_as
from tests.access.test_access import ROUTES
from tests.access.world import World
from werkpfad.base.accounts.web.middleware import OPEN_WHEN_HALF_IN


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["coordinator", "operator"])
def test_nothing_but_the_way_in_is_open(role: str, world: World) -> None:
    half_in = sign_in_as(Client(), world.users[role], second_factor=False).cookies
    reached = []
    for name, route in ROUTES.items():
        path = reverse(name, kwargs=route.args(world) if route.args else {}) + route.query
        for method in route.methods:
            with transaction.atomic():
                client = Client()
                client.cookies.load(half_in)
                response = client.get(path) if method == "GET" else client.post(path)
                transaction.set_rollback(True)
            is_led_back = response.headers.get("Location") == "/konto/sicherheit/"
            if not is_led_back and name not in OPEN_WHEN_HALF_IN:
                reached.append(f"{method} {name}: {response.status_code}")
    assert reached == []
