"""Two networks of the demo county: a meeting that was, one to come with answers, and a series.

Made by the product's own actions, so that mails, calendars and audit log are as they would be.
"""

from datetime import date, datetime, time, timedelta

from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.days import day_of
from werkpfad.region.meetings.actions import (
    accept,
    add_members,
    approve_minutes,
    decline,
    found_circle,
    invite,
    note_attendance,
    schedule,
    send_issue,
    write_issue,
    write_notes,
)
from werkpfad.region.meetings.enums import Attending, PlaceKind, Rhythm
from werkpfad.region.meetings.models import Circle, Meeting, Participant
from werkpfad.region.meetings.rules import (
    MeetingPlan,
    PersonLine,
    agenda_from,
    groups_from,
    moment,
)
from werkpfad.region.network.models import Contact, Membership, Region

AGENDA = """Begrüßung und Rundgang durch den Betrieb; 30 min; Frau Marschwiese
Aufgaben seit dem letzten Treffen; 15 min
Ein Praktikum, das sich lohnt; 30 min; Herr Geestkamp
Verabredungen für das Halbjahr; 20 min"""
GROUPS = "Eltern erreichen; 8\nAufgaben für Praktika; 12\nKleine Betriebe"
NEEDS = ("", "", "Bitte einen Platz vorn", "")


def make_networks(region: Region, *, today: date, at: datetime) -> None:
    """Members are contacts of schools and companies, and the staff a visitor can step into."""
    stade = found_circle(
        region=region,
        name="Netzwerk Stade und Geest",
        description="Schulen, Betriebe und Kammer zwischen Stade und Harsefeld, zweimal im Jahr bei einem Betrieb.",
        by=SYSTEM,
        at=at,
    )
    parents = found_circle(
        region=region,
        name="Arbeitskreis Eltern",
        description="Wie Eltern ihre Kinder bei der Berufswahl begleiten können.",
        by=SYSTEM,
        at=at,
    )
    people = _people(region)
    add_members(circle=stade, people=people, by=SYSTEM, at=at, today=today)
    add_members(circle=parents, people=people[:14], by=SYSTEM, at=at, today=today)
    _past_meeting(stade, at=at)
    _coming_meeting(stade, today=today, at=at)
    _newsletter(stade, at=at)
    schedule(
        circle=parents,
        plan=_plan(
            "Arbeitskreis Eltern",
            _tuesday(today + timedelta(days=24)),
            time(18),
            place_kind=PlaceKind.REMOTE,
            room="",
            address="",
            access_note="mit Untertiteln",
            video_link="https://video.elbe-oste.example/eltern",
        ),
        rhythm=Rhythm.TWO_MONTHLY,
        count=4,
        by=SYSTEM,
        at=at,
    )


def _tuesday(day: date) -> date:
    """The Tuesday of that week: nobody meets on a Saturday."""
    return day + timedelta(days=1 - day.weekday())


def _newsletter(circle: Circle, *, at: datetime) -> None:
    issue = write_issue(
        circle=circle,
        title="Rundbrief im Herbst",
        text="Guten Tag,\n\nim Herbst haben sich Schulen und Betriebe in der Tischlerei am Hafen getroffen. "
        "Verabredet sind eine Vorlage für das Abschlussgespräch und eine Betriebserkundung für die Klassen 8.\n\n"
        "Das nächste Treffen ist in Planung. Wer mitmachen möchte, meldet sich bei der Servicestelle.",
        by=SYSTEM,
        at=at,
    )
    send_issue(issue=issue, by=SYSTEM, at=at)


def _people(region: Region) -> list[PersonLine]:
    """Staff first, so that whoever steps into the demo finds an invitation."""
    staff = Membership.objects.filter(
        organisation__region=region, user__email__isnull=False
    ).select_related("user", "organisation")
    wanted = ("lehrkraft1-1", "schule1", "betrieb1", "kammer", "jugendhaus", "koordination2")
    addresses = {f"{name}@elbe-oste.example" for name in wanted}
    lines = [
        PersonLine(row.user.display_name, str(row.user.email), row.organisation.name)
        for row in staff.filter(user__email__in=addresses).order_by("pk")
    ]
    contacts = Contact.objects.filter(organisation__region=region).exclude(email="")
    known = {line.email for line in lines}
    lines += [
        PersonLine(row.name, row.email.lower(), row.organisation.name)
        for row in contacts.select_related("organisation").order_by("pk")[:40]
        if row.email.lower() not in known
    ]
    return lines[:40]


def _plan(title: str, day: date, begins: time, **more: object) -> MeetingPlan:
    starts = moment(day, begins)
    values: dict[str, object] = {
        "title": title,
        "description": "",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "place_kind": PlaceKind.HYBRID,
        "room": "Schulungsraum Tischlerei am Hafen",
        "address": "Am Hafen 12, 21680 Stade",
        "access_note": "stufenlos, Parkplatz vor der Tür",
        "video_link": "https://video.elbe-oste.example/netzwerk",
        "capacity": 30,
        "agenda": agenda_from(AGENDA),
    }
    return MeetingPlan(**values | more)  # type: ignore[arg-type]


def _invited(circle: Circle, plan: MeetingPlan, *, at: datetime) -> Meeting:
    [meeting] = schedule(circle=circle, plan=plan, by=SYSTEM, at=at)
    people = Participant.objects.filter(circle_memberships__circle=circle).order_by("pk")
    invite(meeting=meeting, participants=people, by=SYSTEM, at=at)
    meeting.refresh_from_db()
    return meeting


def _answers(meeting: Meeting, *, at: datetime) -> None:
    """Two thirds come, some of them online, a few cannot, some have not answered."""
    groups = [*meeting.groups.order_by("position"), None]
    for number, row in enumerate(meeting.registrations.order_by("pk")):
        if number % 7 == 6:
            decline(registration=row, by=SYSTEM, at=at)
        elif number % 7 < 5 and number > 0:
            online = number % 3 == 0
            accept(
                registration=row,
                attending=Attending.REMOTE if online else Attending.ROOM,
                group=groups[2] if len(groups) > 1 else None,
                needs=NEEDS[number % 4],
                by=SYSTEM,
                at=at,
            )


def _coming_meeting(circle: Circle, *, today: date, at: datetime) -> None:
    plan = _plan(
        "Netzwerktreffen Stade und Geest",
        _tuesday(today + timedelta(days=12)),
        time(14),
        groups=groups_from(GROUPS),
        description="Rundgang, Austausch und Verabredungen. Bringen Sie gern jemanden aus der Ausbildung mit.",
    )
    _answers(_invited(circle, plan, at=at), at=at)


def _past_meeting(circle: Circle, *, at: datetime) -> None:
    """Was planned six weeks before and took place four weeks ago."""
    then = at - timedelta(weeks=10)
    day = _tuesday(day_of(at) - timedelta(weeks=4))
    meeting = _invited(circle, _plan("Herbsttreffen im Betrieb", day, time(14)), at=then)
    _answers(meeting, at=then)
    coming = meeting.registrations.filter(answer="coming").values_list("public_id", flat=True)
    note_attendance(
        meeting=meeting, there=frozenset(list(coming)[1:]), by=SYSTEM, at=meeting.ends_at
    )
    _minutes(meeting, at=meeting.ends_at + timedelta(hours=4))


def _minutes(meeting: Meeting, *, at: datetime) -> None:
    """Written from the agenda and approved the same evening; the dates lie around the demo's today."""
    day = day_of(meeting.ends_at)
    people = [row.participant.name for row in meeting.registrations.order_by("pk")[1:4]]
    notes = [
        "Die Tischlerei zeigt Werkstatt und Lehrwerkstatt. Die Auszubildenden führen selbst.",
        "Alle Verabredungen vom Frühjahr sind erledigt.",
        "Was ein gutes Praktikum ausmacht: eine Aufgabe mit Ergebnis, eine feste Ansprechperson, ein Gespräch am Ende.\n"
        "Beschluss: Jeder Betrieb des Netzwerks nennt bis zum nächsten Treffen eine solche Aufgabe.",
        f"Aufgabe: Vorlage für das Abschlussgespräch verschicken ({people[0]}, bis {day + timedelta(weeks=3):%d.%m.%Y})\n"
        f"Aufgabe: Betriebserkundung für die Klassen 8 vorbereiten ({people[1]}, bis {day + timedelta(weeks=5):%d.%m.%Y})\n"
        f"Aufgabe: Eltern zum Frühjahrstreffen einladen ({people[2]}, bis {day + timedelta(weeks=12):%d.%m.%Y})",
    ]
    for item, text in zip(meeting.agenda.order_by("position"), notes, strict=True):
        write_notes(item=item, notes=text, seen_version=item.version, by=SYSTEM, at=at)
    approve_minutes(meeting=meeting, by=SYSTEM, at=at)
