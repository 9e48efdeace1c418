"""An offer on three short pages and a review; each page is stored by itself, for companies and the coordination."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ui.conflict import differences, with_version
from werkpfad.base.occupations.queries import fields as all_fields
from werkpfad.journey.internships import actions, queries
from werkpfad.journey.internships.enums import Accessibility, OfferStatus
from werkpfad.journey.internships.models import Offer
from werkpfad.journey.internships.permissions import can_offer_late
from werkpfad.journey.internships.rules import (
    NotValid,
    OfferStep,
    WizardStep,
    next_offer_status,
    publish_problems,
)
from werkpfad.journey.internships.web.forms.offers import (
    PLACE_LABELS,
    TEXT_LABELS,
    TIME_LABELS,
    OfferPlaceForm,
    OfferSeatsForm,
)
from werkpfad.journey.internships.web.offer_examples import EXAMPLES
from werkpfad.journey.internships.web.offer_request import (
    FOOD_FIELDS,
    STEP_ROUTES,
    held_seats,
    late_note,
    legal_hints,
    list_url,
    managed_offer,
    next_url,
    text_form,
    wizard_steps,
)
from werkpfad.region.network.enums import OrganisationStatus

TEMPLATES = {
    WizardStep.TEXT: "internships/offer_text.html",
    WizardStep.SEATS: "internships/offer_seats.html",
    WizardStep.PLACE: "internships/offer_place.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
def offer_text(request: HttpRequest, public_id: str) -> HttpResponse:
    found = managed_offer(request, public_id)
    fields = {field.code: field for field in all_fields()}
    stored = queries.text_of(found)
    initial = {name: getattr(stored, name) for name in TEXT_LABELS}
    initial |= {
        "version": found.version,
        "occupation": found.occupation.title if found.occupation else "",
    }
    form = text_form(request, fields, found.main_field, initial, found.occupation)
    context = {"form": form, "offer": found, "example": EXAMPLES.get(found.main_field.code)}

    def save() -> Any:
        return actions.update_offer_text(
            offer=found,
            text=form.text(),
            seen_version=form.cleaned_data["version"] or 0,
            by=grants_of(request).by,
            at=clock.now(),
        )

    def mine() -> list[Any]:
        return differences(TEXT_LABELS, stored, form.text())

    return _page(request, WizardStep.TEXT, found, context, save, mine)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_seats(request: HttpRequest, public_id: str) -> HttpResponse:
    found, today = managed_offer(request, public_id), clock.today()
    late = can_offer_late(grants_of(request), found.region_id)
    held = held_seats(found)
    programmes = queries.seats_of_offer(found, today=today, held=held)
    stored = queries.times_of(found)
    form = OfferSeatsForm(
        request.POST or None,
        programmes=programmes,
        notes={p.programme.pk: late_note(p.programme, after_deadline=late) for p in programmes},
        initial={name: getattr(stored, name) for name in TIME_LABELS} | {"version": found.version},
    )
    context = {
        "form": form,
        "offer": found,
        "hints": legal_hints(found, [row.programme for row in programmes]),
    }

    def save() -> Any:
        return actions.update_offer_seats(
            offer=found,
            times=form.times(),
            seats=form.seats(),
            seen_version=form.cleaned_data["version"] or 0,
            by=grants_of(request).by,
            at=clock.now(),
            after_deadline=late,
            held=held,
        )

    def mine() -> list[Any]:
        return differences(TIME_LABELS, stored, form.times())

    return _page(request, WizardStep.SEATS, found, context, save, mine)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_place(request: HttpRequest, public_id: str) -> HttpResponse:
    found = managed_offer(request, public_id)
    sites = list(found.organisation.sites.order_by("-is_main", "name", "pk"))
    stored = queries.place_of(found)
    initial = {name: getattr(stored, name) for name in PLACE_LABELS} | {"version": found.version}
    form = OfferPlaceForm(request.POST or None, sites=sites, initial=initial)
    context = {"form": form, "offer": found, "is_food": found.main_field.code in FOOD_FIELDS}

    def save() -> Any:
        return actions.update_offer_place(
            offer=found,
            place=form.place(),
            seen_version=form.cleaned_data["version"] or 0,
            by=grants_of(request).by,
            at=clock.now(),
        )

    def mine() -> list[Any]:
        return differences(PLACE_LABELS, stored, form.place())

    return _page(request, WizardStep.PLACE, found, context, save, mine)


def _page(
    request: HttpRequest,
    step: WizardStep,
    offer: Offer,
    context: dict[str, Any],
    save: Any,
    mine: Any,
) -> HttpResponse:
    """One page: show it, or store it and go on; what was typed stays on any error, also when two people edit."""
    form, status = context["form"], 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                stored = save()
            except NotValid as error:
                form.add_problems(error.problems)
            except EditConflict:
                offer.refresh_from_db(fields=["version"])
                context["differences"] = mine()
                form.data = with_version(form, offer.version)
                status = 409
            else:
                return redirect(next_url(request, stored, step))
    context |= {
        "steps": wizard_steps(offer, step),
        "is_draft": offer.status == OfferStatus.DRAFT,
        "cancel_url": reverse("internships:offer_review", args=[offer.public_id]),
    }
    return render(request, TEMPLATES[step], context, status=status)


@require_safe
def offer_review(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything on one page, what is still missing, and the next step."""
    found, today = managed_offer(request, public_id), clock.today()
    rows = [
        (row.programme, [frame for frame in row.frames if frame.capacity])
        for row in queries.seats_of_offer(found, today=today, held=held_seats(found))
    ]
    seats = [(programme, frames) for programme, frames in rows if frames]
    may_publish = next_offer_status(found.status, OfferStep.PUBLISH) is not None
    problems = publish_problems(
        text=queries.text_of(found),
        place=queries.place_of(found),
        seats=queries.coming_seats(found, today=today),
        is_active_company=found.organisation.status == OrganisationStatus.ACTIVE,
    )
    context = {
        "offer": found,
        "steps": wizard_steps(found, None),
        "seats": seats,
        "missing": [(problem.message, _mend_url(found, problem.field)) for problem in problems],
        "may_publish": may_publish,
        "may_pause": next_offer_status(found.status, OfferStep.PAUSE) is not None,
        "may_resume": next_offer_status(found.status, OfferStep.RESUME) is not None,
        "may_close": next_offer_status(found.status, OfferStep.CLOSE) is not None,
        "hints": legal_hints(found, [programme for programme, _ in seats]),
        "accessibility": [Accessibility(c).label for c in found.accessibility],
        "other_fields": found.fields.exclude(pk=found.main_field_id).order_by("position", "pk"),
        "is_food": found.main_field.code in FOOD_FIELDS,
        "back": list_url(request, found),
        "public_url": _public_url(found, today=today),
    }
    return render(request, "internships/offer_review.html", context)


def _mend_url(offer: Offer, step: str) -> str:
    name = STEP_ROUTES.get(step)  # type: ignore[call-overload]
    return reverse(name, args=[offer.public_id]) if name else ""


def _public_url(offer: Offer, *, today: Any) -> str:
    """The page pupils see; empty while it is not public."""
    if not queries.public_offers(today=today).filter(pk=offer.pk).exists():
        return ""
    return reverse("internships:offer_detail", args=[offer.public_id])
