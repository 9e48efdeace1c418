"""Every entry of every role's menu exists and opens for that role."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.route import ROLES
from tests.access.sign_in import signed_in
from tests.access.world import World, build_world
from werkpfad.base.core.ui.icons import is_known
from werkpfad.surface.portal.navigation import MENU

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_the_menu_leads_where_the_role_may_go(role: str, world: World) -> None:
    client = signed_in(Client(), world, role)
    page = client.get(reverse("portal:help"))
    links = page.context["nav"]
    assert len(links) <= 7
    for link in links:
        response = client.get(link.url, follow=True)
        assert response.status_code == 200, f"{role}: {link.label} {link.url}"


def test_each_entry_has_an_icon_that_exists() -> None:
    assert [entry.icon for entry in MENU if not is_known(entry.icon)] == []


def test_each_entry_is_an_existing_route() -> None:
    assert all(reverse(entry.route) for entry in MENU)
