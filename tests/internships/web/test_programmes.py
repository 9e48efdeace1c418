"""Programmes in the browser of a coordinator: create, choose days, open, edit side by side, close."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.internships import make_offer, make_programme, make_slot, make_week
from tests.factories.journey import make_round
from tests.factories.network import make_region
from tests.factories.schools import make_class, make_pupil, make_school
from tests.factories.signed_in import client_of, coordinator_of
from werkpfad.journey.internships.enums import ProgrammeStatus
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.region.network.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def visitor(region: Region) -> Client:
    return coordinator_of(region)


def typed(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": "Praktikum im Februar",
        "description": "Zwei Wochen im Betrieb.",
        "first_day": "2027-02-08",
        "last_day": "2027-02-19",
        "offers_until": "2027-01-08",
        "grades": ["9", "10"],
        "which_schools": "all",
        "min_age": "13",
        "max_distance_km": "25",
        "is_school_event": "on",
    }
    return values | changes


def test_a_block_is_created_as_a_draft_and_leads_to_its_round(visitor: Client) -> None:
    answer = visitor.post("/programme/neu/?art=block", typed())

    programme = Programme.objects.get()
    assert answer.url == f"/programme/{programme.public_id}/zuteilung/?neu=1"  # type: ignore[attr-defined]
    assert programme.status == ProgrammeStatus.DRAFT
    assert (programme.school_year, programme.grades) == (2026, [9, 10])
    assert not programme.days.exists()


def test_a_week_begins_with_all_days_that_are_no_holidays(visitor: Client) -> None:
    """Easter 2027 in Lower Saxony: school holidays from 22 March on, so nothing after the 19th is proposed."""
    dates = {"first_day": "2027-03-18", "last_day": "2027-03-24", "offers_until": "2027-03-01"}
    visitor.post("/programme/neu/?art=week", typed(**dates, max_days="2"))

    programme = Programme.objects.get()
    days = list(programme.days.order_by("day").values_list("day", flat=True))
    assert days == [date(2027, 3, 18), date(2027, 3, 19)]
    page = visitor.get(f"/programme/{programme.public_id}/tage/?neu=1").content.decode()
    assert page.count("Schulferien") >= 3
    answer = visitor.post(f"/programme/{programme.public_id}/tage/?neu=1", {"days": ["2027-03-18"]})
    assert answer.url.endswith("/zuteilung/?neu=1")  # type: ignore[attr-defined]
    assert programme.days.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"last_day": "2027-02-01"}, "Der letzte Tag liegt vor dem ersten."),
        ({"first_day": "2026-11-01", "offers_until": "2026-11-01"}, "in der Vergangenheit"),
        ({"offers_until": "2027-02-09"}, "spätestens am ersten Tag"),
        ({"grades": []}, "Jahrgänge: Bitte auswählen."),
        ({"which_schools": "some"}, "mindestens eine Schule"),
        ({"first_day": "kaputt"}, "gültiges Datum"),
    ],
)
def test_rejected_input_is_explained_and_kept(
    visitor: Client, changes: dict[str, Any], message: str
) -> None:
    answer = visitor.post("/programme/neu/?art=block", typed(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert "Zwei Wochen im Betrieb." in page
    assert not Programme.objects.exists()


def test_only_schools_of_the_own_region_can_be_named(visitor: Client, region: Region) -> None:
    own, foreign = make_school(region=region), make_school()
    some = {"which_schools": "some", "schools": [foreign.public_id]}
    assert visitor.post("/programme/neu/?art=block", typed(**some)).status_code == 422
    visitor.post("/programme/neu/?art=block", typed(which_schools="some", schools=[own.public_id]))
    assert list(Programme.objects.get().schools.all()) == [own]


def test_two_coordinators_on_one_form_lose_nothing(region: Region) -> None:
    programme = make_programme(region=region, title="Alter Name")
    first, second = coordinator_of(region), coordinator_of(region)
    address = f"/programme/{programme.public_id}/bearbeiten/"
    seen = str(programme.version)

    first.post(address, typed(title="Name der Ersten", version=seen))
    answer = second.post(address, typed(title="Name des Zweiten", version=seen))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Name der Ersten" in page
    assert page.count("Name des Zweiten") == 2
    programme.refresh_from_db()
    assert programme.title == "Name der Ersten"

    second.post(address, typed(title="Name des Zweiten", version=str(programme.version)))
    programme.refresh_from_db()
    assert programme.title == "Name des Zweiten"


def test_opening_and_closing_name_their_consequences(visitor: Client, region: Region) -> None:
    programme = make_programme(region=region, status=ProgrammeStatus.DRAFT)
    round_ = make_round(programme=programme, phase=RoundPhase.WISHES)
    address = f"/programme/{programme.public_id}"
    assert "sichtbar" in visitor.get(f"{address}/oeffnen/").content.decode()
    visitor.post(f"{address}/oeffnen/")
    programme.refresh_from_db()
    assert programme.status == ProgrammeStatus.OPEN

    assert "abgebrochen" in visitor.get(f"{address}/abschliessen/").content.decode()
    visitor.post(f"{address}/abschliessen/")
    programme.refresh_from_db()
    round_.refresh_from_db()
    assert (programme.status, round_.phase) == (ProgrammeStatus.CLOSED, RoundPhase.CLOSED)
    again = visitor.post(f"{address}/abschliessen/", follow=True)
    assert "Nur ein offenes Programm" in again.content.decode()


def test_a_day_with_seats_cannot_be_dropped(visitor: Client, region: Region) -> None:
    week = make_week(region=region)
    make_slot(programme=week, offer=make_offer(region=region), first_day=date(2027, 3, 23))
    answer = visitor.post(f"/programme/{week.public_id}/tage/", {"days": ["2027-03-22"]})
    assert "bieten Betriebe schon Plätze an" in answer.content.decode()
    assert week.days.count() == 3


def test_each_role_reads_what_to_do_now(region: Region) -> None:
    programme = make_programme(region=region)
    make_round(programme=programme, phase=RoundPhase.WISHES)
    pupil = make_pupil(school_class=make_class(school=make_school(region=region)))
    address = f"/programme/{programme.public_id}/"
    assert "Gib deine Wünsche ab" in client_of(pupil.user).get(address).content.decode()
    told = coordinator_of(region).get(address).content.decode()
    assert "Wünsche werden gesammelt" in told


def test_drafts_are_seen_by_coordinators_only(region: Region, visitor: Client) -> None:
    draft = make_programme(region=region, status=ProgrammeStatus.DRAFT)
    pupil = make_pupil(school_class=make_class(school=make_school(region=region)))
    address = f"/programme/{draft.public_id}/"
    assert visitor.get(address).status_code == 200
    assert client_of(pupil.user).get(address).status_code == 404


def queries_of(visitor: Client, address: str) -> int:
    visitor.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(address).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_for_one_and_three(visitor: Client, region: Region) -> None:
    make_slot(programme=make_programme(region=region))
    one = queries_of(visitor, "/programme/")
    for _ in range(2):
        make_slot(programme=make_programme(region=region))
    assert queries_of(visitor, "/programme/") == one
