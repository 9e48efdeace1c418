"""Mein Praktikum: where a pupil stands, what to do next, and what to bring."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.parts import Fact, Link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.queries import with_details as applications_with_details
from werkpfad.journey.placements.enums import ACTIVE, SEATED, PlacementState, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.permissions import can_answer
from werkpfad.journey.placements.queries import visible_placements, with_details, with_papers
from werkpfad.journey.placements.visibility import Viewer
from werkpfad.journey.placements.web.answering import answer_placement, say
from werkpfad.journey.placements.web.cards import Card, application_card, placement_card
from werkpfad.journey.placements.web.papers import days_sheet_link, papers_of, scores_of
from werkpfad.journey.placements.web.refusing import refusal
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.queries import current_pupil


@dataclass(frozen=True, slots=True)
class Place:
    """A confirmed placement with everything for the first day."""

    card: Card
    facts: list[Fact]
    links: list[Link]
    is_ahead: bool
    wants_feedback: bool
    company_said: list[Fact]
    days_sheet: Link | None = None


@require_safe
def my_internship(request: HttpRequest) -> HttpResponse:
    """Confirmed places first, then what waits for an answer, then open applications and what is over."""
    pupil = current_pupil(grants_of(request), today=clock.today())
    require(pupil is not None)
    if pupil is None:
        raise Http404
    rows = list(
        with_papers(with_details(Placement.objects.filter(pupil=pupil))).order_by(
            "slot__first_day", "pk"
        )
    )
    applications = _applications(pupil)
    context = {
        "places": [_place(row) for row in rows if row.state in SEATED],
        "proposed": [_card(row) for row in rows if row.state == PlacementState.PROPOSED],
        "applications": [a for a in applications if a.due_at is not None],
        "over": [_card(row) for row in rows if row.state not in ACTIVE]
        + [a for a in applications if a.due_at is None],
    }
    return render(request, "placements/my_internship.html", context)


def _applications(pupil: Pupil) -> list[Card]:
    rows = applications_with_details(
        Application.objects.filter(pupil=pupil).exclude(state=ApplicationState.ACCEPTED)
    ).order_by("-submitted_at", "-pk")
    return [application_card(row, Viewer.PUPIL) for row in rows]


def _card(row: Placement) -> Card:
    return placement_card(row, Viewer.PUPIL)


def _place(row: Placement) -> Place:
    offer, today = row.slot.offer, clock.today()
    site = offer.site
    times = ""
    if offer.starts_at:
        times = f"{offer.starts_at:%H:%M} Uhr"
        if offer.ends_at:
            times += f" bis {offer.ends_at:%H:%M} Uhr"
    facts = [
        Fact("Wo", f"{offer.organisation.name}, {site}"),
        Fact("Beginn", times or "Ruf vorher an und frag nach der Uhrzeit."),
        Fact(
            "Betreut dich" if row.supervisor_name else "Ansprechperson",
            row.supervisor_name or offer.contact_name,
        ),
    ]
    if offer.contact_phone:
        facts.append(Fact("Telefon", offer.contact_phone, f"tel:{offer.contact_phone}"))
    if offer.bring:
        facts.append(Fact("Mitbringen", offer.bring))
    given = {f.side: f for f in row.feedback.all()}
    said = given.get(Side.COMPANY)
    return Place(
        card=_card(row),
        facts=facts,
        links=papers_of(row, Viewer.PUPIL),
        days_sheet=days_sheet_link(row, Viewer.PUPIL),
        is_ahead=row.slot.first_day > today,
        wants_feedback=row.slot.last_day <= today and Side.PUPIL not in given,
        company_said=scores_of(Side.COMPANY, said.scores, said.text) if said else [],
    )


@require_POST
def say_yes(request: HttpRequest, public_id: str) -> HttpResponse:
    placement = _own(request, public_id)
    say(
        request,
        answer_placement(placement, Side.PUPIL, yes=True, by=grants_of(request).by, at=clock.now()),
    )
    return redirect("placements:my_internship")


@require_http_methods(["GET", "HEAD", "POST"])
def say_no(request: HttpRequest, public_id: str) -> HttpResponse:
    """A page of its own, because a no gives the place to somebody else."""
    placement = _own(request, public_id)
    words = {
        "title": "Platz absagen",
        "question": f"Möchtest du das Praktikum bei {placement.slot.offer.organisation.name} wirklich nicht machen?",
        "consequences": [
            "Der Platz ist dann sofort für andere frei.",
            "Der Betrieb und deine Lehrkraft sehen den Grund.",
            "Das ist völlig in Ordnung. Such dir danach einen anderen Platz.",
        ],
        "confirm_label": "Platz absagen",
    }
    return refusal(request, placement, Side.PUPIL, words, back="placements:my_internship")


def _own(request: HttpRequest, public_id: str) -> Placement:
    placement = load(with_details(visible_placements(grants_of(request))), public_id)
    require(can_answer(grants_of(request), placement, Side.PUPIL))
    return placement
