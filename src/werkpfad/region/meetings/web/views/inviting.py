"""Whom to invite, and who was there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.region.meetings.actions import NotInvitable, invite, note_attendance
from werkpfad.region.meetings.documents import AttendanceRow, AttendanceSheet, attendance_sheet
from werkpfad.region.meetings.entries import place_of
from werkpfad.region.meetings.enums import Answer
from werkpfad.region.meetings.models import Meeting, Registration
from werkpfad.region.meetings.queries import members_of, registrations_of
from werkpfad.region.meetings.web.paper import file_response, letterhead, when_of
from werkpfad.region.meetings.web.views.circles import READ_AND_WRITE
from werkpfad.region.meetings.web.views.meetings import steered_meeting


@require_http_methods(READ_AND_WRITE)
def invite_people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Members who are not invited yet, all ticked; POST invites those who stayed ticked."""
    found = steered_meeting(request, public_id)
    members = members_of(found.circle).exclude(participant__registrations__meeting=found)
    if request.method == "POST":
        chosen = members.filter(public_id__in=request.POST.getlist("selected"))
        people = [member.participant for member in chosen]
        if not people:
            messages.warning(request, "Kreuzen Sie mindestens eine Person an.")
            return redirect("meetings:invite", found.public_id)
        try:
            count = invite(
                meeting=found, participants=people, by=grants_of(request).by, at=clock.now()
            )
        except NotInvitable:
            messages.warning(request, "Das Treffen ist abgesagt. Nehmen Sie es zuerst wieder auf.")
        else:
            messages.success(
                request, f"{count} Einladungen gehen hinaus, jede mit Kalendereintrag."
            )
        return redirect("meetings:meeting", found.public_id)
    context = {"meeting": found, "when": when_of(found), "members": members}
    return render(request, "meetings/invite.html", context)


@require_http_methods(READ_AND_WRITE)
def checkin(request: HttpRequest, public_id: str) -> HttpResponse:
    """The list at the door on a screen; POST notes who was there."""
    found = steered_meeting(request, public_id)
    rows = _expected(found)
    if request.method == "POST":
        there = frozenset(request.POST.getlist("selected"))
        count = note_attendance(
            meeting=found, there=there, by=grants_of(request).by, at=clock.now()
        )
        messages.success(request, f"Gespeichert: {count} waren da.")
        return redirect("meetings:meeting", found.public_id)
    context = {"meeting": found, "when": when_of(found), "rows": rows}
    return render(request, "meetings/checkin.html", context)


@require_safe
def checkin_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    found = steered_meeting(request, public_id)
    sheet = AttendanceSheet(
        letterhead=letterhead(found.circle.region),
        title=found.title,
        circle=found.circle.name,
        when=when_of(found),
        place=place_of(found),
        rows=tuple(
            AttendanceRow(
                name=row.participant.name,
                organisation=row.participant.comes_from,
                how=row.get_attending_display(),
                group=row.group.title if row.group else "",
            )
            for row in _expected(found)
            if row.answer == Answer.COMING
        ),
        dated=clock.today(),
    )
    return file_response(attendance_sheet(sheet), "application/pdf", "anwesenheitsliste.pdf")


def _expected(meeting: Meeting) -> list[Registration]:
    """Registered people first, then who has not answered; those who declined are left out."""
    rows = registrations_of(meeting).exclude(answer=Answer.DECLINED)
    return sorted(rows, key=lambda row: row.answer != Answer.COMING)
