"""One action for every meeting of a period: look first, then do it, and take it back if it was wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.meetings.actions import change_period, undo_period
from werkpfad.region.meetings.enums import PeriodDeed
from werkpfad.region.meetings.models import Meeting, PeriodChange
from werkpfad.region.meetings.permissions import can_found_circles
from werkpfad.region.meetings.queries import (
    meetings_between,
    steered_changes,
    steered_circles,
    with_answers,
)
from werkpfad.region.meetings.rules import moved
from werkpfad.region.meetings.web.forms.periods import PeriodForm
from werkpfad.region.meetings.web.views.circles import READ_AND_WRITE
from werkpfad.region.network.request import region_with


def changed(request: HttpRequest, public_id: str) -> PeriodChange:
    require(grants_of(request).has(Permission.MANAGE_REGION))
    found = load(steered_changes(grants_of(request)).select_related("region"), public_id)
    require(can_found_circles(grants_of(request), found.region))
    return found


@require_http_methods(READ_AND_WRITE)
def period(request: HttpRequest) -> HttpResponse:
    """The first POST shows what would happen; the second, with `deed_now`, does it to the ticked meetings."""
    region = region_with(request, Permission.MANAGE_REGION)
    require(can_found_circles(grants_of(request), region))
    circles = steered_circles(grants_of(request)).filter(region=region)
    form = PeriodForm(request.POST if request.method == "POST" else None, circles=circles)
    if not form.is_valid():
        return render(request, "meetings/period.html", {"form": form})
    plan = form.plan()
    found = meetings_between(
        grants_of(request),
        plan.first_day,
        plan.last_day,
        circle=form.cleaned_data["circle"],
        after=clock.now(),
    ).filter(circle__region=region)
    if "deed_now" in request.POST:
        chosen = found.filter(public_id__in=request.POST.getlist("selected"))
        if chosen:
            change = change_period(
                region=region, meetings=chosen, plan=plan, by=grants_of(request).by, at=clock.now()
            )
            return redirect("meetings:period_done", change.public_id)
        messages.warning(request, "Es war kein Treffen angekreuzt. Nichts ist geschehen.")
    rows = [(row, _new_start(row, plan.days)) for row in with_answers(found)]
    context = {
        "form": form,
        "rows": rows,
        "previewed": True,
        "is_move": plan.deed == PeriodDeed.MOVE,
        "typed": [(name, value) for name, value in request.POST.items() if name in form.fields],
    }
    return render(request, "meetings/period.html", context)


def _new_start(row: Meeting, days: int) -> object:
    return moved(row.starts_at, days) if days else None


@require_safe
def period_done(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was done, with the way back."""
    found = changed(request, public_id)
    rows = Meeting.objects.filter(public_id__in=[line["meeting"] for line in found.ledger])
    context = {
        "change": found,
        "rows": rows.select_related("circle").order_by("starts_at"),
        "is_move": found.deed == PeriodDeed.MOVE,
    }
    return render(request, "meetings/period_done.html", context)


@require_POST
def period_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    found = changed(request, public_id)
    done, left = undo_period(change=found, by=grants_of(request).by, at=clock.now())
    text = f"{done} Treffen sind wieder wie vorher, alle Eingeladenen haben eine Mail."
    if left:
        text += f" {left} hat inzwischen jemand geändert; diese bleiben, wie sie sind."
    messages.success(request, text)
    return redirect("meetings:period_done", found.public_id)
