"""The office's side of meetings: planning, changing, calling off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ui.conflict import typed_over
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.meetings.actions import (
    AlreadyCalledOff,
    call_off,
    change_meeting,
    schedule,
    take_up_again,
)
from werkpfad.region.meetings.enums import Answer, MeetingState
from werkpfad.region.meetings.models import Meeting
from werkpfad.region.meetings.permissions import can_steer
from werkpfad.region.meetings.queries import (
    in_the_same_room,
    open_points,
    registrations_of,
    steered_meetings,
    with_answers,
)
from werkpfad.region.meetings.web.feedback import feedback_of
from werkpfad.region.meetings.web.forms.meetings import (
    MeetingForm,
    NewMeetingForm,
    ReasonForm,
    values_of,
)
from werkpfad.region.meetings.web.paper import facts_of, state_badge, when_of
from werkpfad.region.meetings.web.points import PointLine, lines_of
from werkpfad.region.meetings.web.tables import MEETINGS, REGISTRATIONS
from werkpfad.region.meetings.web.tabs import tabs_of
from werkpfad.region.meetings.web.views.circles import READ_AND_WRITE, steered

COMPARED = ("title", "description", "place_kind", "room", "address", "access_note", "capacity")


def steered_meeting(request: HttpRequest, public_id: str) -> Meeting:
    """A meeting one sees (else 404) and steers (else 403)."""
    require(grants_of(request).has(Permission.MANAGE_REGION))
    meeting = load(steered_meetings(grants_of(request)), public_id)
    require(can_steer(grants_of(request), meeting.circle))
    return meeting


@require_safe
def circle(request: HttpRequest, public_id: str) -> HttpResponse:
    """A network's meetings, the coming ones first."""
    found = steered(request, public_id)
    rows = with_answers(steered_meetings(grants_of(request)).filter(circle=found))
    coming = rows.filter(ends_at__gt=clock.now())
    context = {
        "circle": found,
        "tabs": tabs_of(found, "meetings:circle"),
        "coming": MEETINGS.bind(request, coming.order_by("starts_at")),
        "past": rows.filter(ends_at__lte=clock.now()).order_by("-starts_at")[:30],
    }
    return render(request, "meetings/circle.html", context)


@require_safe
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """One meeting with everybody invited, and what is to be done next."""
    found = steered_meeting(request, public_id)
    rows = registrations_of(found)
    answers = list(rows.values_list("answer", flat=True))
    context: dict[str, Any] = {
        "meeting": found,
        "facts": facts_of(found),
        "badge": state_badge(found, clock.now()),
        "agenda": found.agenda.order_by("position"),
        "groups": found.groups.order_by("position"),
        "counts": [(label, answers.count(value)) for value, label in Answer.choices],
        "table": REGISTRATIONS.bind(request, rows),
        "points": [] if found.ends_at <= clock.now() else _open_points(found),
        "clashes": in_the_same_room(found),
        "is_over": found.ends_at <= clock.now(),
        "is_off": found.state == MeetingState.CANCELLED,
        "feedback": feedback_of(found),
    }
    return render(request, "meetings/meeting.html", context)


def _open_points(meeting: Meeting) -> list[PointLine]:
    """What was taken over at earlier meetings and is not done: it stands on every agenda until then."""
    return lines_of(open_points(meeting.circle), clock.today())


@require_http_methods(READ_AND_WRITE)
def meeting_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Plan one meeting or a series; the way leads on to the invitations."""
    found = steered(request, public_id)
    form = NewMeetingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        rhythm, count = form.rhythm_and_count()
        made = schedule(
            circle=found,
            plan=form.plan(),
            rhythm=rhythm,
            count=count,
            by=grants_of(request).by,
            at=clock.now(),
        )
        _warn_of_clashes(request, made)
        if len(made) > 1:
            messages.success(request, f"{len(made)} Treffen sind geplant. Eingeladen ist niemand.")
            return redirect("meetings:circle", found.public_id)
        messages.success(request, "Das Treffen ist geplant. Wählen Sie jetzt, wen Sie einladen.")
        return redirect("meetings:invite", made[0].public_id)
    return render(request, "meetings/meeting_form.html", {"form": form, "circle": found})


def _warn_of_clashes(request: HttpRequest, meetings: list[Meeting]) -> None:
    for row in meetings:
        for other in in_the_same_room(row):
            messages.warning(
                request,
                f"{when_of(row)}: Im selben Raum ist schon „{other.title}“ ({other.circle.name}).",
            )


@require_http_methods(READ_AND_WRITE)
def meeting_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everybody invited hears of a new time or place. When a colleague saved meanwhile, both texts are shown."""
    found = steered_meeting(request, public_id)
    initial = values_of(found)
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"form": form, "circle": found.circle, "meeting": found}
    if form.is_valid():
        try:
            told = change_meeting(
                meeting=found,
                plan=form.plan(),
                seen_version=form.cleaned_data["version"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except EditConflict:
            context |= typed_over(
                form, load(steered_meetings(grants_of(request)), public_id), COMPARED
            )
            return render(request, "meetings/meeting_form.html", context, status=409)
        _warn_of_clashes(request, [load(steered_meetings(grants_of(request)), public_id)])
        messages.success(
            request, f"Gespeichert. {told} Eingeladene haben eine Mail." if told else "Gespeichert."
        )
        return redirect("meetings:meeting", found.public_id)
    return render(request, "meetings/meeting_form.html", context)


@require_http_methods(READ_AND_WRITE)
def meeting_call_off(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, with room for a reason; POST calls off and tells everybody."""
    found = steered_meeting(request, public_id)
    back = reverse("meetings:meeting", args=[found.public_id])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            told = call_off(
                meeting=found,
                reason=form.cleaned_data["reason"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except AlreadyCalledOff:
            messages.info(request, "Das Treffen war schon abgesagt.")
        else:
            messages.success(request, f"Abgesagt. {told} Personen haben eine Mail.")
        return redirect(back)
    context = {
        "title": "Treffen absagen?",
        "question": f"„{found.title}“ am {when_of(found)} fällt aus.",
        "consequences": [
            "Alle Eingeladenen, die nicht schon abgesagt haben, bekommen eine Mail; der Termin verschwindet aus ihren Kalendern.",
            "Sie können es später wieder aufnehmen.",
        ],
        "form": form,
        "confirm_label": "Absagen",
        "confirm_kind": "danger",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)


@require_POST
def meeting_take_up(request: HttpRequest, public_id: str) -> HttpResponse:
    found = steered_meeting(request, public_id)
    told = take_up_again(meeting=found, by=grants_of(request).by, at=clock.now())
    messages.success(request, f"Das Treffen findet statt. {told} Personen haben eine Mail.")
    return redirect("meetings:meeting", found.public_id)
