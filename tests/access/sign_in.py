"""Signing in somebody of the world, second factor included where the role needs one."""

from django.test import Client

from tests.access.world import World
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.sessions import PROVEN, SECOND_FACTOR
from werkpfad.base.core import clock


def signed_in(client: Client, world: World, role: str) -> Client:
    if role != "anonymous":
        sign_in_as(client, world.users[role])
    return client


def sign_in_as(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """`second_factor=False` leaves the half-signed-in state of somebody who still has to set it up."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SECOND_FACTOR] = second_factor
    session[PROVEN] = clock.now().timestamp()
    session.save()
    return client
