"""Browsers of people in roles, for page tests."""

from django.test import Client

from tests.access.sign_in import sign_in_as
from tests.factories.network import make_membership
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.network.models import Region


def client_of(user: User | None) -> Client:
    return Client() if user is None else sign_in_as(Client(), user)


def coordinator_of(region: Region) -> Client:
    return client_of(make_membership(RoleCode.COORDINATOR, region=region).user)
