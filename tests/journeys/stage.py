"""What every journey needs: people at browsers, mails that arrive, days that pass."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.access.sign_in import sign_in_as
from werkpfad.base.accounts.actions import create_access
from werkpfad.base.accounts.codes import code_of, printed
from werkpfad.base.accounts.models import User
from werkpfad.base.core import clock, schedule
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.occupations.actions import load_start_fields
from werkpfad.base.occupations.models import Field, FieldMapping

BERLIN = ZoneInfo("Europe/Berlin")
DESK, PHONE = 1280, 360
MAILS = "notifications.outbox"
ADDRESS = re.compile(r"https?://\S+")


@dataclass
class Stage:
    """`browser(width)` opens a window of its own; `calendar` is the server's."""

    browser: Callable[..., Page]
    calendar: time_machine.Traveller

    def turn_to(self, year: int, month: int, day: int, hour: int = 9) -> None:
        """Goes on to that hour in Berlin, and does what the worker does by itself until then."""
        self.calendar.move_to(datetime(year, month, day, hour, tzinfo=BERLIN))
        self.work()

    def work(self) -> None:
        """Everything that repeats, once; mails go out last, so that all of it is in them."""
        for entry in sorted(schedule.registered(), key=lambda entry: entry.name == MAILS):
            schedule.run(entry.name, at=clock.now())

    def by_code(self, code: str) -> Page:
        """A pupil's or guardian's phone, signed in with the code from paper."""
        page = self.browser(PHONE)
        type_code(page, code)
        return page

    def by_mail_link(self, email: str) -> Page:
        """Staff at a desk, signed in with a link from their mail."""
        page = self.browser()
        page.goto("/anmelden/")
        page.locator("#mail").get_by_label("E-Mail").first.fill(email)
        page.get_by_role("button", name="Link zuschicken").click()
        expect(page.get_by_role("heading", name="Mail ist unterwegs")).to_be_visible()
        page.goto(link_to(email))
        page.get_by_role("button", name="Jetzt anmelden").click()
        expect(page).not_to_have_url(re.compile("/anmelden/"))
        return page

    def with_second_factor(self, user: User) -> Page:
        """A coordinator at a desk, past the second factor (tests/journeys/test_passkey.py goes through it)."""
        page = self.browser()
        session = sign_in_as(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
        page.context.add_cookies([{**cookie, "url": settings.BASE_URL}])
        return page


def code_for(user: User) -> str:
    """What stands on the sheet of a pupil who was not entered in the browser."""
    return printed(code_of(create_access(user=user, by=SYSTEM, at=clock.now())))


def type_code(page: Page, code: str) -> None:
    page.goto("/anmelden/")
    page.get_by_label("Dein Code").fill(code)
    page.get_by_role("button", name="Mit Code anmelden").click()


def link_to(email: str) -> str:
    """The address in the newest mail to `email`."""
    sent = [message for message in mail.outbox if email in message.to]
    assert sent, f"no mail to {email}, only to {[message.to for message in mail.outbox]}"
    found = ADDRESS.search(str(sent[-1].body))
    assert found, sent[-1].body
    return found.group()


def pdf_behind(page: Page, label: str) -> str:
    """The text of the PDF that opens behind a link, white space as single blanks."""
    link = page.get_by_role("link", name=label)
    expect(link).to_be_visible()
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def load_fields() -> None:
    """The fields every instance starts with; emptied tables have lost them."""
    load_start_fields(Field, FieldMapping)
