"""The office's page of decisions by hand."""

from datetime import date

import pytest
from django.test import Client

from tests.factories.rounds import make_list, make_round_class, make_seeded_round, make_slots
from tests.factories.schools import make_class_teacher
from tests.factories.signed_in import client_of, coordinator_of
from werkpfad.journey.matching.enums import RoundPhase, RulingKind
from werkpfad.journey.matching.models import Entry, Round, Ruling

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make_seeded_round(phase=RoundPhase.WISHES, wishes_until=date(2026, 12, 11))


@pytest.fixture
def entry(round_: Round) -> Entry:
    return make_list(round_, make_slots(round_, 1), school_class=make_round_class(round_))


def typed(entry: Entry, **changes: str) -> dict[str, str]:
    wish = entry.wishes.select_related("slot").get()
    return {
        "code": entry.pupil.public_id[:5].upper(),
        "kind": "pin",
        "slot": wish.slot.public_id,
        "reason": "Nur dieser Betrieb hat einen Aufzug.",
    } | changes


def address(round_: Round) -> str:
    return f"/runden/{round_.public_id}/festlegungen/"


@pytest.fixture
def visitor(round_: Round) -> Client:
    return coordinator_of(round_.programme.region)


def test_a_place_is_fixed_shown_without_a_name_and_lifted(
    visitor: Client, round_: Round, entry: Entry
) -> None:
    visitor.post(address(round_), typed(entry))
    ruling = Ruling.objects.get()
    assert (ruling.kind, ruling.entry) == (RulingKind.PIN, entry)

    page = visitor.get(address(round_)).content.decode()
    assert "Nur dieser Betrieb hat einen Aufzug." in page
    assert entry.pupil.family_name not in page
    assert "1 Festlegung gilt" in visitor.get(f"/runden/{round_.public_id}/").content.decode()

    lift = f"/runden/festlegungen/{ruling.public_id}/aufheben/"
    assert f'action="{lift}"' in page
    visitor.post(lift)
    assert "Nichts ist von Hand festgelegt" in visitor.get(address(round_)).content.decode()
    log = visitor.get(f"/runden/{round_.public_id}/").content.decode()
    assert "Festlegung aufgehoben" in log


def test_an_unknown_code_keeps_what_was_typed(visitor: Client, round_: Round, entry: Entry) -> None:
    answer = visitor.post(address(round_), typed(entry, code="zzzzz"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "gibt es in diesem Programm nicht" in text
    assert "Nur dieser Betrieb hat einen Aufzug." in text


def test_the_teacher_reads_the_code_that_the_office_types(round_: Round, entry: Entry) -> None:
    teacher = client_of(make_class_teacher(school_class=entry.pupil.school_class).user)
    page = teacher.get(f"/wuensche/fuer/{entry.pupil.public_id}/").content.decode()
    assert entry.pupil.public_id[:5].upper() in page
