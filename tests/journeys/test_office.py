"""The office at its desk: a large list in the background, a doubled company made one."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.exchange.files import csv
from tests.factories.internships import make_offer
from tests.factories.network import make_membership, make_organisation, make_region, make_site
from tests.journeys.conftest import too_wide
from tests.journeys.stage import Stage
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core import clock, progress
from werkpfad.region.network.models import Organisation, Region
from werkpfad.region.schools.models import School
from werkpfad.surface.exchange import actions, tasks
from werkpfad.surface.exchange.models import ImportBatch

pytestmark = pytest.mark.django_db(transaction=True)
SCHOOLS = 1300
LONG = "am langen Deich " * 11


@pytest.fixture
def region() -> Region:
    return make_region(state="NI")


@pytest.fixture
def desk(stage: Stage, region: Region) -> Page:
    return stage.with_second_factor(make_membership(RoleCode.COORDINATOR, region=region).user)


def test_a_large_list_is_taken_over_while_somebody_watches(
    desk: Page, tmp_path: Path, settings: Any, barriers: Any
) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    rows = (f"{n};Schule {n} {LONG};Gymnasium;21680" for n in range(1, SCHOOLS + 1))
    file = tmp_path / "schulen_des_landkreises_elbe_oste_stand_november_2026_neu.csv"
    file.write_bytes(csv("Schulnummer;Name;Schulform;PLZ", *rows))
    assert file.stat().st_size > tasks.SMALL_FILE
    desk.goto("/importe/neu/schools/")
    desk.set_input_files("input[type=file]", file)
    desk.get_by_role("button", name="Datei prüfen").click()
    expect(desk.get_by_text("wird als Nächstes geprüft")).to_be_visible()
    assert barriers(desk) == []
    call_command("worker", "--once")
    expect(desk.get_by_text(f"{SCHOOLS} Zeilen gelesen")).to_be_visible()
    desk.get_by_role("button", name="Alles übernehmen").click()
    expect(desk.get_by_text("Die Übernahme beginnt")).to_be_visible()
    batch = ImportBatch.objects.get()
    work = actions.begin_work(batch_id=batch.public_id, at=clock.now())
    assert work is not None
    progress.tell(batch.public_id, 500, SCHOOLS, at=clock.now())
    expect(desk.get_by_text(f"500 von {SCHOOLS} Zeilen")).to_be_visible()
    assert barriers(desk) == []
    actions.fail_work(work=work, problem="Der Strom war weg.", at=clock.now())
    expect(desk.get_by_text("Der Strom war weg.")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("button", name="Noch einmal versuchen").click()
    expect(desk.get_by_text("Die Übernahme beginnt")).to_be_visible()
    call_command("worker", "--once")
    expect(desk.get_by_text("Übernommen am")).to_be_visible()
    assert School.objects.count() == SCHOOLS
    progress.forget(batch.public_id)
    assert too_wide(desk) == []
    desk.goto("/importe/")
    expect(desk.get_by_role("link", name="schulen_des_landkreises")).to_be_visible()


def test_a_doubled_company_becomes_one_and_two_again(
    desk: Page, region: Region, barriers: Any
) -> None:
    one, two = (
        make_organisation(region=region, name=name) for name in ("Tischlerei Meyer", "Meyer GmbH")
    )
    for company in (one, two):
        make_site(organisation=company)
    offer = make_offer(organisation=two, site=two.sites.get())
    desk.goto(f"/organisationen/{one.public_id}/")
    desk.get_by_role("link", name="vergleichen und zusammenführen").click()
    expect(desk.get_by_role("heading", name="Meyer GmbH")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("button", name="Zusammenführen").click()
    desk.get_by_label("Tischlerei Meyer (ohne Nummer").check()
    desk.get_by_role("button", name="Zusammenführen").click()
    expect(desk.get_by_text("„Meyer GmbH“ ist jetzt Teil hiervon")).to_be_visible()
    assert barriers(desk) == []
    offer.refresh_from_db()
    assert offer.organisation == one
    desk.goto(f"/organisationen/{two.public_id}/")
    expect(desk.get_by_role("heading", name="Tischlerei Meyer")).to_be_visible()
    desk.get_by_role("button", name="Wieder trennen").click()
    expect(desk.get_by_text("Wieder getrennt")).to_be_visible()
    assert set(Organisation.objects.filter(kind="company").values_list("status", flat=True)) == {
        "active"
    }
