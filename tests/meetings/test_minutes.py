"""Minutes: nobody overwrites anybody, approval is all or nothing, tasks come back until they are done."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from tests.factories.meetings import (
    make_circle,
    make_meeting,
    make_member,
    make_participant,
    make_registration,
)
from tests.factories.network import make_region, make_user
from tests.factories.signed_in import client_of, coordinator_of
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.meetings import tasks
from werkpfad.region.meetings.actions import (
    AlreadyApproved,
    approve_minutes,
    change_meeting,
    finish_point,
    write_notes,
)
from werkpfad.region.meetings.models import (
    ActionPoint,
    AgendaItem,
    Circle,
    Decision,
    Meeting,
    Minutes,
)
from werkpfad.region.meetings.web.forms.meetings import MeetingForm, values_of
from werkpfad.region.network.models import Region
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 2, 8, tzinfo=UTC)
NOTES = """Alle haben erzählt, wie Bäckereien <b>Praktika</b> anbieten.
Beschluss: Zwei Treffen im Jahr.
Aufgabe: Ausbildungsbetriebe einladen (Kim Muster, bis 12.1.)
Aufgabe: Raum suchen (Unbekannt)"""


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    """Also for whoever signs in before the test begins."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def office(region: Region) -> Client:
    return coordinator_of(region)


@pytest.fixture
def circle(region: Region) -> Circle:
    return make_circle(region=region)


@pytest.fixture
def meeting(circle: Circle) -> Meeting:
    row = make_meeting(circle=circle)
    for position, title in enumerate(("Rundgang", "Verabredungen")):
        AgendaItem.objects.create(meeting=row, position=position, title=title)
    kim = make_participant(region=circle.region, name="Kim Muster", email="kim@example.org")
    make_member(circle=circle, participant=kim)
    make_registration(meeting=row, participant=kim)
    make_registration(meeting=row)
    return row


def write(meeting: Meeting, text: str = NOTES) -> None:
    item = meeting.agenda.get(position=1)
    write_notes(item=item, notes=text, seen_version=item.version, by=SYSTEM, at=AT)


def approve(meeting: Meeting) -> Minutes:
    return approve_minutes(meeting=meeting, by=SYSTEM, at=AT)


def test_two_people_write_different_items_and_meet_on_the_same(
    office: Client, meeting: Meeting
) -> None:
    path = f"/treffen/{meeting.public_id}/protokoll/"
    first, second = meeting.agenda.order_by("position")

    def save(item: AgendaItem, notes: str, version: int) -> Any:
        return office.post(path, {"item": item.public_id, "notes": notes, "version": version})

    assert save(first, "Von der einen", 1).status_code == 302
    assert save(second, "Von der anderen", 1).status_code == 302
    clash = save(first, "Zu spät getippt", 1)
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "Von der einen" in page
    assert "Zu spät getippt" in page
    assert meeting.agenda.get(pk=first.pk).notes == "Von der einen"
    version = re.search(rf'name="version" value="(\d+)" id="{first.public_id}', page)
    assert version
    assert save(first, "Beides zusammen", int(version[1])).status_code == 302


def test_approval_shows_first_what_it_will_make(office: Client, meeting: Meeting) -> None:
    write(meeting)
    page = office.get(f"/treffen/{meeting.public_id}/protokoll/freigeben/").content.decode()
    assert "Beschluss: Zwei Treffen im Jahr." in page
    assert "bis 12.01.2027. Kim Muster bekommt eine Mail." in page
    assert "„Unbekannt“ ist kein eindeutiger Name" in page
    assert not Minutes.objects.exists()


def test_approved_minutes_have_their_tasks_and_reach_their_readers(
    office: Client, meeting: Meeting
) -> None:
    write(meeting)
    office.post(f"/treffen/{meeting.public_id}/protokoll/freigeben/")
    assert Decision.objects.get().text == "Zwei Treffen im Jahr."
    known, unknown = ActionPoint.objects.order_by("pk")
    assert known.owner is not None
    assert (known.owner.email, known.due_on) == ("kim@example.org", date(2027, 1, 12))
    assert (unknown.owner, unknown.owner_name) == (None, "Unbekannt")
    subjects = sorted(mail.subject.split(":")[0][:8] for mail in OutboxMail.objects.all())
    assert subjects == ["Ihre Auf", "Protokol", "Protokol"]
    link = re.search(
        r"/protokoll/[^/\s]+/", OutboxMail.objects.filter(subject__startswith="Prot")[0].body
    )
    assert link
    page = Client().get(link[0]).content.decode()
    assert "wie Bäckereien &lt;b&gt;" in page
    assert Client().get(f"{link[0]}protokoll.pdf").content[:5] == b"%PDF-"


def test_what_breaks_in_between_leaves_nothing_behind(meeting: Meeting) -> None:
    write(meeting)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert approve(meeting).pk / 0
    assert not Minutes.objects.exists()
    assert not ActionPoint.objects.exists()
    assert not OutboxMail.objects.exists()
    assert approve(meeting).meeting == meeting


def test_approved_once_and_then_fixed(meeting: Meeting) -> None:
    write(meeting)
    approve(meeting)
    with pytest.raises(AlreadyApproved):
        approve(meeting)
    with pytest.raises(AlreadyApproved):
        write(meeting, "anders")
    assert ActionPoint.objects.count() == 2


def test_a_changed_agenda_never_loses_notes(meeting: Meeting) -> None:
    write(meeting)
    form = MeetingForm(values_of(meeting) | {"agenda": "Neu; 10 min"})
    assert form.is_valid(), form.errors
    change_meeting(
        meeting=meeting, plan=form.plan(), seen_version=meeting.version, by=SYSTEM, at=AT
    )
    titles = {item.title: bool(item.notes) for item in meeting.agenda.all()}
    assert titles == {"Neu": False, "Verabredungen": True}


def test_the_owner_finishes_without_account_and_it_leaves_the_agenda(
    office: Client, meeting: Meeting, circle: Circle
) -> None:
    write(meeting)
    approve(meeting)
    following = make_meeting(
        circle=circle,
        starts_at=AT + timedelta(days=60),
        ends_at=AT + timedelta(days=60, hours=2),
    )
    agenda = f"/treffen/{following.public_id}/"
    assert "Ausbildungsbetriebe einladen" in office.get(agenda).content.decode()
    mail = OutboxMail.objects.get(subject__startswith="Ihre Aufgabe")
    link = re.search(r"/aufgabe/[^/\s]+/", mail.body)
    assert link
    guest = Client()
    assert "Ausbildungsbetriebe einladen" in guest.get(link[0]).content.decode()
    assert ActionPoint.objects.filter(done_at__isnull=False).count() == 0
    guest.post(link[0], {"answer": "Drei kommen"})
    assert ActionPoint.objects.get(done_at__isnull=False).answer == "Drei kommen"
    assert "Ausbildungsbetriebe einladen" not in office.get(agenda).content.decode()
    done = ActionPoint.objects.get(done_at__isnull=False)
    office.post(f"/netzwerk-aufgaben/{done.public_id}/")
    assert "Ausbildungsbetriebe einladen" in office.get(agenda).content.decode()


def test_the_owner_is_reminded_once_before_it_is_due(meeting: Meeting) -> None:
    write(meeting)
    approve(meeting)
    OutboxMail.objects.all().delete()
    for day in (8, 9, 10, 14):
        tasks.remind(at=datetime(2027, 1, day, 8, tzinfo=UTC))
    assert [mail.to_email for mail in OutboxMail.objects.all()] == ["kim@example.org"]


def test_a_task_that_is_done_reminds_nobody(meeting: Meeting) -> None:
    write(meeting)
    approve(meeting)
    OutboxMail.objects.all().delete()
    for point in ActionPoint.objects.all():
        finish_point(point=point, answer="", by=SYSTEM, at=AT)
    tasks.remind(at=datetime(2027, 1, 12, 8, tzinfo=UTC))
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("bäckerei", True),
        ("Baeckereien", True),
        ("betrieb", True),
        ("Ausbildungsbetriebe einladen", True),
        ("betrieb metzgerei", False),
    ],
)
def test_minutes_are_found_in_german(
    words: str, is_found: bool, office: Client, meeting: Meeting
) -> None:
    write(meeting)
    approve(meeting)
    page = office.get("/protokolle/", {"q": words}).content.decode()
    assert (meeting.title in page) is is_found


def test_only_members_invited_people_and_the_office_read_them(
    meeting: Meeting, circle: Circle
) -> None:
    write(meeting)
    path = f"/protokolle/{approve(meeting).public_id}/"

    def sees(email: str | None) -> tuple[int, bool]:
        client = client_of(make_user(email=email))
        found = meeting.title in client.get("/protokolle/").content.decode()
        return client.get(path).status_code, found

    member = make_member(circle=circle).participant
    invited = meeting.registrations.exclude(participant__email="kim@example.org").get().participant
    stranger = make_participant(region=circle.region)
    assert sees(member.email) == sees(invited.email) == (200, True)
    assert sees(stranger.email) == (404, False)
    assert coordinator_of(make_region()).get(path).status_code == 404


def test_a_link_to_a_meeting_opens_no_minutes(meeting: Meeting) -> None:
    """Both have one purpose; what they were made for decides."""
    write(meeting)
    approve(meeting)
    mail = OutboxMail.objects.filter(subject__startswith="Protokoll")[0]
    token = re.search(r"/protokoll/([^/\s]+)/", mail.body)
    assert token
    assert Client().get(f"/einladung-treffen/{token[1]}/").status_code == 404
