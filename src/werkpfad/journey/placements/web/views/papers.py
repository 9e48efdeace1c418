"""Downloads: agreement, attendance sheet, certificate. Nothing is stored; each is printed when asked for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.placements import documents
from werkpfad.journey.placements.enums import SEATED
from werkpfad.journey.placements.models import Certificate, Placement
from werkpfad.journey.placements.permissions import viewer_of
from werkpfad.journey.placements.queries import visible_placements, with_details
from werkpfad.journey.placements.visibility import Viewer
from werkpfad.journey.placements.web.papers import (
    agreement_of,
    attendance_sheet_of,
    certificate_of,
)

PARTIES = frozenset({Viewer.PUPIL, Viewer.GUARDIAN, Viewer.SCHOOL, Viewer.COMPANY})
ADULTS_IN_CHARGE = frozenset({Viewer.SCHOOL, Viewer.COMPANY})


def _seated(request: HttpRequest, public_id: str, viewers: frozenset[Viewer]) -> Placement:
    """A confirmed placement whose papers the visitor may have; papers hold full names."""
    placement = load(with_details(visible_placements(grants_of(request))), public_id)
    require(viewer_of(grants_of(request), placement) in viewers)
    if placement.state not in SEATED:
        raise Http404
    return placement


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def agreement_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    placement = _seated(request, public_id, PARTIES)
    content = documents.agreements([agreement_of(placement, today=clock.today())])
    return pdf_answer(content, f"praktikumsvereinbarung-{placement.public_id[:8]}")


@require_safe
def attendance_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    placement = _seated(request, public_id, ADULTS_IN_CHARGE)
    content = documents.attendance_sheet(attendance_sheet_of(placement, today=clock.today()))
    return pdf_answer(content, f"anwesenheit-{placement.public_id[:8]}")


@require_safe
def certificate_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    placement = _seated(request, public_id, PARTIES)
    certificate = (
        Certificate.objects.filter(placement=placement, revoked_at__isnull=True)
        .select_related("placement__slot__programme__region")
        .first()
    )
    if certificate is None:
        raise Http404
    return pdf_answer(
        documents.certificates([certificate_of(certificate)]),
        f"bescheinigung-{placement.public_id[:8]}",
    )
