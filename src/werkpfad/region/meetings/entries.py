"""A meeting as a calendar shows it to one person."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from werkpfad.region.meetings.enums import Answer, MeetingState, PlaceKind
from werkpfad.region.meetings.models import Meeting, Registration
from werkpfad.region.meetings.rules import Entry, Party, Status
from werkpfad.region.network.models import Region


def uid_of(meeting: Meeting) -> str:
    """The same for everybody and for ever, so that a change finds the entry it changes."""
    return f"{meeting.public_id}@{urlsplit(settings.BASE_URL).hostname or 'werkpfad'}"


def place_of(meeting: Meeting) -> str:
    """Room and address in one line; the video link never stands in a calendar."""
    where = ", ".join(part for part in (meeting.room, meeting.address) if part)
    if meeting.place_kind == PlaceKind.REMOTE:
        return "online"
    return f"{where} oder online" if meeting.place_kind == PlaceKind.HYBRID else where


def organizer_of(region: Region) -> Party:
    """The office; where it has no address, the sender of all mails."""
    address = region.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return Party(region.contact_name or region.name, address)


def entry_for(registration: Registration, *, url: str = "", personal: bool = True) -> Entry:
    """`personal` names organizer and person, as a mail needs it; a feed is the person's own and names nobody."""
    meeting = registration.meeting
    lines = [meeting.description, meeting.access_note]
    if url:
        lines.append(f"Zu- oder absagen: {url}")
    return Entry(
        uid=uid_of(meeting),
        sequence=meeting.sequence,
        stamped_at=meeting.changed_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting.title,
        place=place_of(meeting),
        text="\n\n".join(line for line in lines if line),
        url=url,
        status=status_of(registration),
        organizer=organizer_of(meeting.circle.region) if personal else None,
        attendee=_person(registration) if personal else None,
    )


def _person(registration: Registration) -> Party:
    return Party(registration.participant.name, registration.participant.email)


def status_of(registration: Registration) -> Status:
    if registration.meeting.state == MeetingState.CANCELLED:
        return Status.CANCELLED
    return Status.CONFIRMED if registration.answer == Answer.COMING else Status.TENTATIVE
