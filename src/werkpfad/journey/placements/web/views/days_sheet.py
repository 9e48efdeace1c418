"""The sum sheet of a week: made by the pupil or the school, printed by the family and the school (names stand on it)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.placements import actions, documents
from werkpfad.journey.placements.actions import NotAttestable
from werkpfad.journey.placements.models import DaysCertificate, Placement
from werkpfad.journey.placements.permissions import viewer_of
from werkpfad.journey.placements.queries import certified_days, visible_placements, with_details
from werkpfad.journey.placements.visibility import Viewer
from werkpfad.journey.placements.web.papers import days_certificate_of
from werkpfad.journey.placements.web.views.papers import pdf_answer

MAKERS = frozenset({Viewer.PUPIL, Viewer.SCHOOL})
READERS = MAKERS | {Viewer.GUARDIAN}


def _placement(request: HttpRequest, public_id: str, viewers: frozenset[Viewer]) -> Placement:
    """One of the days, by which pupil and programme are found."""
    placement = load(with_details(visible_placements(grants_of(request))), public_id)
    require(viewer_of(grants_of(request), placement) in viewers)
    return placement


@require_http_methods(["GET", "HEAD", "POST"])
def days_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """The days that are certified so far; POST makes the sheet and leads to it."""
    placement = _placement(request, public_id, MAKERS)
    pupil, programme = placement.pupil, placement.slot.programme
    viewer = viewer_of(grants_of(request), placement)
    mine = viewer is Viewer.PUPIL
    back = reverse("placements:my_internship") if mine else _detail(placement)
    if request.method == "POST":
        try:
            actions.issue_days_certificate(
                pupil=pupil, programme=programme, by=grants_of(request).by, at=clock.now()
            )
        except NotAttestable:
            messages.warning(request, "Es gibt noch keinen bescheinigten Tag.")
            return redirect(back)
        return redirect("placements:days_pdf", public_id)
    days = list(certified_days(pupil, programme))
    if not days:
        raise Http404
    context = {
        "title": "Sammelbescheinigung",
        "question": "Alle bescheinigten Tage auf einem Blatt:"
        if mine
        else f"Alle bescheinigten Tage von {pupil.full_name} auf einem Blatt:",
        "consequences": [_line(row.placement) for row in days],
        "confirm_label": "Als PDF herunterladen",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)


def _detail(placement: Placement) -> str:
    return reverse("placements:detail", args=[placement.public_id])


def _line(placement: Placement) -> str:
    slot = placement.slot
    return f"{slot.first_day:%d.%m.%Y}: {slot.offer.organisation.name}"


@require_safe
def days_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The newest sheet of the pupil in this programme."""
    placement = _placement(request, public_id, READERS)
    sheet = (
        DaysCertificate.objects.filter(pupil=placement.pupil, programme=placement.slot.programme)
        .select_related("programme__region")
        .order_by("-pk")
        .first()
    )
    if sheet is None:
        raise Http404
    name = f"sammelbescheinigung-{sheet.public_id[:8]}"
    return pdf_answer(documents.days_certificates([days_certificate_of(sheet)]), name)
