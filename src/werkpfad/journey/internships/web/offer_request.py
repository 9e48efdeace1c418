"""What the pages of offers share: for whom somebody acts, and what other rooms know about an offer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import written_out
from werkpfad.base.core.school_year import age_on
from werkpfad.base.core.ui.parts import Step
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.base.occupations.models import Field, Occupation
from werkpfad.base.occupations.queries import occupations_of
from werkpfad.journey.applications.law import CHILD_BELOW, Case, Finding, check
from werkpfad.journey.internships import queries
from werkpfad.journey.internships.enums import OfferStatus
from werkpfad.journey.internships.models import Offer, Programme
from werkpfad.journey.internships.permissions import can_manage_offer
from werkpfad.journey.internships.rules import WizardStep
from werkpfad.journey.internships.web.forms.offers import OfferTextForm
from werkpfad.journey.placements.enums import PlacementState
from werkpfad.journey.placements.models import Placement
from werkpfad.region.network.models import Organisation
from werkpfad.region.network.request import membership_of

# Whoever handles open food needs this instruction before the first day; see § 43 Abs. 1 IfSG.
FOOD_FIELDS = frozenset({"gastronomie", "lebensmittel"})
STEP_LABELS = {
    WizardStep.TEXT: "Was",
    WizardStep.SEATS: "Wann und wie viele",
    WizardStep.PLACE: "Wer und wo",
}
STEP_ROUTES = {
    WizardStep.TEXT: "internships:offer_text",
    WizardStep.SEATS: "internships:offer_seats",
    WizardStep.PLACE: "internships:offer_place",
}


def managed_offer(request: HttpRequest, public_id: str) -> Offer:
    """The offer if the visitor may manage it; 404 otherwise."""
    grants = grants_of(request)
    found = load(queries.visible_offers(grants), public_id)
    require(can_manage_offer(grants, found))
    return found


def own_company(request: HttpRequest) -> Organisation:
    """The company in the switcher, or the first one whose offers the visitor manages; 403 without any."""
    own = grants_of(request).organisations_with(Permission.MANAGE_OFFERS)
    membership = membership_of(request)
    if membership is not None and membership.organisation_id in own:
        return membership.organisation
    company = Organisation.objects.filter(pk__in=own).select_related("region").first()
    if company is None:
        raise PermissionDenied
    return company


def list_url(request: HttpRequest, offer: Offer) -> str:
    """The list the visitor comes from: the company's own, or the region's."""
    own = grants_of(request).organisations_with(Permission.MANAGE_OFFERS)
    name = "company_offers" if offer.organisation_id in own else "offer_list"
    return reverse(f"internships:{name}")


def wizard_steps(offer: Offer | None, current: WizardStep | None) -> list[Step]:
    """The pages of an offer and the review, for the stepper."""
    order = list(WizardStep)
    place = len(order) if current is None else order.index(current)
    steps = [
        Step(
            STEP_LABELS[step],
            "current" if number == place else "done" if number < place else "open",
            url=reverse(STEP_ROUTES[step], args=[offer.public_id])
            if offer and number != place
            else "",
        )
        for number, step in enumerate(order)
    ]
    return [*steps, Step("Prüfen", "current" if current is None else "open")]


def next_url(request: HttpRequest, offer: Offer, step: WizardStep) -> str:
    """Where the pressed button leads after saving: a new offer goes on page by page, others back to the review."""
    if "spaeter" in request.POST:
        messages.success(request, "Entwurf gespeichert. Sie können jederzeit weitermachen.")
        return list_url(request, offer)
    order = list(WizardStep)
    place = order.index(step)
    if "zurueck" in request.POST and place > 0:
        return reverse(STEP_ROUTES[order[place - 1]], args=[offer.public_id])
    if offer.status == OfferStatus.DRAFT and place + 1 < len(order):
        return reverse(STEP_ROUTES[order[place + 1]], args=[offer.public_id])
    if offer.status != OfferStatus.DRAFT:
        messages.success(request, "Gespeichert.")
    return reverse("internships:offer_review", args=[offer.public_id])


def held_seats(offer: Offer) -> dict[int, int]:
    """Seats in open proposals by slot id."""
    rows = Placement.objects.filter(slot__offer=offer, state=PlacementState.PROPOSED)
    counted = rows.order_by().values("slot").annotate(n=Count("pk"))
    return dict(counted.values_list("slot", "n"))


def legal_hints(offer: Offer, programmes: Iterable[Programme]) -> list[Finding]:
    """What the law says about the youngest who may come, with the usual hours; each point once."""
    found: dict[str, Finding] = {}
    for programme in programmes:
        case = Case(
            birth_date=_born(offer.min_age, programme.first_day),
            is_full_time_compulsory=offer.min_age <= CHILD_BELOW,
            is_school_event=programme.is_school_event,
            first_day=programme.first_day,
            last_day=programme.last_day,
            state=offer.organisation.region.state,
            min_age=offer.min_age,
            starts_at=offer.starts_at,
            ends_at=offer.ends_at,
        )
        found |= {finding.code: finding for finding in check(case).findings}
    return list(found.values())


def _born(age: int, day: date) -> date:
    """A birth date with which somebody is exactly `age` on `day`."""
    born = date(day.year - age, day.month, min(day.day, 28))
    assert age_on(born, day) == age
    return born


def late_note(programme: Programme, *, after_deadline: bool) -> str:
    """Why no seats can be added to this programme; empty if they can."""
    if after_deadline or clock.today() <= programme.offers_until:
        return ""
    return (
        f"Neue Plätze waren bis zum {written_out(programme.offers_until)} möglich. "
        "Weniger geht weiterhin; zusätzliche trägt die Koordination gern für Sie ein."
    )


def text_form(
    request: HttpRequest,
    fields: dict[str, Field],
    main: Field,
    initial: dict[str, Any],
    current: Occupation | None = None,
) -> OfferTextForm:
    """Page one with the occupations of the field to choose from, and the stored one."""
    occupations = list(occupations_of(main))
    if current is not None:
        occupations.append(current)
    return OfferTextForm(
        request.POST or None, fields=fields.values(), occupations=occupations, initial=initial
    )
