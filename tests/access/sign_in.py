"""Signing in somebody of the world, second factor included where the role needs one."""

from django.conf import settings
from django.test import Client

from tests.access.world import Visit, World
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.sessions import PROVEN, SECOND_FACTOR
from werkpfad.base.core import clock

# A proof lasts ten minutes: a visit that is older is not used any more.
FRESH_SECONDS = 240


def signed_in(client: Client, world: World, role: str) -> Client:
    """The role's session of this world, or a new one; each probe throws away what it does to it."""
    if role == "anonymous":
        return client
    visit = world.visits.get(role)
    if visit is None or clock.now().timestamp() - visit.since > FRESH_SECONDS:
        return sign_in_as(client, world.users[role])
    client.cookies[settings.SESSION_COOKIE_NAME] = visit.session_key
    return client


def sign_in_all(world: World) -> None:
    """One session for each role, to be used by all probes: signing in costs more than most pages."""
    for role, user in world.users.items():
        client = sign_in_as(Client(), user)
        world.visits[role] = Visit(
            client.cookies[settings.SESSION_COOKIE_NAME].value, clock.now().timestamp()
        )


def sign_in_as(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """`second_factor=False` leaves the half-signed-in state of somebody who still has to set it up."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SECOND_FACTOR] = second_factor
    session[PROVEN] = clock.now().timestamp()
    session.save()
    return client
