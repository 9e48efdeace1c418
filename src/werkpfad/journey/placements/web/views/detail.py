"""One placement: where it stands, what may be done, and what happened so far."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.enums import ActorKind
from werkpfad.base.core.models import AuditEvent
from werkpfad.base.core.ui.parts import Event, Fact
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.applications.law import check
from werkpfad.journey.applications.queries import case_of
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import NotAttestable
from werkpfad.journey.placements.enums import ACTIVE, SEATED, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.permissions import (
    can_answer,
    can_cancel,
    can_issue_certificate,
    side_of,
    viewer_of,
)
from werkpfad.journey.placements.queries import (
    history,
    visible_placements,
    with_details,
    with_papers,
)
from werkpfad.journey.placements.rules import NotPossible
from werkpfad.journey.placements.visibility import Datum, Viewer
from werkpfad.journey.placements.web.cards import placement_card, sight_of
from werkpfad.journey.placements.web.forms import CANCEL_REASONS, ReasonForm
from werkpfad.journey.placements.web.papers import days_sheet_link, papers_of, scores_of
from werkpfad.journey.placements.web.words import HISTORY

_SIDE_DATUM = {Side.COMPANY: Datum.COMPANY_FEEDBACK, Side.PUPIL: Datum.PUPIL_FEEDBACK}
_HEADINGS = {
    Side.COMPANY: "Rückmeldung des Betriebs",
    Side.PUPIL: "Rückmeldung der Schülerin oder des Schülers",
}


def _load(request: HttpRequest, public_id: str) -> Placement:
    return load(with_papers(with_details(visible_placements(grants_of(request)))), public_id)


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """For everybody who may see the placement; each sees what the visibility table allows."""
    placement = _load(request, public_id)
    viewer = viewer_of(grants_of(request), placement)
    sight = sight_of(placement, viewer)
    context = {
        "card": placement_card(placement, viewer),
        "facts": _place_facts(placement, contact=sight.sees(Datum.COMPANY_CONTACT)),
        "papers": papers_of(placement, viewer),
        "days_sheet": days_sheet_link(placement, viewer),
        "history": _history(placement),
        "attendance": _attendance(placement) if sight.sees(Datum.ATTENDANCE) else [],
        "feedback": [
            (_HEADINGS[Side(f.side)], scores_of(Side(f.side), f.scores, f.text))
            for f in placement.feedback.all()
            if sight.sees(_SIDE_DATUM[Side(f.side)])
        ],
        "law": _law(placement) if viewer in (Viewer.SCHOOL, Viewer.COORDINATOR) else [],
    } | _deeds(grants_of(request), placement, viewer)
    return render(request, "placements/detail.html", context)


def _deeds(grants: Grants, placement: Placement, viewer: Viewer) -> dict[str, Any]:
    """What the visitor may do on this page."""
    seated = placement.state in SEATED
    begun = placement.slot.first_day <= clock.today()
    has_certificate = getattr(placement, "certificate", None) is not None
    given = {f.side for f in placement.feedback.all()}
    return {
        "may_name_supervisor": can_answer(grants, placement, Side.COMPANY),
        "may_cancel": placement.state in ACTIVE
        and placement.state != "completed"
        and can_cancel(grants, placement),
        "may_issue": seated
        and begun
        and not has_certificate
        and can_issue_certificate(grants, placement),
        "may_revoke": viewer is Viewer.SCHOOL and _is_valid(placement),
        "may_enter": seated and begun and viewer is Viewer.SCHOOL,
        "may_give_feedback": seated
        and begun
        and viewer is Viewer.COMPANY
        and Side.COMPANY not in given,
    }


def _is_valid(placement: Placement) -> bool:
    certificate = getattr(placement, "certificate", None)
    return certificate is not None and certificate.revoked_at is None


def _place_facts(placement: Placement, *, contact: bool) -> list[Fact]:
    offer = placement.slot.offer
    facts = [
        Fact("Betrieb", offer.organisation.name),
        Fact("Praktikum", offer.title),
        Fact("Ort", str(offer.site)),
    ]
    if contact:
        facts.append(Fact("Ansprechperson", offer.contact_name))
        if placement.supervisor_name:
            facts.append(Fact("Betreuung", placement.supervisor_name))
    return facts


def _law(placement: Placement) -> list[Fact]:
    verdict = check(case_of(placement.pupil, placement.slot))
    limits = Fact(verdict.limits.paragraph, verdict.limits.sentence)
    return [
        limits,
        *(Fact(f.paragraph or "Regel des Programms", f.sentence) for f in verdict.findings),
    ]


def _attendance(placement: Placement) -> list[Fact]:
    return [
        Fact(f"{row.day:%d.%m.%Y}", row.get_presence_display())
        for row in placement.attendances.all()
    ]


def _history(placement: Placement) -> list[Event]:
    return [
        Event(what=HISTORY[event.event], who=_who(event), at=event.at)
        for event in history(placement)
        if event.event in HISTORY
    ]


def _who(event: AuditEvent) -> str:
    """The door, not the person: names of staff are nobody's business here."""
    if event.actor_kind == ActorKind.SYSTEM:
        return "Werkpfad, automatisch"
    return event.get_channel_display()


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Call a placement off, with a reason and a page that says what follows."""
    placement = _load(request, public_id)
    require(can_cancel(grants_of(request), placement))
    if placement.state not in ACTIVE:
        raise Http404
    side = side_of(grants_of(request), placement)
    form = ReasonForm(request.POST or None, reasons=CANCEL_REASONS[side])
    back = reverse("placements:detail", args=[placement.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(
                placement=placement,
                side=side,
                reason=form.cleaned_data["reason"],
                text=form.cleaned_data["text"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except NotPossible:
            messages.warning(request, "Das Praktikum ist schon abgeschlossen.")
        else:
            messages.success(
                request, "Das Praktikum ist abgesagt. Alle Beteiligten wissen Bescheid."
            )
        return redirect(back)
    card = placement_card(placement, viewer_of(grants_of(request), placement))
    context = {
        "title": "Praktikum absagen",
        "question": f"{card.name}, {card.company}, {card.period}: wirklich absagen?",
        "consequences": [
            "Betrieb und Schule bekommen sofort eine Mail mit dem Grund.",
            "Der Platz wird frei und steht wieder in der Suche.",
            "Die Schülerin oder der Schüler braucht einen neuen Platz.",
            "Eine Absage lässt sich nicht zurücknehmen.",
        ],
        "confirm_label": "Praktikum absagen",
        "confirm_kind": "danger",
        "cancel_url": back,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "core/confirm.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo one's own yes while nothing is confirmed."""
    placement = _load(request, public_id)
    side = side_of(grants_of(request), placement)
    require(side is not None)
    try:
        if side is not None:
            actions.take_back(
                placement=placement, side=side, by=grants_of(request).by, at=clock.now()
            )
    except NotPossible:
        messages.warning(
            request, "Das geht nicht mehr: Der Platz ist schon bestätigt oder geschlossen."
        )
    else:
        messages.success(request, "Die Antwort ist zurückgenommen.")
    if side is Side.PUPIL:
        return redirect("placements:my_internship")
    return redirect("placements:detail", placement.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def issue_certificate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Issue the certificate now; afterwards its text cannot change."""
    placement = _load(request, public_id)
    require(can_issue_certificate(grants_of(request), placement))
    if placement.state not in SEATED:
        raise Http404
    back = reverse("placements:detail", args=[placement.public_id])
    if request.method == "POST":
        try:
            actions.issue_certificate(placement=placement, by=grants_of(request).by, at=clock.now())
        except NotAttestable:
            messages.warning(
                request, "Bitte tragen Sie zuerst mindestens einen Tag Anwesenheit ein."
            )
        else:
            messages.success(request, "Die Bescheinigung ist ausgestellt.")
        return redirect(back)
    context = {
        "title": "Bescheinigung ausstellen",
        "question": f"Bescheinigung für {placement.pupil.full_name} jetzt ausstellen?",
        "consequences": [
            "Sie nennt Betrieb, Zeitraum, anwesende Tage und Aufgaben, wie sie jetzt eingetragen sind.",
            "Später eingetragene Tage ändern die Bescheinigung nicht mehr.",
        ],
        "confirm_label": "Bescheinigung ausstellen",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_certificate(request: HttpRequest, public_id: str) -> HttpResponse:
    """The school withdraws a certificate that should not have been issued."""
    placement = _load(request, public_id)
    require(can_answer(grants_of(request), placement, Side.SCHOOL))
    certificate = getattr(placement, "certificate", None)
    if certificate is None or certificate.revoked_at is not None:
        raise Http404
    back = reverse("placements:detail", args=[placement.public_id])
    if request.method == "POST":
        actions.revoke_certificate(
            certificate=certificate, by=grants_of(request).by, at=clock.now()
        )
        messages.success(request, "Die Bescheinigung ist zurückgezogen.")
        return redirect(back)
    context = {
        "title": "Bescheinigung zurückziehen",
        "question": f"Bescheinigung für {placement.pupil.full_name} zurückziehen?",
        "consequences": [
            "Wer den Prüfcode eingibt, sieht, dass sie nicht mehr gilt.",
            "Sie lässt sich nicht mehr herunterladen und nicht wieder gültig machen.",
        ],
        "confirm_label": "Bescheinigung zurückziehen",
        "confirm_kind": "danger",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)
