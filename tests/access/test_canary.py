"""No text of one person reaches another who may not read it: not by page, PDF, CSV, calendar, error page or log.

Every personal text field of every row in the world gets a token of its own. Then each role opens everything it may
open, and each token found must be allowed by `MAY_READ`, which is the visibility table of the product (who sees
what, for each field), written as patterns `side model.field`. A control shows that the search does find tokens.
"""

import io
import logging
import re
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.access.route import ROLES, Route
from tests.access.sign_in import signed_in
from tests.access.test_access import ROUTES, missing_like
from tests.access.world import World
from werkpfad.base.core.models import Record

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r"qz[0-9a-z]{4}zq")
SHORTEST = 8

CONTACTS = ("network.contact.*", "internships.offer.contact_*")
STAFF = ("accounts.user.*_name", "accounts.user.email", "network.invitation.*")
PUPILS = ("schools.pupil.*", "schools.profile.*", "applications.application.*", "placements.*")

# The office's contact base, and minutes; what people said of a meeting is shown in sums only, so it is not here.
NETWORK = (
    "meetings.participant.*",
    "meetings.registration.needs",
    "meetings.agendaitem.*",
    "meetings.decision.text",
    "meetings.actionpoint.*",
)

MAY_READ: dict[str, tuple[str, ...]] = {
    "anonymous": (),
    "pupil": ("own schools.pupil.*", "own schools.profile.*", "own applications.application.*"),
    "guardian": (
        "own schools.pupil.*",
        "own applications.application.*",
        "own accounts.user.*_name",
    ),
    "teacher": (
        *(f"own {pattern}" for pattern in (*PUPILS, *STAFF, *CONTACTS)),
        *(f"neighbour {pattern}" for pattern in CONTACTS),
    ),
    "school_coordinator": (
        *(f"own {pattern}" for pattern in (*PUPILS, *STAFF, *CONTACTS)),
        *(f"neighbour {pattern}" for pattern in CONTACTS),
    ),
    # Before everybody has agreed a company reads the first name and what was written to it, nothing else.
    "company_manager": (
        "own schools.pupil.given_name",
        "own applications.application.message",
        *(f"own {pattern}" for pattern in (*STAFF, *CONTACTS)),
    ),
    "supervisor": (
        "own schools.pupil.given_name",
        *(f"own {pattern}" for pattern in (*STAFF, *CONTACTS)),
    ),
    "coordinator": (
        *(f"own {pattern}" for pattern in (*STAFF, *CONTACTS)),
        *(f"neighbour {pattern}" for pattern in (*STAFF, *CONTACTS)),
        "own notifications.outboxmail.to_email",
        *(f"own {pattern}" for pattern in NETWORK),
        *(f"neighbour {pattern}" for pattern in NETWORK),
        # What the office itself wrote when it decided by hand.
        "own matching.ruling.reason",
        "neighbour matching.ruling.reason",
    ),
    "partner": ("own accounts.user.*",),
    "operator": ("nobody accounts.user.*",),
}

# These pages are opened for a placement everybody has agreed to: then both sides learn whom they meet.
AFTER_AGREEMENT = (
    "placements:agreement_pdf",
    "placements:attendance_pdf",
    "placements:certificate_pdf",
    "placements:feedback",
    "placements:issue_certificate",
)
# Whoever holds the link of a mail reads what the mail is about, and corrects what they said themselves.
BY_LINK = (
    "meetings:answer",
    "meetings:answer_certificate",
    "meetings:answer_ics",
    "meetings:minutes_by_link",
    "meetings:minutes_pdf_by_link",
    "meetings:point",
)
MAY_READ_BY_LINK = (
    *(f"own {pattern}" for pattern in NETWORK),
    "own meetings.registration.comment",
)
MAY_READ_THEN: dict[str, tuple[str, ...]] = {
    "company_manager": ("own schools.pupil.*",),
    "supervisor": ("own schools.pupil.*",),
    "pupil": tuple(f"own {pattern}" for pattern in CONTACTS),
    "guardian": tuple(f"own {pattern}" for pattern in CONTACTS),
}


@dataclass(frozen=True)
class Canary:
    """One token: whose it is and where it was put."""

    token: str
    side: str
    place: str


def personal_models() -> list[type[Record]]:
    return [m for m in apps.get_models() if issubclass(m, Record) and m.privacy.personal]


def text_fields(model: type[Record]) -> list[models.Field[Any, Any]]:
    """Personal fields that hold free text long enough for a token and are no choice, key or password."""
    found = []
    for field in model._meta.get_fields():
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        if field.name not in model.privacy.personal or field.name in ("password", "school_key"):
            continue
        if (field.max_length or SHORTEST) >= SHORTEST:
            found.append(field)
    return found


def release(world: World) -> dict[str, Canary]:
    """Put a token into every personal text field; returns them by token."""
    numbers = count(1)
    canaries: dict[str, Canary] = {}
    for model in personal_models():
        for row in model._default_manager.order_by("pk"):
            side = world.side_of(row)
            for field in text_fields(model):
                if not getattr(row, field.name):
                    continue
                token = f"qz{next(numbers):04d}zq"
                value = f"{token}@example.org" if isinstance(field, models.EmailField) else token
                model._default_manager.filter(pk=row.pk).update(**{field.name: value})
                canaries[token] = Canary(token, side, f"{model._meta.label_lower}.{field.name}")
    return canaries


def text_of(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if response["Content-Type"].startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return headers + bytes(body).decode("utf-8", "replace")


def everything(world: World, role: str) -> dict[str, str]:
    """All text `role` gets to see, by route: own objects, foreign and missing ones, as page or as error."""
    seen: dict[str, str] = {}
    for name, route in ROUTES.items():
        if "GET" in route.methods:
            with transaction.atomic():
                seen[name] = _all_of(world, role, name, route)
                transaction.set_rollback(True)
    return seen


def _all_of(world: World, role: str, name: str, route: Route) -> str:
    targets = [route.args(world) if route.args else {}]
    if route.foreign:
        foreign = targets[0] if route.foreign is route.args else route.foreign(world)
        targets += [foreign, missing_like(foreign)]
    client = signed_in(Client(), world, role)
    paths = [reverse(name, kwargs=target) + route.query for target in targets]
    return "".join(text_of(client.get(path)) for path in paths)


def leaks(canaries: dict[str, Canary], role: str, text: str, route: str = "") -> list[str]:
    may_read = MAY_READ[role]
    if route in AFTER_AGREEMENT:
        may_read += MAY_READ_THEN.get(role, ())
    if route in BY_LINK:
        may_read += MAY_READ_BY_LINK
    found = {canaries[token] for token in TOKEN.findall(text) if token in canaries}
    return sorted(
        f"{canary.side} {canary.place}"
        for canary in found
        if not any(fnmatch(f"{canary.side} {canary.place}", allowed) for allowed in may_read)
    )


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_theirs(
    role: str, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    canaries = release(world)
    with caplog.at_level(logging.DEBUG):
        seen = everything(world, role)
    found = {name: leaks(canaries, role, text, name) for name, text in seen.items()}
    assert {name: leaked for name, leaked in found.items() if leaked} == {}
    in_logs = [
        r.name
        for r in caplog.records
        if r.name != "django.db.backends" and TOKEN.search(r.getMessage())
    ]
    assert in_logs == []


def test_the_search_would_find_a_leak(world: World) -> None:
    """Control: a text that does hold tokens is reported for a stranger and accepted for the owner."""
    canaries = release(world)
    pupil = type(world.own.pupil).objects.get(pk=world.own.pupil.pk)
    page = f"<p>{pupil.given_name} {pupil.family_name}</p>"
    assert leaks(canaries, "anonymous", page) == [
        "own schools.pupil.family_name",
        "own schools.pupil.given_name",
    ]
    assert leaks(canaries, "pupil", page) == []
    assert leaks(canaries, "company_manager", page) == ["own schools.pupil.family_name"]
    stranger = type(world.foreign.pupil).objects.get(pk=world.foreign.pupil.pk)
    assert leaks(canaries, "teacher", stranger.given_name) == ["foreign schools.pupil.given_name"]
