"""Cooperations: agreed, renewed, ended; what happens keeps them awake; others do not see them."""

import io
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.factories.atlas import make_cooperation
from tests.factories.network import make_membership, make_organisation, make_region
from tests.factories.schools import make_school
from tests.factories.signed_in import client_of, coordinator_of
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.internships.actions import merge_organisations
from werkpfad.region.atlas.actions import (
    AlreadyCooperating,
    StepNotPossible,
    start_cooperation,
    take_step,
)
from werkpfad.region.atlas.enums import CooperationKind, CooperationStatus
from werkpfad.region.atlas.models import Cooperation
from werkpfad.region.atlas.queries import coverage_of
from werkpfad.region.atlas.rules import SLEEPS_AFTER, Step, next_status, sleeps, steps_from
from werkpfad.region.network.models import Organisation, Region

pytestmark = pytest.mark.django_db
FROZEN = time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)
TODAY = date(2026, 11, 20)


def test_every_step_leads_somewhere_and_the_ended_can_begin_again() -> None:
    for status in CooperationStatus:
        assert all(next_status(status, step) is not None for step in steps_from(status))
    assert steps_from(CooperationStatus.ENDED) == [Step.AGREE]
    assert next_status(CooperationStatus.BUILDING, Step.RENEW) is None


def test_a_cooperation_falls_asleep_after_half_a_year_and_an_ended_one_never() -> None:
    last = TODAY - SLEEPS_AFTER
    assert not sleeps(CooperationStatus.AGREED, last, today=TODAY)
    assert sleeps(CooperationStatus.AGREED, last - timedelta(days=1), today=TODAY)
    assert not sleeps(CooperationStatus.ENDED, date(2020, 1, 1), today=TODAY)


@pytest.fixture
def region() -> Region:
    return make_region()


@FROZEN
def test_the_whole_way_of_a_cooperation(region: Region) -> None:
    office = coordinator_of(region)
    school, firm = make_school(region=region).organisation, make_organisation(region=region)
    values = {
        "school": school.public_id,
        "partner": firm.public_id,
        "kind": "kurs",
        "about": "Ein Kurs baut mit.",
    }
    path = office.post("/kooperationen/neu/", values)["Location"]
    again = office.post("/kooperationen/neu/", values).content.decode()
    assert "schon eine Kooperation dieser Art" in again
    assert office.get(f"{path}urkunde.pdf").status_code == 404
    office.post(f"{path}stand/", {"step": "agree", "until": "2026-11-20"})
    assert Cooperation.objects.get().status == "building"
    office.post(f"{path}stand/", {"step": "agree", "until": "2027-07-31"})
    topic = {"school_year": "2026", "subject": "Physik", "grade": "9", "text": "Strom messen"}
    office.post(f"{path}thema/", topic)
    office.post(
        f"{path}schritt/", {"text": "Termin finden", "party": "school", "due_on": "2026-11-01"}
    )
    page = office.get(path).content.decode()
    assert "Physik, Klasse 9" in page
    assert "überfällig" in page
    pdf = office.get(f"{path}urkunde.pdf")
    text = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert firm.name in text
    assert "31. Juli 2027" in text.replace("\xa0", " ")
    step = Cooperation.objects.get().steps.get()
    office.post(f"{path}schritt/{step.public_id}/erledigt/")
    assert "überfällig" not in office.get(path).content.decode()
    office.post(f"{path}stand/", {"step": "renew", "until": "2028-07-31"})
    office.post(f"{path}stand/", {"step": "end"})
    assert Cooperation.objects.get().status == CooperationStatus.ENDED
    events = AuditEvent.objects.filter(event__startswith="cooperation").order_by("pk")
    assert [event.event.split(".")[1] for event in events] == [
        "started", "agree", "topic_added", "step_planned", "step_done", "renew", "end",
    ]  # fmt: skip


@FROZEN
def test_the_office_sees_which_ones_sleep_and_a_step_wakes_them(region: Region) -> None:
    office = coordinator_of(region)
    asleep = make_cooperation(
        region=region,
        partner=make_organisation(region=region, name="Schläfer GmbH"),
        active_on=date(2026, 1, 5),
    )
    make_cooperation(partner=make_organisation(region=region, name="Wach GmbH"))
    page = office.get("/kooperationen/?stand=schlafen").content.decode()
    assert "Schläfer GmbH" in page
    assert "Wach GmbH" not in page
    path = f"/kooperationen/{asleep.public_id}/schritt/"
    office.post(path, {"text": "Anrufen", "party": "office", "due_on": "2026-12-01"})
    assert "Schläfer GmbH" not in office.get("/kooperationen/?stand=schlafen").content.decode()


def client_for(role: RoleCode, organisation: Organisation) -> Client:
    return client_of(make_membership(role, organisation=organisation).user)


def test_both_sides_work_on_it_and_nobody_else(region: Region) -> None:
    found = make_cooperation(partner=make_organisation(region=region))
    path = f"/kooperationen/{found.public_id}/"
    stranger = make_organisation(region=region)
    assert client_for(RoleCode.COMPANY_MANAGER, found.partner).get(path).status_code == 200
    assert client_for(RoleCode.SCHOOL_COORDINATOR, found.school).get(path).status_code == 200
    assert client_for(RoleCode.COMPANY_MANAGER, stranger).get(path).status_code == 404
    assert client_for(RoleCode.SUPERVISOR, found.partner).get(path).status_code == 404
    partner = client_for(RoleCode.COMPANY_MANAGER, found.partner)
    assert partner.post(f"{path}stand/", {"step": "end"}).status_code == 403


def test_a_step_of_another_cooperation_is_not_to_be_reached(region: Region) -> None:
    office, mine, other = (
        coordinator_of(region),
        make_cooperation(region=region),
        make_cooperation(),
    )
    step = other.steps.create(text="Fremd", party="office", due_on=TODAY)
    path = f"/kooperationen/{mine.public_id}/schritt/{step.public_id}/erledigt/"
    assert office.post(path).status_code in (403, 404)
    step.refresh_from_db()
    assert step.done_on is None


def test_only_one_runs_at_a_time_and_the_database_says_so(now: datetime) -> None:
    found = make_cooperation()
    values = {"school": found.school, "partner": found.partner, "kind": CooperationKind.PARTNERSHIP}
    with pytest.raises(AlreadyCooperating):
        start_cooperation(**values, about="", by=SYSTEM, at=now, today=TODAY)  # type: ignore[arg-type]
    take_step(cooperation=found, step=Step.END, until=None, by=SYSTEM, at=now, today=TODAY)
    start_cooperation(**values, about="", by=SYSTEM, at=now, today=TODAY)  # type: ignore[arg-type]
    until = date(2028, 1, 1)
    for step in (Step.AGREE, Step.RENEW):
        with pytest.raises(StepNotPossible):
            take_step(cooperation=found, step=step, until=until, by=SYSTEM, at=now, today=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cooperation.objects.filter(pk=found.pk).update(status=CooperationStatus.BUILDING)


def test_coverage_by_school_form(region: Region) -> None:
    one = make_school(region=region, main_form="gymnasium").organisation
    make_school(region=region, main_form="gymnasium")
    make_school(region=region, main_form="oberschule")
    make_school(main_form="gymnasium")
    make_cooperation(school=one)
    make_cooperation(school=one, status=CooperationStatus.BUILDING)
    lines = coverage_of(frozenset({region.pk}))
    assert [(line.form.value, line.cooperating, line.schools) for line in lines] == [
        ("oberschule", 0, 1),
        ("gymnasium", 1, 2),
    ]


def test_the_list_costs_the_same_with_one_and_three(region: Region) -> None:
    office = coordinator_of(region)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get("/kooperationen/").status_code == 200
        return len(queries)

    make_cooperation(partner=make_organisation(region=region))
    cost()
    one = cost()
    make_cooperation(partner=make_organisation(region=region))
    make_cooperation(partner=make_organisation(region=region))
    assert cost() == one


def test_a_merged_companys_cooperations_go_on(region: Region, now: datetime) -> None:
    loser, winner = make_organisation(region=region), make_organisation(region=region)
    found = make_cooperation(partner=loser)
    merge_organisations(loser=loser, winner=winner, by=SYSTEM, at=now)
    found.refresh_from_db()
    assert found.partner == winner
