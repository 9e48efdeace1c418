"""A class with its teacher, school coordination and a way to sign in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test import Client

from tests.access.sign_in import sign_in_as
from tests.factories.network import make_membership
from tests.factories.schools import make_class, make_class_teacher
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core import clock
from werkpfad.region.schools.models import School, SchoolClass

SignIn = Callable[[User], Client]


@dataclass
class Room:
    school: School
    school_class: SchoolClass
    teacher: User
    coordination: User


@pytest.fixture
def room(db: None) -> Room:
    school_class = make_class(name="9b")
    organisation = school_class.school.organisation
    return Room(
        school_class.school,
        school_class,
        make_class_teacher(school_class=school_class).user,
        make_membership(RoleCode.SCHOOL_COORDINATOR, organisation=organisation).user,
    )


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch, now: datetime) -> SignIn:
    """Signs a person in; pages then live on the day of the tests."""
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", now.date)

    def signed(user: User) -> Client:
        client = Client()
        sign_in_as(client, user)
        return client

    return signed
