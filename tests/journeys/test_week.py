"""A Praktikumswoche in a real browser: fields and days instead of places, another company each day."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.internships import make_field, make_offer, make_slot
from tests.factories.network import make_membership, make_organisation, make_region
from tests.factories.schools import make_class, make_pupil, make_school
from tests.journeys.stage import PHONE, Stage, code_for, link_to, load_fields
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.journey.internships.models import Programme
from werkpfad.region.network.models import Region
from werkpfad.region.schools.models import Pupil

WEEK = "Praktikumswoche im Frühling"
WORKSHOP, GARDEN = "Tischlerei Nordlicht", "Gärtnerei Löwenzahn"
MONDAY, TUESDAY, WEDNESDAY = "Mo 12.04.", "Di 13.04.", "Mi 14.04."


@pytest.fixture
def pupil(stage: Stage) -> Pupil:
    load_fields()
    region = make_region(contact_email="servicestelle@example.org")
    return make_pupil(school_class=make_class(school=make_school(region=region)))


@pytest.mark.django_db(transaction=True)
def test_two_days_at_two_companies(stage: Stage, pupil: Pupil) -> None:
    region = pupil.school_class.school.organisation.region
    coordinator = make_membership(RoleCode.COORDINATOR, region=region).user
    open_week(stage.with_second_factor(coordinator))
    offer_days(region)
    assert pupil.user is not None
    code = code_for(pupil.user)
    choose(stage.by_code(code))
    stage.turn_to(2027, 3, 8)
    allocate(stage.with_second_factor(coordinator))
    stage.work()
    for company, day in ((WORKSHOP, "12. April"), (GARDEN, "14. April")):
        page = stage.browser(PHONE)
        page.goto(link_to(address(company)))
        expect(page.get_by_text(day).first).to_be_visible()
        page.get_by_role("button", name="Ja, gern").click()
        expect(page.get_by_text("Alles beantwortet")).to_be_visible()
    see_both_days(stage.by_code(code))


def address(company: str) -> str:
    return f"{company.split()[0].lower()}@example.org"


def open_week(page: Page) -> None:
    page.goto("/programme/")
    page.get_by_role("link", name="Neues Programm").first.click()
    page.get_by_role("link", name="Praktikumswoche").click()
    page.get_by_label("Name", exact=True).fill(WEEK)
    page.get_by_label("Erster Tag").fill("2027-04-12")
    page.get_by_label("Letzter Tag").fill("2027-04-16")
    page.get_by_label("Betriebe veröffentlichen Angebote bis").fill("2027-02-26")
    page.get_by_text("9. Jahrgang", exact=True).click()
    page.get_by_role("button", name="Als Entwurf speichern und weiter").click()
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        page.get_by_label(day).check(force=True)
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_label("Wunschabgabe ab").fill("2026-11-20")
    page.get_by_label("Wunschabgabe bis einschließlich").fill("2027-03-05")
    page.get_by_label("Ergebnis veröffentlichen am").fill("2027-03-08")
    page.get_by_label("Alle bestätigen bis").fill("2027-03-22")
    page.get_by_role("button", name="Zuteilung planen und weiter").click()
    page.get_by_role("link", name="Programm öffnen").click()
    page.get_by_role("button", name="Jetzt öffnen").click()
    expect(page.get_by_text("Das Programm ist offen.")).to_be_visible()


def offer_days(region: Region) -> None:
    """The workshop has a seat on Monday and Tuesday, the garden on Wednesday."""
    programme = Programme.objects.get(title=WEEK)
    first = programme.first_day
    days = {WORKSHOP: ("holz", [0, 1]), GARDEN: ("gruene-berufe", [2])}
    for name, (code, offsets) in days.items():
        offer = make_offer(
            organisation=make_organisation(region=region, name=name),
            title=f"Ein Tag in der {name.split()[0]}",
            contact_email=address(name),
            main_field=make_field(code=code),
        )
        for offset in offsets:
            make_slot(offer=offer, programme=programme, first_day=first.replace(day=12 + offset))


def choose(page: Page) -> None:
    page.goto("/wuensche/")
    page.get_by_role("link", name=WEEK).click()
    page.get_by_label("1. Berufsfeld").select_option("holz")
    page.get_by_label("2. Berufsfeld").select_option("gruene-berufe")
    page.get_by_label("Wie viele Tage möchtest du?").select_option("2 Tage")
    page.get_by_text("13.04.").click()
    page.get_by_role("button", name="Speichern und abgeben").click()
    expect(page.get_by_text("Deine Berufsfelder und Tage sind gespeichert.")).to_be_visible()


def allocate(page: Page) -> None:
    page.goto("/runden/")
    page.get_by_role("link", name=WEEK).click()
    page.get_by_role("button", name="Zuteilung berechnen").click()
    expect(page.get_by_text("Besser geht es nicht")).to_be_visible()
    page.get_by_role("link", name="Veröffentlichen …").click()
    page.get_by_role("button", name="Jetzt veröffentlichen").click()
    expect(page.get_by_text("Veröffentlicht: 2 Plätze sind vorgeschlagen")).to_be_visible()


def see_both_days(page: Page) -> None:
    page.goto("/ergebnis/")
    for day, company in (("12. April", WORKSHOP), ("14. April", GARDEN)):
        expect(page.get_by_text(day).first).to_be_visible()
        expect(page.get_by_text(company).first).to_be_visible()
    page.get_by_role("link", name="Platz ansehen und antworten").click()
    for _ in range(2):
        page.get_by_role("button", name="Ja, ich nehme den Platz").first.click()
        expect(page.get_by_text("Gespeichert").first).to_be_visible()
    expect(page.get_by_role("button", name="Mein Ja zurücknehmen")).to_have_count(2)
