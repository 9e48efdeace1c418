"""The school's approvals: a list to go through, several at once, and a reasoned no."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import day_of, period
from werkpfad.base.core.ui.parts import Action, Badge, Link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.journey.applications.law import Outcome, check
from werkpfad.journey.applications.queries import case_of
from werkpfad.journey.placements.enums import Answer, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.permissions import can_answer
from werkpfad.journey.placements.queries import (
    school_placements,
    waiting_for,
    with_details,
    with_school_deadline,
)
from werkpfad.journey.placements.web.answering import answer_placement
from werkpfad.journey.placements.web.refusing import refusal


def _company_answer(row: Placement) -> Badge:
    answer = next(c.answer for c in row.consents.all() if c.side == Side.COMPANY)
    if answer == Answer.YES:
        return Badge("Betrieb hat zugesagt", "success")
    return Badge("Betrieb antwortet noch", "warning")


def _law(row: Placement) -> object:
    verdict = check(case_of(row.pupil, row.slot))
    if verdict.outcome is Outcome.ALLOWED:
        return Badge("passt", "success")
    return Badge(verdict.findings[0].sentence, "warning")


APPROVALS = TableSpec(
    caption="Plätze, die Sie genehmigen",
    default_sort="due",
    per_page=50,
    columns=(
        Column(
            "pupil",
            "Schüler:in",
            value=lambda p: Link(
                p.pupil.full_name, reverse("placements:detail", args=[p.public_id])
            ),
            sort=("pupil__family_name", "pupil__given_name"),
            main=True,
        ),
        Column(
            "class",
            "Klasse",
            value=lambda p: p.pupil.school_class.name,
            sort="pupil__school_class__name",
        ),
        Column(
            "company",
            "Betrieb",
            value=lambda p: p.slot.offer.organisation.name,
            sort="slot__offer__organisation__name",
        ),
        Column("offer", "Praktikum", value=lambda p: p.slot.offer.title),
        Column(
            "period",
            "Zeitraum",
            value=lambda p: period(p.slot.first_day, p.slot.last_day),
            sort="slot__first_day",
        ),
        Column("answer", "Betrieb sagt", value=_company_answer),
        Column("law", "Jugendschutz", value=_law),
        Column("due", "Ihre Frist", value=lambda p: day_of(p.school_due), sort="school_due"),
        Column(
            "reject",
            "Aktion",
            value=lambda p: Action(
                "Ablehnen", reverse("placements:reject", args=[p.public_id]), kind="tertiary"
            ),
            hide_label=True,
        ),
    ),
    empty=Empty(
        "Nichts zu genehmigen",
        "Sobald es für Ihre Klassen einen neuen Platz gibt, steht er hier.",
        picture="empty-done",
    ),
)


def _waiting(request: HttpRequest) -> QuerySet[Placement]:
    return with_details(
        with_school_deadline(waiting_for(Side.SCHOOL, school_placements(grants_of(request))))
    )


@require_http_methods(["GET", "HEAD", "POST"])
def approvals(request: HttpRequest) -> HttpResponse:
    """GET lists; POST with `selected` shows what will be approved; POST with `confirmed` approves."""
    require(grants_of(request).has(Permission.APPROVE_PLACEMENTS))
    waiting = _waiting(request)
    if request.method != "POST":
        table = APPROVALS.bind(request, waiting, selectable=True)
        return render(request, "placements/approvals.html", {"table": table})
    chosen = list(waiting.filter(public_id__in=request.POST.getlist("selected")))
    if not chosen:
        messages.warning(request, "Bitte wählen Sie mindestens einen Platz aus.")
        return redirect("placements:approvals")
    if "confirmed" not in request.POST:
        return render(
            request, "placements/approve.html", {"placements": [_line(p) for p in chosen]}
        )
    _approve(request, chosen)
    return redirect("placements:approvals")


def _line(row: Placement) -> dict[str, str]:
    return {
        "public_id": row.public_id,
        "name": row.pupil.full_name,
        "class_name": row.pupil.school_class.name,
        "company": row.slot.offer.organisation.name,
        "period": period(row.slot.first_day, row.slot.last_day),
    }


def _approve(request: HttpRequest, chosen: list[Placement]) -> None:
    at = clock.now()
    replies = [
        (row, answer_placement(row, Side.SCHOOL, yes=True, by=grants_of(request).by, at=at))
        for row in chosen
    ]
    done = sum(reply.good for _, reply in replies)
    if done:
        messages.success(request, f"{done} {'Platz' if done == 1 else 'Plätze'} genehmigt.")
    for row, reply in replies:
        if not reply.good:
            messages.warning(request, f"{row.pupil.full_name}: {reply.text}")


@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say no with a reason, which pupil and company read."""
    placement = load(with_details(school_placements(grants_of(request))), public_id)
    require(can_answer(grants_of(request), placement, Side.SCHOOL))
    name, company = placement.pupil.full_name, placement.slot.offer.organisation.name
    words = {
        "title": "Platz ablehnen",
        "question": f"{name} soll das Praktikum bei {company} nicht machen?",
        "consequences": [
            "Der Platz ist sofort wieder für andere frei.",
            "Schüler:in und Betrieb lesen den Grund.",
            "Die Entscheidung wird mit Ihrem Namen und der Uhrzeit festgehalten.",
        ],
        "confirm_label": "Platz ablehnen",
    }
    return refusal(request, placement, Side.SCHOOL, words, back="placements:approvals")
