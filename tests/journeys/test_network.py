"""The office and its network: forty people invited, one answers on a phone, the minutes end as a task that gets done."""

import re
from datetime import date

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.factories.meetings import make_circle, make_meeting, make_member
from tests.factories.network import make_membership, make_region
from tests.journeys.stage import PHONE, Stage
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.meetings.models import ActionPoint, AgendaItem, Meeting, Registration
from werkpfad.region.network.models import Region
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = "\n".join(f"Person {n}; p{n}@example.org; Betrieb {n}" for n in range(1, 41))
# From the list of networks until forty invitations are out: what a person presses, typing aside.
CLICKS = 8


class Counted:
    """Presses buttons and links, and knows how often."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def press(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.clicks += 1

    def fold_out(self, summary: str) -> None:
        self.page.locator("summary", has_text=summary).first.click()
        self.clicks += 1


@pytest.fixture
def region() -> Region:
    return make_region(contact_email="buero@example.org")


@pytest.fixture
def desk(stage: Stage, region: Region) -> Page:
    return stage.with_second_factor(make_membership(RoleCode.COORDINATOR, region=region).user)


def test_forty_people_from_the_idea_to_the_invitation(stage: Stage, desk: Page) -> None:
    desk.goto("/netzwerke/")
    hand = Counted(desk)
    hand.press("link", "Neues Netzwerk")
    desk.get_by_label("Name").fill("Netzwerk Süd")
    hand.press("button", "Speichern")
    hand.fold_out("Personen aufnehmen")
    desk.get_by_label("Wen aufnehmen?").fill(PEOPLE)
    hand.press("button", "Aufnehmen")
    hand.press("link", "Treffen")
    hand.press("link", "Treffen planen")
    desk.get_by_label("Titel").fill("Frühjahrstreffen")
    desk.get_by_label("Tag", exact=True).fill("2026-12-08")
    desk.get_by_label("Beginn").fill("14:00")
    desk.get_by_label("Ende").fill("16:00")
    desk.get_by_label("Raum oder Betrieb").fill("Tischlerei am Hafen")
    hand.press("button", "Speichern")
    hand.press("button", "Einladungen verschicken")
    expect(desk.get_by_text("40 Einladungen gehen hinaus")).to_be_visible()
    assert hand.clicks == CLICKS
    assert Registration.objects.count() == 40
    stage.work()
    assert len([m for m in mail.outbox if m.subject.startswith("Einladung: Früh")]) == 40
    answer = re.search(r"https?://\S+/einladung-treffen/\S+", str(mail.outbox[-1].body))
    assert answer
    phone = stage.browser(PHONE)
    phone.goto(answer[0])
    phone.get_by_role("button", name="Ich komme", exact=True).click()
    expect(phone.get_by_text("Danke, Sie sind angemeldet.")).to_be_visible()
    assert Registration.objects.filter(answer="coming").count() == 1


def test_minutes_become_a_task_that_gets_done(stage: Stage, region: Region) -> None:
    circle = make_circle(region=region)
    owner = make_member(circle=circle).participant
    meeting = make_meeting(circle=circle)
    AgendaItem.objects.create(meeting=meeting, position=0, title="Verabredungen")
    stage.turn_to(2026, 12, 1, 17)
    desk = stage.with_second_factor(make_membership(RoleCode.COORDINATOR, region=region).user)
    desk.goto(f"/treffen/{meeting.public_id}/protokoll/")
    text = f"Aufgabe: Raum suchen ({owner.name}, bis 15.12.)"
    desk.get_by_label("Was wurde besprochen?").fill(text)
    desk.get_by_role("button", name="Punkt speichern").click()
    desk.get_by_role("link", name="Protokoll freigeben").click()
    expect(desk.get_by_text(f"{owner.name} bekommt eine Mail.")).to_be_visible()
    desk.get_by_role("button", name="Freigeben").click()
    expect(desk.get_by_text("Raum suchen").first).to_be_visible()
    assert ActionPoint.objects.get().due_on == date(2026, 12, 15)
    link = re.search(
        r"https?://\S+/aufgabe/\S+", OutboxMail.objects.get(subject__startswith="Ihre Auf").body
    )
    assert link
    phone = stage.browser(PHONE)
    phone.goto(link[0])
    phone.get_by_role("button", name="Erledigt", exact=True).click()
    expect(phone.get_by_text("als erledigt eingetragen")).to_be_visible()
    assert Meeting.objects.get().action_points.get().done_at is not None
