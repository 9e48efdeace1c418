"""Who has an account cannot be told from how long an answer takes: each refusal does the same work.

Work is counted, not timed: the statements sent to the database, with their values taken out, and the passwords hashed.
The measured times stand in docs/benchmarks.md.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.factories.network import make_user
from tests.factories.schools import make_pupil
from werkpfad.base.accounts.actions import create_access, issue_link, use_link
from werkpfad.base.accounts.actions.links import revoke_links
from werkpfad.base.accounts.codes import code_of, printed
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.models import ActionLink, User
from werkpfad.base.core import clock
from werkpfad.base.core.actor import SYSTEM

pytestmark = pytest.mark.django_db
SIGN_IN = "/anmelden/"
PASSWORD = "ein-langes-passwort"
VALUES = re.compile(r"'(?:[^']|'')*'|\bs\d+_x\d+\b|\b\d+(?:\.\d+)?\b")


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed, in vain or not."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return super().encode(password, salt)


class Work(NamedTuple):
    status: int
    hashed: int
    statements: list[str]


def work_of(ask: Callable[[Client], Any]) -> Work:
    """What one answer cost; asked by a visitor of its own, so that no limit of an earlier one counts."""
    visitor = Client()
    CountingHasher.hashed = 0
    with CaptureQueriesContext(connection) as queries:
        response = ask(visitor)
    return Work(
        response.status_code, CountingHasher.hashed, [VALUES.sub("?", q["sql"]) for q in queries]
    )


def post(**typed: str) -> Work:
    return work_of(lambda visitor: visitor.post(SIGN_IN, typed))


def closed(user: User, **values: object) -> User:
    User.objects.filter(pk=user.pk).update(**values)
    return user


def yesterday() -> object:
    return clock.today() - timedelta(days=1)


@pytest.fixture(autouse=True)
def _counting() -> Any:
    queued = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.CountingHasher"], TASKS=queued):
        yield


def test_a_wrong_password_costs_the_same_for_every_address() -> None:
    emails = {
        "with password": make_user(password=PASSWORD).email,
        "without password": make_user().email,
        "closed": closed(make_user(password=PASSWORD), is_active=False).email,
        "run out": closed(make_user(password=PASSWORD), valid_until=yesterday()).email,
    }
    unknown = post(door="password", email="niemand@example.org", password="falsch-falsch")
    assert unknown.hashed == 1
    for name, email in emails.items():
        assert post(door="password", email=str(email), password="falsch-falsch") == unknown, name


def test_asking_for_a_link_costs_the_same_for_every_address() -> None:
    """Whether the address is known is looked up by the worker, after the answer has left."""
    post(door="link", email="vorher@example.org")  # the instance's own counter begins
    unknown = post(door="link", email="niemand@example.org")
    assert unknown.status == 302
    assert not any("accounts_user" in statement for statement in unknown.statements)
    assert post(door="link", email=str(make_user().email)) == unknown
    inactive = closed(make_user(), is_active=False)
    assert post(door="link", email=str(inactive.email)) == unknown


def test_a_code_nobody_has_costs_what_the_code_of_a_closed_account_costs() -> None:
    pupils = [make_pupil().user for _ in range(2)]
    codes = [printed(code_of(create_access(user=u, by=SYSTEM, at=clock.now()))) for u in pupils]
    closed(pupils[0], is_active=False)
    closed(pupils[1], valid_until=yesterday())
    post(door="code", code="AAAA-AAAA")  # the instance's own counter begins
    nobody = post(door="code", code="BBBB-BBBB")
    assert nobody.hashed == 0
    for code in codes:
        assert post(door="code", code=code) == nobody


def test_a_link_that_never_was_costs_what_an_ended_one_costs() -> None:
    def link(days: int = 1) -> tuple[str, ActionLink]:
        token = issue_link(
            purpose=LinkPurpose.SIGN_IN,
            email=str(user.email),
            user=user,
            valid_for=timedelta(days=days),
            by=SYSTEM,
            at=clock.now(),
        )
        return token, ActionLink.objects.latest("pk")

    def looked_up(token: str) -> list[str]:
        return work_of(lambda visitor: visitor.get(f"/anmelden/link/{token}/")).statements

    user = make_user()
    revoked, _ = link()
    revoke_links(purpose=LinkPurpose.SIGN_IN, obj_id="", email=user.email, at=clock.now())
    used, row = link()
    use_link(link=row, at=clock.now())
    expired, _ = link(days=-1)
    unknown = looked_up("A" * len(expired))
    assert len(unknown) == 1
    assert looked_up(revoked) == looked_up(used) == looked_up(expired) == unknown


def test_the_count_would_show_a_difference() -> None:
    """Control: an answer given without hashing, and one that asks the database more, are not equal to a refusal."""
    user = make_user(password=PASSWORD)
    refused = post(door="password", email=str(user.email), password="falsch-falsch")
    empty = post(door="password", email=str(user.email), password="")
    right = post(door="password", email=str(user.email), password=PASSWORD)
    assert (refused.hashed, empty.hashed) == (1, 0)
    assert len(right.statements) > len(refused.statements) > len(empty.statements)
