"""From planning to the certificate: invitations, seats, moves, cancellations, calendars."""

import email
import email.policy
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.meetings import (
    make_circle,
    make_meeting,
    make_member,
    make_participant,
    make_registration,
)
from tests.factories.network import make_region, make_user
from tests.factories.signed_in import client_of, coordinator_of
from tests.notifications.servers import running
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.meetings import tasks
from werkpfad.region.meetings.actions import accept, call_off, decline, invite, take_up_again
from werkpfad.region.meetings.enums import Answer, Attending, MeetingState, PlaceKind
from werkpfad.region.meetings.models import Circle, Meeting, Registration
from werkpfad.region.network.models import Region
from werkpfad.region.notifications.actions import send_outbox
from werkpfad.region.notifications.models import MailAttachment, OutboxMail

pytestmark = pytest.mark.django_db
FROZEN = time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)
TYPED = {
    "title": "Frühjahrstreffen",
    "day": "2026-12-01",
    "begins": "14:00",
    "ends": "16:00",
    "place_kind": "room",
    "room": "Raum Elbe",
    "address": "Am Markt 1, Stade",
    "agenda": "Begrüßung; 10 min\nRundgang; 30 min; Frau Sommer",
    "groups": "Eltern; 1\nSchule",
    "capacity": "",
    "version": "1",
}


@pytest.fixture
def region() -> Region:
    return make_region(contact_email="buero@example.org", contact_name="Servicestelle")


@pytest.fixture
def office(region: Region) -> Client:
    return coordinator_of(region)


@pytest.fixture
def circle(region: Region) -> Circle:
    return make_circle(region=region)


def link_in(mail: OutboxMail) -> str:
    found = re.search(r"/einladung-treffen/[^/\s]+/", mail.body)
    assert found
    return found[0]


def say_yes(row: Registration, at: datetime, **more: Any) -> Answer:
    values: dict[str, Any] = {"attending": Attending.ROOM, "group": None, "needs": ""} | more
    return accept(registration=row, by=SYSTEM, at=at, **values)


@FROZEN
def test_planned_invited_and_answered_without_account(office: Client, circle: Circle) -> None:
    for n in range(3):
        make_member(
            circle=circle,
            participant=make_participant(region=circle.region, email=f"p{n}@example.org"),
        )
    planned = office.post(f"/netzwerke/{circle.public_id}/treffen/neu/", TYPED)
    meeting = Meeting.objects.get()
    assert planned["Location"] == f"/treffen/{meeting.public_id}/einladen/"
    assert meeting.starts_at == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert meeting.agenda.count() == meeting.groups.count() == 2
    assert not OutboxMail.objects.exists()
    page = office.get(planned["Location"]).content.decode()
    ticked = re.findall(r'name="selected" value="([^"]+)" checked', page)
    office.post(planned["Location"], {"selected": ticked[:2]})
    assert meeting.registrations.count() == OutboxMail.objects.count() == 2
    mail = OutboxMail.objects.order_by("pk").first()
    assert mail is not None
    path = link_in(mail)
    guest = Client()
    assert "Kommen Sie?" in guest.get(path).content.decode()
    assert set(meeting.registrations.values_list("answer", flat=True)) == {Answer.INVITED}
    group = meeting.groups.get(title="Eltern")
    answer = guest.post(path, {"deed": "accept", "group": group.public_id, "needs": "vorn"})
    assert answer["Location"] == path
    row = meeting.registrations.get(participant__email=mail.to_email)
    assert (row.answer, row.group, row.needs) == (Answer.COMING, group, "vorn")
    assert "vorn" in office.get(f"/treffen/{meeting.public_id}/").content.decode()


def test_an_invitation_carries_a_calendar_object_as_programs_expect_it(
    circle: Circle, now: datetime
) -> None:
    meeting = make_meeting(circle=circle, state=MeetingState.PLANNED)
    invite(
        meeting=meeting,
        participants=[make_participant(region=circle.region, email="kim@example.org")],
        by=SYSTEM,
        at=now,
    )
    with running() as server:
        assert send_outbox(at=now) == (1, 0)
    message = email.message_from_string(server.received[0][1], policy=email.policy.default)
    kinds = [(part.get_content_type(), part.get_param("method")) for part in message.walk()]
    assert ("text/plain", None) in kinds
    assert ("text/calendar", "REQUEST") in kinds
    assert ("application/ics", None) in kinds
    part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
    event = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")[0]
    assert str(event["uid"]).startswith(meeting.public_id)
    assert str(event["attendee"]) == "mailto:kim@example.org"


def sequences() -> list[tuple[str, int]]:
    found = []
    for row in MailAttachment.objects.order_by("pk"):
        calendar = icalendar.Calendar.from_ical(bytes(row.content))
        found.append((str(calendar["method"]), int(calendar.walk("VEVENT")[0]["sequence"])))
    return found


@FROZEN
def test_moved_called_off_and_taken_up_again_is_told_to_who_has_not_declined(
    office: Client, circle: Circle, now: datetime
) -> None:
    meeting = make_meeting(circle=circle, state=MeetingState.PLANNED)
    people = [make_participant(region=circle.region) for _ in range(2)]
    invite(meeting=meeting, participants=people, by=SYSTEM, at=now)
    decline(registration=meeting.registrations.first(), by=SYSTEM, at=now)
    moved = TYPED | {"title": meeting.title, "day": "2027-04-06"}
    office.post(f"/treffen/{meeting.public_id}/bearbeiten/", moved)
    meeting.refresh_from_db()
    assert meeting.starts_at == datetime(2027, 4, 6, 12, tzinfo=UTC)
    office.post(f"/treffen/{meeting.public_id}/absagen/", {"reason": "Sturm"})
    office.post(f"/treffen/{meeting.public_id}/aufnehmen/")
    assert sequences() == [
        ("REQUEST", 0),
        ("REQUEST", 0),
        ("REQUEST", 1),
        ("CANCEL", 2),
        ("REQUEST", 3),
    ]
    assert "Sturm" in OutboxMail.objects.get(subject__startswith="Fällt aus").body


@FROZEN
def test_a_change_no_calendar_shows_tells_nobody(office: Client, circle: Circle) -> None:
    meeting = make_meeting(circle=circle, title="Frühjahrstreffen")
    make_registration(meeting=meeting)
    path = f"/treffen/{meeting.public_id}/bearbeiten/"
    office.post(path, TYPED | {"description": "Mehr Worte"})
    assert not OutboxMail.objects.exists()
    assert Meeting.objects.get().description == "Mehr Worte"


def test_a_full_room_makes_a_waiting_list_that_moves_up_by_itself(
    circle: Circle, now: datetime
) -> None:
    meeting = make_meeting(circle=circle, capacity=1)
    first, second, third = (make_registration(meeting=meeting) for _ in range(3))
    said = [
        say_yes(row, now + timedelta(minutes=n)) for n, row in enumerate((first, third, second))
    ]
    assert said == [Answer.COMING, Answer.WAITING, Answer.WAITING]
    decline(registration=first, by=SYSTEM, at=now)
    answers = {row.pk: row.answer for row in Registration.objects.all()}
    assert [answers[row.pk] for row in (first, second, third)] == ["declined", "waiting", "coming"]
    assert OutboxMail.objects.get().to_email == third.participant.email
    assert OutboxMail.objects.get().subject.startswith("Platz frei")


def test_online_needs_no_seat(circle: Circle, now: datetime) -> None:
    meeting = make_meeting(circle=circle, capacity=1, place_kind=PlaceKind.HYBRID)
    rows = [make_registration(meeting=meeting) for _ in range(3)]
    assert say_yes(rows[0], now) is Answer.COMING
    assert say_yes(rows[1], now, attending=Attending.REMOTE) is Answer.COMING
    assert say_yes(rows[2], now) is Answer.WAITING


@FROZEN
def test_a_full_group_is_no_longer_offered(circle: Circle, now: datetime) -> None:
    meeting = make_meeting(circle=circle)
    group = meeting.groups.create(position=0, title="Eltern", capacity=1)
    say_yes(make_registration(meeting=meeting), now, group=group)
    user = make_user()
    late = make_registration(
        meeting=meeting,
        participant=make_participant(region=circle.region, email=user.email),
    )
    path = f"/meine-treffen/{late.public_id}/"
    client = client_of(user)
    assert "Eltern" not in client.get(path).content.decode()
    answer = client.post(path, {"deed": "accept", "group": group.public_id})
    assert answer.status_code == 422
    assert Registration.objects.get(pk=late.pk).answer == Answer.INVITED


@FROZEN
def test_the_video_link_is_shown_to_who_comes_and_shortly_before(circle: Circle) -> None:
    meeting = make_meeting(
        circle=circle, place_kind=PlaceKind.REMOTE, video_link="https://video.example/raum"
    )
    user = make_user()
    row = make_registration(
        meeting=meeting,
        answer=Answer.COMING,
        participant=make_participant(region=circle.region, email=user.email),
    )
    path = f"/meine-treffen/{row.public_id}/"

    def shown(at: str) -> bool:
        with time_machine.travel(at, tick=False):
            return "video.example" in client_of(user).get(path).content.decode()

    assert [shown(f"2026-12-01T{hour}:00:00+01:00") for hour in ("12", "13", "15", "16")] == [
        False,
        True,
        True,
        False,
    ]
    Registration.objects.update(answer=Answer.INVITED)
    assert not shown("2026-12-01T13:30:00+01:00")


@FROZEN
def test_two_meetings_in_one_room_are_warned_of(office: Client, circle: Circle) -> None:
    other = make_meeting(
        circle=make_circle(region=circle.region), title="Schon da", room="Raum  Elbe"
    )
    page = office.post(f"/netzwerke/{circle.public_id}/treffen/neu/", TYPED, follow=True)
    assert "Im selben Raum ist schon „Schon da“" in page.content.decode()
    mine = Meeting.objects.exclude(pk=other.pk).get()
    assert "doppelt belegt" in office.get(f"/treffen/{mine.public_id}/").content.decode()
    later = TYPED | {"begins": "16:00", "ends": "17:00"}
    page = office.post(f"/netzwerke/{circle.public_id}/treffen/neu/", later, follow=True)
    assert "Im selben Raum" not in page.content.decode()


@FROZEN
def test_a_series_keeps_the_time_over_the_clock_change(office: Client, circle: Circle) -> None:
    series = TYPED | {"day": "2027-03-16", "rhythm": "fortnightly", "count": "3"}
    office.post(f"/netzwerke/{circle.public_id}/treffen/neu/", series)
    starts = [row.starts_at for row in Meeting.objects.order_by("starts_at")]
    assert [when.astimezone(UTC).hour for when in starts] == [13, 12, 12]
    assert Meeting.objects.values("series").distinct().count() == 1


@FROZEN
def test_reminded_once_the_day_before(circle: Circle) -> None:
    meeting = make_meeting(circle=circle)
    coming = make_registration(meeting=meeting, answer=Answer.COMING)
    make_registration(meeting=meeting, answer=Answer.DECLINED)
    make_registration(meeting=meeting)
    begins = meeting.starts_at
    for hours in (48, 28, 27, 20, 1):
        tasks.remind(at=begins - timedelta(hours=hours))
    assert [mail.to_email for mail in OutboxMail.objects.all()] == [coming.participant.email]


@FROZEN
def test_who_was_there_gets_a_certificate_and_is_asked(office: Client, circle: Circle) -> None:
    meeting = make_meeting(circle=circle)
    there, away = (make_registration(meeting=meeting, answer=Answer.COMING) for _ in range(2))
    assert (
        "Anwesenheitsliste"
        not in office.get(f"/treffen/{meeting.public_id}/anwesenheit/").content.decode()
    )
    assert office.get(f"/treffen/{meeting.public_id}/anwesenheit.pdf").content[:5] == b"%PDF-"
    with time_machine.travel("2026-12-01T19:00:00+01:00", tick=False):
        door = coordinator_of(circle.region)
        door.post(f"/treffen/{meeting.public_id}/anwesenheit/", {"selected": [there.public_id]})
        tasks.remind(at=datetime(2026, 12, 1, 18, tzinfo=UTC))
        mail = OutboxMail.objects.get()
        assert mail.to_email == there.participant.email
        guest, path = Client(), link_in(mail)
        assert guest.get(f"{path}bescheinigung.pdf").content[:5] == b"%PDF-"
        guest.post(path, {"deed": "feedback", "rating": "4", "comment": "Gut"})
    assert Registration.objects.get(pk=there.pk).rating == 4
    assert Registration.objects.get(pk=away.pk).was_there is False
    page = office.get(f"/treffen/{meeting.public_id}/").content.decode()
    assert "1 Rückmeldung." in page
    assert "Gut" not in page


@FROZEN
def test_no_certificate_for_who_was_not_there(circle: Circle) -> None:
    user = make_user()
    row = make_registration(
        meeting=make_meeting(circle=circle),
        answer=Answer.COMING,
        participant=make_participant(region=circle.region, email=user.email),
    )
    path = f"/meine-treffen/{row.public_id}/bescheinigung.pdf"
    assert client_of(user).get(path).status_code == 404
    Registration.objects.update(was_there=True)
    assert client_of(user).get(path).status_code == 200


@FROZEN
def test_a_subscribed_calendar_follows_and_is_switched_off(circle: Circle, now: datetime) -> None:
    user = make_user()
    person = make_participant(region=circle.region, email=user.email)
    meeting = make_meeting(circle=circle)
    row = make_registration(meeting=meeting, participant=person)
    make_registration(meeting=make_meeting(circle=circle))
    client = client_of(user)
    page = client.post(f"/meine-treffen/{row.public_id}/kalender/").content.decode()
    address = re.search(r"/kalender/[^\s<\"]+\.ics", page)
    assert address

    def events() -> list[Any]:
        raw = Client().get(address[0]).content
        return icalendar.Calendar.from_ical(raw).walk("VEVENT")

    assert [str(e["status"]) for e in events()] == ["TENTATIVE"]
    say_yes(row, now)
    assert [str(e["status"]) for e in events()] == ["CONFIRMED"]
    call_off(meeting=meeting, reason="", by=SYSTEM, at=now)
    assert [(str(e["status"]), int(e["sequence"])) for e in events()] == [("CANCELLED", 1)]
    take_up_again(meeting=meeting, by=SYSTEM, at=now)
    client.post(f"/meine-treffen/{row.public_id}/kalender/", {"deed": "off"})
    assert Client().get(address[0]).status_code == 404


@FROZEN
def test_two_colleagues_see_each_other(office: Client, circle: Circle) -> None:
    meeting = make_meeting(circle=circle)
    path = f"/treffen/{meeting.public_id}/bearbeiten/"
    office.post(path, TYPED | {"title": "Von der ersten"})
    clash = office.post(path, TYPED | {"title": "Von der zweiten"})
    assert clash.status_code == 409
    assert "Von der ersten" in clash.content.decode()
    assert Meeting.objects.get().title == "Von der ersten"


@FROZEN
def test_nobody_answers_once_it_is_called_off_or_over(circle: Circle, now: datetime) -> None:
    user = make_user()
    meeting = make_meeting(circle=circle)
    row = make_registration(
        meeting=meeting, participant=make_participant(region=circle.region, email=user.email)
    )
    call_off(meeting=meeting, reason="Sturm", by=SYSTEM, at=now)
    client, path = client_of(user), f"/meine-treffen/{row.public_id}/"
    assert "Sturm" in client.get(path).content.decode()
    client.post(path, {"deed": "accept"})
    assert Registration.objects.get(pk=row.pk).answer == Answer.INVITED


@FROZEN
def test_the_page_of_a_meeting_costs_the_same_with_one_and_three(
    office: Client, circle: Circle
) -> None:
    meeting = make_meeting(circle=circle)

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(path).status_code == 200
        return len(queries)

    paths = [f"/treffen/{meeting.public_id}/", f"/netzwerke/{circle.public_id}/"]
    make_registration(meeting=meeting)
    [cost(path) for path in paths]  # the first request of a session also notes the sign-in
    once = [cost(path) for path in paths]
    for _ in range(2):
        make_registration(meeting=meeting)
        make_meeting(circle=circle, room_key="")
    assert [cost(path) for path in paths] == once


def test_what_is_a_year_old_is_forgotten(now: datetime) -> None:
    row = make_registration()
    tasks.tidy(at=row.meeting.ends_at + timedelta(days=364))
    assert Registration.objects.exists()
    tasks.tidy(at=row.meeting.ends_at + timedelta(days=366))
    assert not Registration.objects.exists()
    assert Meeting.objects.exists()
