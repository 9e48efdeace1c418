"""A coordinator sets up a passkey and signs in with it alone, in a real Chromium with a virtual device."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories.network import make_membership, make_user
from werkpfad.base.accounts.roles import RoleCode

PASSWORD = "drei-lange-worte"


@pytest.fixture
def virtual_device(page: Page) -> None:
    """A passkey device that always finds its owner."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("virtual_device")
def test_from_first_password_to_passkey_alone(page: Page, live_server: LiveServer) -> None:
    user = make_membership(RoleCode.COORDINATOR, user=make_user(password=PASSWORD)).user
    # A passkey belongs to a host name, never to a number.
    home = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{home}/anmelden/")
    page.get_by_text("Lieber mit Passwort").click()
    page.locator("#password_email").fill(user.email or "")
    page.locator("#password_password").fill(PASSWORD)
    page.get_by_role("button", name="Mit Passwort anmelden").click()
    expect(page).to_have_url(re.compile("/konto/sicherheit/$"))
    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_label("Name des Geräts").fill("Diensthandy")
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.get_by_role("heading", name="Ihre Notfallcodes")).to_be_visible()
    page.goto(f"{home}/konto/")
    page.get_by_role("main").get_by_role("button", name="Abmelden", exact=True).click()
    page.goto(f"{home}/anmelden/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(page).not_to_have_url(re.compile("/anmelden/"))
    page.goto(f"{home}/organisationen/")
    expect(page.get_by_role("heading", name="Organisationen", exact=True)).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_the_code_of_a_printed_sheet_fills_itself_in(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/anmelden/#code=ABCD-2345")
    expect(page.get_by_label("Dein Code")).to_have_value("ABCD-2345")
    assert "ABCD" not in page.url
