"""A round in the browser: planned, tried, allocated, published, and read by pupil and teacher."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.internships import make_programme
from tests.factories.journey import make_run
from tests.factories.rounds import make_list, make_seeded_round, make_slots
from tests.factories.schools import make_class, make_class_teacher, make_school
from tests.factories.signed_in import client_of, coordinator_of
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.matching.actions import begin_run, execute, request_run
from werkpfad.journey.matching.enums import RoundPhase, RunKind, RunStatus
from werkpfad.journey.matching.models import Round, Run
from werkpfad.journey.matching.rules import commitment
from werkpfad.journey.matching.tasks import run_round
from werkpfad.journey.placements.models import Placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make_seeded_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))


@pytest.fixture
def visitor(round_: Round) -> Client:
    return coordinator_of(round_.programme.region)


def typed(**changes: str) -> dict[str, str]:
    return {
        "wishes_from": "2026-11-23",
        "wishes_until": "2026-12-11",
        "publish_on": "2026-12-15",
        "confirm_until": "2027-01-15",
        "min_wishes": "3",
        "max_wishes": "8",
        "equity": "parity",
    } | changes


def test_a_round_is_planned_with_a_drawn_and_committed_seed() -> None:
    programme = make_programme()
    visitor = coordinator_of(programme.region)
    address = f"/programme/{programme.public_id}/zuteilung/"
    refused = visitor.post(address, typed(publish_on="2026-12-01"))
    assert refused.status_code == 422
    assert "frühestens am Tag nach der Wunschabgabe" in refused.content.decode()

    visitor.post(address, typed())

    found = Round.objects.get()
    assert found.seed_commitment == commitment(found.seed)
    page = visitor.get(f"/runden/{found.public_id}/").content.decode()
    assert found.seed_commitment in page
    assert found.seed not in page
    assert "läuft schon eine Zuteilung" in visitor.post(address, typed()).content.decode()


def test_two_coordinators_on_one_round_lose_nothing(visitor: Client, round_: Round) -> None:
    address = f"/runden/{round_.public_id}/bearbeiten/"
    old = typed(wishes_from="2026-11-10", version=str(round_.version))
    visitor.post(address, old | {"max_wishes": "9"})
    answer = visitor.post(address, old | {"max_wishes": "7"})
    assert answer.status_code == 409
    assert "Jemand anders hat in der Zwischenzeit gespeichert" in answer.content.decode()
    round_.refresh_from_db()
    assert round_.max_wishes == 9
    assert round_.phase == RoundPhase.WISHES


def test_phases_can_be_moved_by_hand_and_are_logged(visitor: Client) -> None:
    found = make_seeded_round(programme=make_programme(), phase=RoundPhase.WISHES)
    visitor = coordinator_of(found.programme.region)
    visitor.post(f"/runden/{found.public_id}/schritt/", {"schritt": "end_wishes"})
    found.refresh_from_db()
    assert found.phase == RoundPhase.ALLOCATION
    page = visitor.get(f"/runden/{found.public_id}/").content.decode()
    assert "Phase: Zuteilung" in page
    again = visitor.post(
        f"/runden/{found.public_id}/schritt/", {"schritt": "end_wishes"}, follow=True
    )
    assert "nicht möglich" in again.content.decode()


def run_through(visitor: Client, round_: Round, kind: str) -> Run:
    """Ask for a run as the button does, and let the worker's task do its work."""
    visitor.post(f"/runden/{round_.public_id}/rechnen/", {"art": kind, "ausgleich": "strict"})
    run = Run.objects.latest("pk")
    run_round.call(run.public_id)
    run.refresh_from_db()
    return run


def test_from_rehearsal_to_the_pupils_result(visitor: Client, round_: Round) -> None:
    slots = make_slots(round_, 1, 6)
    school_class = make_class(school=make_school(region=round_.programme.region), name="9c")
    entries = [make_list(round_, slots, school_class=school_class) for _ in range(8)]

    dry = run_through(visitor, round_, "dry")
    assert dry.status == RunStatus.DONE
    final = run_through(visitor, round_, "final")
    page = visitor.get(f"/runden/laeufe/{final.public_id}/").content.decode()
    assert "Besser geht es nicht" in page
    assert "Veröffentlichen …" in page
    assert all(entry.pupil.family_name not in page for entry in entries)
    compared = visitor.get(f"/runden/{round_.public_id}/vergleich/").content.decode()
    assert "Schulen mit hohem Sozialindex zuerst" in compared

    pupil = entries[0].pupil
    before = client_of(pupil.user).get("/ergebnis/").content.decode()
    assert "Jetzt heißt es warten" in before
    question = visitor.get(f"/runden/laeufe/{final.public_id}/veroeffentlichen/").content.decode()
    assert "7 Plätze werden vorgeschlagen" in question
    visitor.post(f"/runden/laeufe/{final.public_id}/veroeffentlichen/")

    assert Placement.objects.count() == 7
    round_.refresh_from_db()
    assert round_.phase == RoundPhase.PUBLISHED
    assert round_.seed in visitor.get(f"/runden/laeufe/{final.public_id}/").content.decode()
    results = [client_of(e.pupil.user).get("/ergebnis/").content.decode() for e in entries]
    assert sum("Das ist dein erster Wunsch!" in text for text in results) == 1
    assert sum("noch nicht geklappt" in text for text in results) == 1
    for entry, text in zip(entries, results, strict=True):
        others = [e.pupil.family_name for e in entries if e != entry]
        assert not any(name in text for name in others)
    teacher = client_of(make_class_teacher(school_class=school_class).user)
    told = teacher.get("/ergebnis/klassen/").content.decode()
    assert told.count("1. Wunsch") == 1
    assert "noch ohne Platz" in told


def test_the_progress_page_works_without_scripts(
    visitor: Client, round_: Round, now: datetime
) -> None:
    make_list(round_, make_slots(round_, 1))
    run = request_run(round_=round_, kind=RunKind.DRY, by=SYSTEM, at=now)
    address = f"/runden/laeufe/{run.public_id}/"
    page = visitor.get(address).content.decode()
    assert "Stand aktualisieren" in page
    begin_run(run_id=run.public_id, at=now)
    visitor.post(f"{address}abbrechen/")
    assert "Dieser Lauf wurde abgebrochen" in visitor.get(address).content.decode()
    visitor.post(f"{address}neu-starten/")
    execute(run_id=run.public_id, at=now)
    assert "Nachrechnen und prüfen" in visitor.get(address).content.decode()


def test_a_result_cannot_be_published_twice(visitor: Client, round_: Round) -> None:
    make_list(round_, make_slots(round_, 1))
    final = run_through(visitor, round_, "final")
    address = f"/runden/laeufe/{final.public_id}/veroeffentlichen/"
    visitor.post(address)
    again = visitor.post(address, follow=True)
    assert "nur eine fertige Zuteilung" in again.content.decode()
    assert Placement.objects.count() == 1


def test_round_pages_cost_the_same_for_one_and_three_runs(visitor: Client, round_: Round) -> None:
    counts = []
    for _ in range(3):
        make_run(round=round_, status=RunStatus.FAILED)
        visitor.get(f"/runden/{round_.public_id}/")
        with CaptureQueriesContext(connection) as queries:
            visitor.get(f"/runden/{round_.public_id}/")
        counts.append(len(queries))
    assert counts[0] == counts[2]
