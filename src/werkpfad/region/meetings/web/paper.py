"""What pages and papers say about a meeting in words."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from werkpfad.base.core.days import BERLIN, WEEKDAYS, written_out
from werkpfad.base.core.pdf import Letterhead
from werkpfad.base.core.ui.parts import Badge, Fact, Tone
from werkpfad.region.meetings.entries import place_of
from werkpfad.region.meetings.enums import Answer, MeetingState
from werkpfad.region.meetings.models import Meeting, Registration
from werkpfad.region.network.models import Region

STATE_TONES: dict[str, Tone] = {
    MeetingState.PLANNED: "neutral",
    MeetingState.INVITED: "info",
    MeetingState.CANCELLED: "danger",
}
ANSWER_TONES: dict[str, Tone] = {
    Answer.INVITED: "neutral",
    Answer.COMING: "success",
    Answer.WAITING: "warning",
    Answer.DECLINED: "danger",
}


def state_badge(meeting: Meeting, at: datetime) -> Badge:
    """The state, or that it is over."""
    if meeting.state != MeetingState.CANCELLED and meeting.ends_at <= at:
        return Badge("vorbei", "neutral")
    return Badge(str(MeetingState(meeting.state).label), STATE_TONES[meeting.state])


def answer_badge(registration: Registration) -> Badge:
    return Badge(str(Answer(registration.answer).label), ANSWER_TONES[registration.answer])


def when_of(meeting: Meeting) -> str:
    """'Dienstag, 1. Dezember 2026, 14:00 bis 16:00 Uhr'."""
    starts, ends = meeting.starts_at.astimezone(BERLIN), meeting.ends_at.astimezone(BERLIN)
    day = starts.date()
    return f"{WEEKDAYS[day.weekday()]}, {written_out(day)}, {starts:%H:%M} bis {ends:%H:%M} Uhr"


def hours_of(meeting: Meeting) -> str:
    """The length in hours, halves included."""
    minutes = round((meeting.ends_at - meeting.starts_at).total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    words = f"{hours} Std." if hours else ""
    return f"{words} {rest} Min.".strip() if rest else words


def facts_of(meeting: Meeting) -> list[Fact]:
    """Only what is known."""
    facts = [
        Fact("Wann", when_of(meeting)),
        Fact("Wo", place_of(meeting)),
        Fact("Barrierefreiheit", meeting.access_note),
    ]
    return [fact for fact in facts if fact.value]


def letterhead(region: Region) -> Letterhead:
    contact = [region.contact_name, region.contact_phone, region.contact_email]
    return Letterhead(region.name, ", ".join(part for part in contact if part))


def file_response(content: bytes, mime: str, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = content_disposition_header(False, filename) or "inline"
    return response
