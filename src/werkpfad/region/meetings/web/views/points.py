"""Tasks from minutes: the office's list, and the owner's page behind a mail link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.queries import find_link
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actor import by_link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.meetings.actions import finish_point, reopen_point
from werkpfad.region.meetings.permissions import can_steer
from werkpfad.region.meetings.queries import point_of, points_of, steered_points
from werkpfad.region.meetings.web.forms.minutes import DoneForm
from werkpfad.region.meetings.web.points import lines_of
from werkpfad.region.meetings.web.tabs import tabs_of
from werkpfad.region.meetings.web.views.answering import closed
from werkpfad.region.meetings.web.views.circles import READ_AND_WRITE, steered


@require_safe
def points(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open tasks of a network, the most urgent first; the last fifty done ones."""
    circle = steered(request, public_id)
    rows = points_of(circle)
    pending = rows.filter(done_at__isnull=True).order_by(F("due_on").asc(nulls_last=True), "pk")
    done = rows.filter(done_at__isnull=False).order_by("-done_at")[:50]
    context = {
        "circle": circle,
        "tabs": tabs_of(circle, "meetings:points"),
        "pending": lines_of(pending, clock.today()),
        "done": lines_of(done, clock.today()),
    }
    return render(request, "meetings/points.html", context)


@require_POST
def point_toggle(request: HttpRequest, public_id: str) -> HttpResponse:
    """The office marks a task done, or open again."""
    require(grants_of(request).has(Permission.MANAGE_REGION))
    found = load(steered_points(grants_of(request)), public_id)
    require(can_steer(grants_of(request), found.circle))
    by, at = grants_of(request).by, clock.now()
    if found.done_at is None:
        finish_point(point=found, answer=found.answer, by=by, at=at)
    else:
        reopen_point(point=found, by=by, at=at)
    messages.success(request, "Gespeichert.")
    return redirect("meetings:points", found.circle.public_id)


@login_not_required
@never_cache
@require_http_methods(READ_AND_WRITE)
def point(request: HttpRequest, token: str) -> HttpResponse:
    """One task for its owner, without account: GET shows, POST says it is done."""
    state, link = find_link(token, purpose=LinkPurpose.TASK, at=clock.now())
    found = point_of(link) if link is not None else None
    if link is None or found is None:
        return closed(request, LinkState.UNKNOWN)
    if state is not LinkState.VALID:
        return closed(request, state)
    form = DoneForm(
        request.POST if request.method == "POST" else None, initial={"answer": found.answer}
    )
    if form.is_valid():
        finish_point(
            point=found, answer=form.cleaned_data["answer"], by=by_link(link.pk), at=clock.now()
        )
        messages.success(request, "Danke, die Aufgabe ist als erledigt eingetragen.")
        return redirect("meetings:point", token)
    [line] = lines_of([found], clock.today())
    context = {"line": line, "point": found, "form": form}
    return render(request, "meetings/point.html", context)
