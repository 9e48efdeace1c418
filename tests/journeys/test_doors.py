"""Doors that do not open at once: wrong codes, and links whose time is over."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.factories.network import make_membership, make_user
from tests.factories.schools import make_pupil
from tests.journeys.stage import PHONE, Stage, code_for, link_to, type_code
from tests.placements.world import make_scene
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core import clock
from werkpfad.journey.placements.actions.telling import company_link

pytestmark = pytest.mark.django_db(transaction=True)
WRONG = "Diesen Code kennen wir nicht."
TOO_MANY = "Das waren zu viele falsche Codes. Ab 09:15 Uhr kannst du es wieder versuchen."


def test_twenty_wrong_codes_close_one_phone_for_a_while_and_no_other(stage: Stage) -> None:
    pupil = make_pupil()
    assert pupil.user is not None
    code = code_for(pupil.user)
    phone = stage.browser(PHONE)
    for _ in range(20):
        type_code(phone, "ABCD-2345")
        expect(phone.get_by_text(WRONG).first).to_be_visible()
    type_code(phone, code)
    expect(phone.get_by_text(TOO_MANY).first).to_be_visible()
    assert_is_in(stage.by_code(code))
    stage.turn_to(2026, 11, 20, hour=10)
    type_code(phone, code)
    assert_is_in(phone)


def assert_is_in(page: Page) -> None:
    expect(page).not_to_have_url(re.compile("/anmelden/"))
    page.goto("/profil/")
    expect(page.get_by_role("heading", name="Mein Profil")).to_be_visible()


def test_an_expired_sign_in_link_renews_itself(stage: Stage) -> None:
    email = "lehrkraft@example.org"
    make_membership(RoleCode.TEACHER, user=make_user(email=email))
    page = stage.browser()
    page.goto("/anmelden/")
    page.locator("#mail").get_by_label("E-Mail").first.fill(email)
    page.get_by_role("button", name="Link zuschicken").click()
    expect(page.get_by_role("heading", name="Mail ist unterwegs")).to_be_visible()
    old = link_to(email)
    stage.turn_to(2026, 11, 20, hour=10)
    page.goto(old)
    expect(page.get_by_role("heading", name="Dieser Link gilt nicht mehr")).to_be_visible()
    page.get_by_role("button", name="Neuen Link zuschicken").click()
    expect(page.get_by_role("heading", name="Mail ist unterwegs")).to_be_visible()
    assert link_to(email) != old
    page.goto(link_to(email))
    page.get_by_role("button", name="Jetzt anmelden").click()
    page.goto("/klassen/")
    expect(page.get_by_role("heading", name="Meine Klassen")).to_be_visible()


def test_an_expired_company_link_renews_itself_and_still_answers(stage: Stage) -> None:
    scene = make_scene()
    scene.placement(answer_by=clock.now() + timedelta(days=14))
    email = scene.offer.contact_email
    day = timedelta(days=1)
    token = company_link(scene.company, email, at=clock.now(), valid_for=day)
    stage.turn_to(2026, 11, 23)
    page = stage.browser(PHONE)
    page.goto(reverse("placements:answer", args=[token]))
    expect(page.get_by_role("heading", name="Der Link ist abgelaufen")).to_be_visible()
    expect(page.get_by_text(email)).to_have_count(0)
    page.get_by_role("button", name="Neuen Link schicken").click()
    expect(page.get_by_role("heading", name="Der neue Link ist unterwegs")).to_be_visible()
    stage.work()
    page.goto(link_to(email))
    page.get_by_role("button", name="Ja, gern").click()
    expect(page.get_by_text("Alles beantwortet")).to_be_visible()
    page.goto(reverse("placements:answer", args=[token]))
    expect(page.get_by_role("button", name="Ja, gern")).to_have_count(0)
