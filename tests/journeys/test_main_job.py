"""The main job in a real browser: from a programme to a certificate that a stranger can check.

Each step begins at the page where its person arrives and uses the words on the screen. What is
made before the first step: a region with its coordinator, a school, two companies and their places.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.factories.internships import make_offer, make_slot
from tests.factories.network import (
    make_membership,
    make_organisation,
    make_place,
    make_region,
    make_site,
    make_user,
)
from tests.factories.schools import make_school
from tests.journeys.stage import PHONE, Stage, link_to, load_fields, pdf_behind
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.placements.models import Placement
from werkpfad.region.network.models import Organisation, Region

PROGRAMME = "Betriebspraktikum Jahrgang 9"
OFFER = "Bau dein eigenes Regal"
WORKSHOP, KITA = "Tischlerei Nordlicht", "Kita Kunterbunt"
WORKSHOP_MAIL, OWNER_MAIL = "werkstatt@example.org", "chefin@example.org"
SCHOOL_MAIL, TEACHER_MAIL = "schulkoordination@example.org", "lehrkraft@example.org"
SENTENCE = "Ich hätte dich gern wieder hier."


@dataclass
class Town:
    region: Region
    coordinator: User
    workshop: Organisation
    kita: Organisation


@pytest.fixture
def town(stage: Stage) -> Town:
    load_fields()
    make_place()
    region = make_region(name="Landkreis Stade", contact_email="servicestelle@example.org")
    school = make_school(region=region).organisation
    for role, email, name in (
        (RoleCode.SCHOOL_COORDINATOR, SCHOOL_MAIL, "Deniz"),
        (RoleCode.TEACHER, TEACHER_MAIL, "Robin"),
    ):
        user = make_user(email=email, given_name=name, family_name="Beispiel")
        make_membership(role, organisation=school, user=user)
    workshop, kita = (make_organisation(region=region, name=name) for name in (WORKSHOP, KITA))
    for company in (workshop, kita):
        make_site(organisation=company)
    make_membership(
        RoleCode.COMPANY_MANAGER, organisation=workshop, user=make_user(email=OWNER_MAIL)
    )
    coordinator = make_membership(RoleCode.COORDINATOR, region=region).user
    return Town(region, coordinator, workshop, kita)


@pytest.mark.django_db(transaction=True)
def test_from_programme_to_certificate(stage: Stage, town: Town) -> None:
    coordinator = stage.with_second_factor(town.coordinator)
    open_programme(coordinator)
    publish_offer(stage.by_mail_link(OWNER_MAIL))
    offer_a_second_place(town)
    make_class(stage.by_mail_link(SCHOOL_MAIL))
    code = hand_out_codes(stage.by_mail_link(TEACHER_MAIL))
    wish(stage.by_code(code))
    stage.turn_to(2026, 12, 14)
    allocate(stage.with_second_factor(town.coordinator))
    stage.work()
    company_says_yes(stage.browser(PHONE))
    pupil_says_yes(stage.by_code(code))
    school_approves(stage.by_mail_link(TEACHER_MAIL))
    place_is_taken(stage, code)
    stage.turn_to(2027, 2, 8)
    company_records_attendance(stage.browser(PHONE))
    stage.turn_to(2027, 2, 20)
    feedback_goes_both_ways(stage, code)
    certificate_can_be_checked(stage, code)


def open_programme(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Programme", exact=True).first.click()
    page.get_by_role("link", name="Neues Programm").first.click()
    page.get_by_role("link", name="Schülerbetriebspraktikum").click()
    page.get_by_label("Name", exact=True).fill(PROGRAMME)
    page.get_by_label("Erster Tag").fill("2027-02-08")
    page.get_by_label("Letzter Tag").fill("2027-02-19")
    page.get_by_label("Betriebe veröffentlichen Angebote bis").fill("2026-12-04")
    page.get_by_text("9. Jahrgang", exact=True).click()
    page.get_by_role("button", name="Als Entwurf speichern und weiter").click()
    page.get_by_label("Wunschabgabe ab").fill("2026-11-20")
    page.get_by_label("Wunschabgabe bis einschließlich").fill("2026-12-11")
    page.get_by_label("Ergebnis veröffentlichen am").fill("2026-12-14")
    page.get_by_label("Alle bestätigen bis").fill("2027-01-15")
    page.get_by_label("So viele Wünsche sind mindestens nötig").fill("2")
    page.get_by_role("button", name="Zuteilung planen und weiter").click()
    expect(page.get_by_text("Noch ein Entwurf")).to_be_visible()
    page.get_by_role("link", name="Programm öffnen").click()
    page.get_by_role("button", name="Jetzt öffnen").click()
    expect(page.get_by_text("Das Programm ist offen.")).to_be_visible()


def publish_offer(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Unsere Angebote").first.click()
    page.get_by_role("link", name="Erstes Angebot anlegen").click()
    page.get_by_role("link", name="Holz").click()
    page.get_by_label("Titel").fill(OFFER)
    page.get_by_label("Worum geht es?").fill("Du sägst, schleifst und ölst ein kleines Regal.")
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_label("Plätze").fill("1")
    page.get_by_label("Beginn").fill("08:00")
    page.get_by_label("Ende").fill("14:30")
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_label("Ansprechperson").fill("Kim Beispiel")
    page.get_by_label("E-Mail-Adresse").fill(WORKSHOP_MAIL)
    page.get_by_label("Telefon").fill("04141 12345")
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_role("button", name="Jetzt veröffentlichen").click()
    expect(page.get_by_text("veröffentlicht", exact=True)).to_be_visible()


def offer_a_second_place(town: Town) -> None:
    programme = Programme.objects.get(title=PROGRAMME)
    field = Field.objects.get(code="soziales-erziehung")
    offer = make_offer(organisation=town.kita, title="Spielen und vorlesen", main_field=field)
    make_slot(offer=offer, programme=programme)


def make_class(page: Page) -> None:
    """The school enters two pupils and names their teacher."""
    page.get_by_role("link", name="Klassen", exact=True).first.click()
    page.get_by_role("link", name="Neue Klasse").first.click()
    page.get_by_label("Name der Klasse").fill("9b")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Person eintragen").first.click()
    enter_pupil(page, "Ayla", "Sommer")
    page.get_by_role("button", name="Speichern und weitere Person eintragen").click()
    enter_pupil(page, "Jonas", "Winter")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.goto("/klassen/")
    page.get_by_role("link", name="9b").click()
    page.get_by_role("link", name="Lehrkräfte der Klasse").click()
    page.get_by_label("Lehrkraft").select_option("Robin Beispiel")
    page.get_by_role("button", name="Zuordnen").click()
    expect(page.get_by_text("Robin Beispiel sieht jetzt die Klasse 9b.")).to_be_visible()


def hand_out_codes(page: Page) -> str:
    """The teacher prints the sheets; returns the code on Ayla's."""
    page.get_by_role("link", name="9b").click()
    page.get_by_role("link", name="Codes anlegen und drucken").click()
    page.get_by_role("button", name="Fehlende Codes anlegen").click()
    sheet = page.get_by_role("listitem").filter(has_text="Ayla Sommer")
    code = sheet.locator(".wp-code").inner_text()
    printed = pdf_behind(page, "Als PDF öffnen")
    assert "Ayla Sommer" in printed
    assert code in printed
    return code


def enter_pupil(page: Page, given_name: str, family_name: str) -> None:
    page.get_by_label("Vorname").fill(given_name)
    page.get_by_label("Nachname").fill(family_name)
    page.get_by_label("Geburtsdatum").fill("2012-03-14")


def wish(page: Page) -> None:
    fill_profile(page)
    page.goto("/")
    page.get_by_role("link", name="Angebote").first.click()
    for title in ("Spielen und vorlesen", OFFER):
        page.goto("/angebote/")
        page.get_by_role("link", name=title).click()
        page.get_by_role("button", name="Auf meine Liste").click()
        expect(page.get_by_text("Steht auf der Liste")).to_be_visible()
    page.get_by_role("button", name=f"{OFFER} nach oben").click()
    expect(page.get_by_label("Wunschliste").get_by_role("listitem").first).to_contain_text(OFFER)
    page.get_by_role("button", name="Wünsche abgeben").click()
    expect(page.get_by_text("Abgegeben. Ändern geht noch bis zum 11. Dezember.")).to_be_visible()


def fill_profile(page: Page) -> None:
    page.goto("/profil/")
    page.get_by_role("link", name="Los geht’s").click()
    page.get_by_role("button", name="Holz").click()
    expect(page.get_by_text("1 von 5 ausgesucht")).to_be_visible()
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_label("Deine Postleitzahl").fill("21680")
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_label("Mit dem Fahrrad").check()
    page.get_by_label("bis 10 km").check()
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_label("Was machst du gern?").fill("Ich schraube an meinem Fahrrad.")
    page.get_by_role("button", name="Weiter", exact=True).click()
    for _ in range(2):
        page.get_by_role("button", name="Überspringen").click()
    expect(page.get_by_text("21680 Stade")).to_be_visible()


def allocate(page: Page) -> None:
    page.goto("/programme/")
    page.get_by_role("link", name=PROGRAMME).click()
    page.get_by_role("link", name="Zur Zuteilung").click()
    page.get_by_role("button", name="Probelauf starten").click()
    expect(page.get_by_text("Besser geht es nicht")).to_be_visible()
    page.get_by_role("link", name="Zur Zuteilung").click()
    page.get_by_role("button", name="Zuteilung berechnen").click()
    expect(page.get_by_text("Besser geht es nicht")).to_be_visible()
    page.get_by_role("link", name="Veröffentlichen …").click()
    expect(page.get_by_text("1 Platz wird vorgeschlagen")).to_be_visible()
    page.get_by_role("button", name="Jetzt veröffentlichen").click()
    expect(page.get_by_text("Veröffentlicht: 1 Platz ist vorgeschlagen")).to_be_visible()


def company_says_yes(page: Page) -> None:
    page.goto(link_to(WORKSHOP_MAIL))
    expect(page.get_by_role("heading", name="Ayla")).to_be_visible()
    expect(page.get_by_text("Sommer")).to_have_count(0)
    page.get_by_role("button", name="Ja, gern").click()
    expect(page.get_by_text("Alles beantwortet")).to_be_visible()


def pupil_says_yes(page: Page) -> None:
    page.goto("/ergebnis/")
    expect(page.get_by_text("Das ist dein erster Wunsch!")).to_be_visible()
    page.get_by_role("link", name="Platz ansehen und antworten").click()
    expect(page.get_by_text("Kim Beispiel")).to_have_count(0)
    page.get_by_role("button", name="Ja, ich nehme den Platz").click()
    expect(page.get_by_role("button", name="Mein Ja zurücknehmen")).to_be_visible()


def school_approves(page: Page) -> None:
    page.get_by_role("link", name="Genehmigen").first.click()
    page.get_by_role("row").filter(has_text="Ayla Sommer").get_by_role("checkbox").check()
    page.get_by_role("button", name="Ausgewählte genehmigen").click()
    page.get_by_role("button", name="Platz genehmigen").click()
    expect(page.get_by_text("1 Platz genehmigt.")).to_be_visible()
    page.goto("/klassen/")
    page.get_by_role("link", name="9b").click()
    ayla, jonas = (page.get_by_role("row").filter(has_text=name) for name in ("Sommer", "Winter"))
    expect(ayla).to_contain_text("bestätigt")
    expect(ayla).to_contain_text("war angemeldet")
    expect(jonas).to_contain_text("ohne Platz")
    expect(jonas).to_contain_text("noch nie angemeldet")


def place_is_taken(stage: Stage, code: str) -> None:
    page = stage.by_code(code)
    page.goto("/praktikum/")
    expect(page.get_by_text("bestätigt", exact=True)).to_be_visible()
    expect(page.get_by_text("Kim Beispiel")).to_be_visible()
    agreement = pdf_behind(page, "Vereinbarung (PDF)")
    assert WORKSHOP in agreement
    assert "Ayla Sommer" in agreement
    assert Slot.objects.get(offer__title=OFFER).taken == 1
    public = stage.browser()
    public.goto("/angebote/")
    expect(public.get_by_role("listitem").filter(has_text=OFFER)).to_contain_text("zurzeit voll")


def company_records_attendance(page: Page) -> None:
    page.goto(link_to(WORKSHOP_MAIL))
    expect(page.get_by_role("heading", name="Ayla Sommer")).to_be_visible()
    page.get_by_role("button", name="da Ayla Sommer", exact=True).click()
    expect(page.get_by_role("button", name="Eintrag zurücknehmen Ayla Sommer")).to_be_visible()


def feedback_goes_both_ways(stage: Stage, code: str) -> None:
    company = stage.browser(PHONE)
    company.goto(link_to(WORKSHOP_MAIL))
    answer_questions(company, SENTENCE)
    pupil = stage.by_code(code)
    pupil.goto("/praktikum/")
    pupil.get_by_text("Das sagt der Betrieb über dich").click()
    expect(pupil.get_by_text(SENTENCE)).to_be_visible()
    pupil.get_by_role("link", name="Sag, wie es war").click()
    answer_questions(pupil, "Man darf wirklich selbst bauen.")


def answer_questions(page: Page, sentence: str) -> None:
    for answer in page.get_by_label("stimmt genau").all():
        answer.check()
    page.get_by_role("textbox").fill(sentence)
    page.get_by_role("button", name="Rückmeldung abschicken").click()
    expect(page.get_by_role("button", name="Rückmeldung abschicken")).to_have_count(0)


def certificate_can_be_checked(stage: Stage, code: str) -> None:
    placement = Placement.objects.get(slot__offer__title=OFFER)
    owner = stage.by_mail_link(OWNER_MAIL)
    owner.goto(f"/praktika/{placement.public_id}/")
    owner.get_by_role("link", name="Bescheinigung ausstellen").click()
    owner.get_by_role("button", name="Bescheinigung ausstellen").click()
    expect(owner.get_by_text("Die Bescheinigung ist ausgestellt.")).to_be_visible()
    pupil = stage.by_code(code)
    pupil.goto("/praktikum/")
    paper = pdf_behind(pupil, "Bescheinigung (PDF)")
    assert "Ayla Sommer" in paper
    stranger = stage.browser()
    stranger.goto("/pruefen/")
    stranger.get_by_label("Prüfcode").fill(Placement.objects.get().certificate.code)
    stranger.get_by_role("button", name="Prüfen").click()
    expect(stranger.get_by_role("heading", name="Diese Bescheinigung ist echt")).to_be_visible()
    expect(stranger.get_by_text(WORKSHOP)).to_be_visible()
    expect(stranger.get_by_text("Sommer")).to_have_count(0)
