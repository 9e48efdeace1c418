"""Feedback of both sides: from the portal, and for companies from a mail link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import AlreadyGiven
from werkpfad.journey.placements.enums import SEATED, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.permissions import can_record_attendance, viewer_of
from werkpfad.journey.placements.queries import (
    answers_by_link,
    visible_placements,
    with_details,
    without_feedback,
)
from werkpfad.journey.placements.visibility import Viewer
from werkpfad.journey.placements.web.cards import placement_card
from werkpfad.journey.placements.web.forms import FeedbackForm
from werkpfad.journey.placements.web.links import open_link

SIDES = {Viewer.PUPIL: Side.PUPIL, Viewer.COMPANY: Side.COMPANY}


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give one's feedback on one placement, as the pupil or as the company."""
    placement = load(with_details(visible_placements(grants_of(request))), public_id)
    viewer = viewer_of(grants_of(request), placement)
    require(viewer in SIDES)
    require(viewer is Viewer.PUPIL or can_record_attendance(grants_of(request), placement))
    if placement.state not in SEATED or placement.slot.first_day > clock.today():
        raise Http404
    side = SIDES[viewer]
    form = FeedbackForm(request.POST or None, side=side)
    if request.method == "POST" and form.is_valid():
        _give(request, placement, form, by=grants_of(request).by)
        if side is Side.PUPIL:
            return redirect("placements:my_internship")
        return redirect("placements:detail", placement.public_id)
    context = {"card": placement_card(placement, viewer), "form": form, "side": str(side)}
    status = 422 if request.method == "POST" else 200
    return render(request, "placements/feedback.html", context, status=status)


def _give(request: HttpRequest, placement: Placement, form: FeedbackForm, *, by: Actor) -> None:
    try:
        actions.give_feedback(
            placement=placement,
            side=form.side,
            scores=form.scores,
            text=form.cleaned_data["text"],
            by=by,
            at=clock.now(),
        )
    except AlreadyGiven:
        messages.info(request, "Diese Rückmeldung ist schon gespeichert.")
    else:
        messages.success(request, "Danke, die Rückmeldung ist gespeichert.")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_link(request: HttpRequest, token: str) -> HttpResponse:
    """The first placement of the company that still waits for feedback; the next one follows."""
    opened = open_link(request, token, LinkPurpose.COMPANY_FEEDBACK)
    if isinstance(opened, HttpResponse):
        return opened
    rows = answers_by_link(opened.offers)
    placement = _next(request, rows)
    if placement is None:
        return render(
            request, "placements/feedback_done.html", {"organisation": opened.organisation}
        )
    form = FeedbackForm(request.POST or None, side=Side.COMPANY)
    if request.method == "POST" and form.is_valid():
        _give(request, placement, form, by=opened.by)
        return redirect("placements:feedback_link", token)
    context = {
        "card": placement_card(placement, Viewer.COMPANY),
        "form": form,
        "side": str(Side.COMPANY),
        "layout": "layouts/sheet.html",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "placements/feedback.html", context, status=status)


def _next(request: HttpRequest, placements: QuerySet[Placement]) -> Placement | None:
    waiting = with_details(without_feedback(Side.COMPANY, placements, today=clock.today()))
    if posted := request.POST.get("placement"):
        return load(with_details(placements.filter(state__in=SEATED)), posted)
    return waiting.first()
