"""The invited person's side: by the link of a mail without account, or signed in. GET shows, POST acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.models import ActionLink
from werkpfad.base.accounts.queries import find_link
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actor import Actor, by_link
from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.meetings.actions import (
    GroupFull,
    TooLate,
    accept,
    close_feed,
    decline,
    give_feedback,
    open_feed,
)
from werkpfad.region.meetings.documents import AttendanceCertificate, attendance_certificate
from werkpfad.region.meetings.entries import entry_for
from werkpfad.region.meetings.enums import Answer, Attending, MeetingState
from werkpfad.region.meetings.models import Participant, Registration
from werkpfad.region.meetings.queries import (
    invited_to,
    open_points,
    own_registrations,
    registration_of,
)
from werkpfad.region.meetings.rules import Method, may_answer, shows_video_link
from werkpfad.region.meetings.web.forms.answers import AcceptForm, FeedbackForm
from werkpfad.region.meetings.web.paper import (
    answer_badge,
    facts_of,
    file_response,
    hours_of,
    letterhead,
    when_of,
)
from werkpfad.region.meetings.web.points import lines_of

READ_AND_WRITE = ["GET", "HEAD", "POST"]
THANKS = {
    Answer.COMING: "Danke, Sie sind angemeldet.",
    Answer.WAITING: "Der Raum ist voll. Sie stehen auf der Warteliste und bekommen eine Mail, sobald ein Platz frei wird.",
}


@dataclass(frozen=True, slots=True)
class Door:
    """How somebody came in: whose registration, who acts, and the addresses of the same door."""

    registration: Registration
    by: Actor
    key: str
    prefix: str

    def url(self, name: str) -> str:
        return reverse(f"meetings:{self.prefix}{name}", args=[self.key])


Page = Callable[[HttpRequest, Door], HttpResponse]


def _by_link(request: HttpRequest, token: str, page: Page) -> HttpResponse:
    state, link = find_link(token, purpose=LinkPurpose.MEETING, at=clock.now())
    registration = registration_of(link) if link is not None else None
    if link is None or registration is None:
        return closed(request, LinkState.UNKNOWN)
    if state is not LinkState.VALID:
        return closed(request, state)
    return page(request, Door(registration, by_link(link.pk), token, "answer"))


def closed(request: HttpRequest, state: LinkState) -> HttpResponse:
    status = 404 if state is LinkState.UNKNOWN else 410
    return render(request, "meetings/link_closed.html", {"state": str(state)}, status=status)


def _signed_in(request: HttpRequest, public_id: str, page: Page) -> HttpResponse:
    require(request.user.email is not None)
    registration = load(own_registrations(grants_of(request)), public_id)
    return page(request, Door(registration, grants_of(request).by, public_id, "my_meeting"))


@require_safe
def my_meetings(request: HttpRequest) -> HttpResponse:
    """What somebody with an account was invited to, the coming ones first."""
    require(request.user.email is not None)
    rows = own_registrations(grants_of(request))
    context = {
        "coming": [_line(row) for row in _coming(rows)],
        "past": [_line(row) for row in _past(rows)],
    }
    return render(request, "meetings/my_meetings.html", context)


def _coming(rows: Any) -> Any:
    return rows.filter(meeting__ends_at__gt=clock.now()).order_by("meeting__starts_at", "pk")


def _past(rows: Any) -> Any:
    return rows.filter(meeting__ends_at__lte=clock.now()).order_by("-meeting__starts_at", "pk")[:20]


def _line(row: Registration) -> dict[str, Any]:
    return {
        "row": row,
        "when": when_of(row.meeting),
        "badge": answer_badge(row),
        "is_off": row.meeting.state == MeetingState.CANCELLED,
        "url": reverse("meetings:my_meeting", args=[row.public_id]),
    }


@login_not_required
@never_cache
@require_http_methods(READ_AND_WRITE)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    return _by_link(request, token, _answer)


@never_cache
@require_http_methods(READ_AND_WRITE)
def my_meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    return _signed_in(request, public_id, _answer)


def _answer(request: HttpRequest, door: Door) -> HttpResponse:
    """The meeting with its two answers. `deed` says what a POST wants: accept, decline, feedback."""
    deed = request.POST.get("deed") if request.method == "POST" else None
    row = door.registration
    form = AcceptForm(request.POST if deed == "accept" else None, registration=row)
    feedback = FeedbackForm(request.POST if deed == "feedback" else None, initial=_said(row))
    if deed is not None:
        done = _do(request, door, deed, form, feedback)
        if done is not None:
            return done
    context = _page(door) | {"form": form, "feedback_form": feedback}
    return render(request, "meetings/answer.html", context, status=422 if deed else 200)


def _said(row: Registration) -> dict[str, Any]:
    return {"rating": row.rating, "comment": row.comment}


def _do(
    request: HttpRequest, door: Door, deed: str, form: AcceptForm, feedback: FeedbackForm
) -> HttpResponse | None:
    """The redirect after a deed, or None where the page has to be shown again with its errors."""
    row, at = door.registration, clock.now()
    try:
        if deed == "decline":
            decline(registration=row, by=door.by, at=at)
            messages.success(request, "Danke für Ihre Absage.")
        elif deed == "accept" and form.is_valid():
            said = accept(
                registration=row,
                attending=form.attending_as(row.meeting),
                group=form.chosen_group(),
                needs=form.cleaned_data["needs"],
                by=door.by,
                at=at,
            )
            messages.success(request, THANKS[said])
        elif deed == "feedback" and row.meeting.ends_at <= at and feedback.is_valid():
            give_feedback(registration=row, **feedback.cleaned_data, by=door.by, at=at)
            messages.success(request, "Danke für Ihre Rückmeldung.")
        else:
            return None
    except TooLate:
        messages.warning(request, "Auf diese Einladung kann man nicht mehr antworten.")
    except GroupFull:
        form.add_error("group", "Der letzte Platz ist gerade weg. Wählen Sie eine andere Gruppe.")
        return None
    return redirect(door.url(""))


def _page(door: Door) -> dict[str, Any]:
    row, at = door.registration, clock.now()
    meeting = row.meeting
    is_coming = row.answer == Answer.COMING
    is_over = meeting.ends_at <= at
    return {
        "row": row,
        "meeting": meeting,
        "facts": facts_of(meeting),
        "badge": answer_badge(row),
        "agenda": meeting.agenda.order_by("position"),
        "points": [] if is_over else lines_of(open_points(meeting.circle), clock.today()),
        "may_answer": may_answer(meeting.state, ends_at=meeting.ends_at, at=at),
        "is_off": meeting.state == MeetingState.CANCELLED,
        "is_over": is_over,
        "was_there": row.was_there is True,
        "asks_feedback": is_over and is_coming and row.was_there is not False,
        "is_remote": row.attending == Attending.REMOTE,
        "video_link": _video_link(row),
        "has_answered": row.answer != Answer.INVITED,
        "is_coming": is_coming,
        "ics_url": door.url("_ics"),
        "certificate_url": door.url("_certificate"),
        "calendar_url": door.url("_calendar"),
        "is_mine": door.prefix == "my_meeting",
    }


def _video_link(row: Registration) -> str:
    meeting = row.meeting
    is_shown = meeting.state == MeetingState.INVITED and shows_video_link(
        is_coming=row.answer == Answer.COMING,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        at=clock.now(),
    )
    return meeting.video_link if is_shown else ""


@login_not_required
@never_cache
@require_safe
def answer_ics(request: HttpRequest, token: str) -> HttpResponse:
    return _by_link(request, token, _ics)


@never_cache
@require_safe
def my_meeting_ics(request: HttpRequest, public_id: str) -> HttpResponse:
    return _signed_in(request, public_id, _ics)


def _ics(request: HttpRequest, door: Door) -> HttpResponse:
    from werkpfad.region.meetings.ical import invitation  # noqa: PLC0415 -- slow import

    is_off = door.registration.meeting.state == MeetingState.CANCELLED
    method = Method.CANCEL if is_off else Method.REQUEST
    content = invitation(entry_for(door.registration, url=absolute(door.url(""))), method)
    return file_response(content, "text/calendar; charset=utf-8", "termin.ics")


@login_not_required
@never_cache
@require_safe
def answer_certificate(request: HttpRequest, token: str) -> HttpResponse:
    return _by_link(request, token, _certificate)


@never_cache
@require_safe
def my_meeting_certificate(request: HttpRequest, public_id: str) -> HttpResponse:
    return _signed_in(request, public_id, _certificate)


def _certificate(request: HttpRequest, door: Door) -> HttpResponse:
    """Only for who was there, as the office noted."""
    row = door.registration
    if row.was_there is not True:
        raise Http404
    meeting = row.meeting
    region = meeting.circle.region
    paper = AttendanceCertificate(
        letterhead=letterhead(region),
        name=row.participant.name,
        organisation=row.participant.comes_from,
        title=meeting.title,
        circle=meeting.circle.name,
        when=when_of(meeting),
        hours=hours_of(meeting),
        topics=tuple(meeting.agenda.order_by("position").values_list("title", flat=True)),
        signer=region.contact_name or region.name,
        dated=clock.today(),
    )
    return file_response(
        attendance_certificate(paper), "application/pdf", "teilnahmebescheinigung.pdf"
    )


@login_not_required
@require_POST
def answer_calendar(request: HttpRequest, token: str) -> HttpResponse:
    return _by_link(request, token, _calendar)


@require_POST
def my_meeting_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    return _signed_in(request, public_id, _calendar)


def _calendar(request: HttpRequest, door: Door) -> HttpResponse:
    """Make a new secret address (shown once, on this answer only), or switch it off."""
    participant = door.registration.participant
    if request.POST.get("deed") == "off":
        close_feed(participant=participant, at=clock.now())
        messages.success(request, "Die Kalenderadresse ist abgeschaltet.")
        return redirect(door.url(""))
    token = open_feed(participant=participant, by=door.by, at=clock.now())
    context = {
        "address": absolute(reverse("meetings:feed", args=[token])),
        "back": door.url(""),
        "calendar_url": door.url("_calendar"),
    }
    return render(request, "meetings/calendar.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The subscribed calendar. A revoked or unknown address answers 404 and tells nothing."""
    state, link = find_link(token, purpose=LinkPurpose.CALENDAR, at=clock.now())
    participant = _reader(link) if link is not None and state is LinkState.VALID else None
    if participant is None:
        raise Http404
    from werkpfad.region.meetings.ical import feed as calendar_of  # noqa: PLC0415 -- slow import

    rows = invited_to(participant, at=clock.now())
    entries = [entry_for(row, personal=False) for row in rows]
    content = calendar_of(f"Treffen {participant.region.name}", entries)
    response = file_response(content, "text/calendar; charset=utf-8", "treffen.ics")
    response["Cache-Control"] = "private, max-age=900"
    return response


def _reader(link: ActionLink) -> Participant | None:
    return (
        Participant.objects.select_related("region")
        .filter(public_id=link.object_id, email=link.email)
        .first()
    )
