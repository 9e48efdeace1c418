"""Lists of offers: the company's own, and the coordination's with filters, figures and steps for many at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.pagination import with_params
from werkpfad.base.core.ui.parts import Link
from werkpfad.base.core.ui.shortcuts import require
from werkpfad.base.occupations.queries import fields as all_fields
from werkpfad.journey.internships import actions, queries
from werkpfad.journey.internships.permissions import can_manage_offer, can_see_region_offers
from werkpfad.journey.internships.rules import OfferStep
from werkpfad.journey.internships.web.forms.offer_steps import OfferFilterForm
from werkpfad.journey.internships.web.offer_request import own_company
from werkpfad.journey.internships.web.offer_tables import COMPANY_OFFERS, REGION_OFFERS
from werkpfad.region.network.enums import OrganisationStatus

BULK = {OfferStep.PAUSE: "pausiert", OfferStep.RESUME: "fortgesetzt", OfferStep.CLOSE: "beendet"}


@require_safe
def company_offers(request: HttpRequest) -> HttpResponse:
    company, today = own_company(request), clock.today()
    rows = queries.visible_offers(grants_of(request)).filter(organisation=company)
    rows = queries.with_seats(rows, today=today)
    context = {
        "company": company,
        "is_waiting": company.status != OrganisationStatus.ACTIVE,
        "table": COMPANY_OFFERS.bind(request, rows),
        "figures": queries.offer_figures(rows),
    }
    return render(request, "internships/company_offers.html", context)


@require_safe
def offer_list(request: HttpRequest) -> HttpResponse:
    grants, today = grants_of(request), clock.today()
    require(can_see_region_offers(grants))
    programmes = list(queries.visible_programmes(grants).order_by("-first_day", "pk"))
    form = OfferFilterForm(request.GET, programmes=programmes, fields=all_fields())
    chosen = form.chosen()
    programme = next((p for p in programmes if p.public_id == chosen.get("programm")), None)
    rows = queries.visible_offers(grants)
    if programme is not None:
        rows = rows.filter(slots__programme=programme).distinct()
    rows = queries.with_seats(rows, today=today, programme=programme)
    rows = queries.filtered_offers(
        rows,
        words=chosen.get("q", ""),
        status=chosen.get("stand", ""),
        field=chosen.get("feld", ""),
        seats=chosen.get("plaetze", ""),
    )
    context = {
        "form": form,
        "chips": _chips(request, form, chosen),
        "active": len(chosen),
        "programme": programme,
        "figures": queries.offer_figures(rows),
        "table": REGION_OFFERS.bind(request, rows, selectable=True),
        "here": request.get_full_path(),
    }
    return render(request, "internships/offer_list.html", context)


def _chips(request: HttpRequest, form: OfferFilterForm, chosen: dict[str, str]) -> list[Link]:
    """What is filtered, each with the address without it."""
    found = []
    for name, value in chosen.items():
        field: Any = form.fields[name]
        words = dict(getattr(field, "choices", ())).get(value, value)
        changes = {name: None, "page": None}
        found.append(Link(f"{field.label}: {words}", with_params(request.GET, **changes)))
    return found


@require_POST
def offer_bulk(request: HttpRequest) -> HttpResponse:
    """One step for all selected offers; what does not fit is left as it is and said."""
    grants = grants_of(request)
    require(can_see_region_offers(grants))
    step = next((s for s in BULK if s == request.POST.get("step")), None)
    keys = [key for key in request.POST.getlist("selected") if "\x00" not in key]
    offers = [
        row
        for row in queries.visible_offers(grants).filter(public_id__in=keys)
        if can_manage_offer(grants, row)
    ]
    if step is None or not offers:
        messages.info(request, "Wählen Sie zuerst Angebote in der Liste aus.")
        return redirect(_back(request))
    moved, passed = actions.step_offers(offers=offers, step=step, by=grants.by, at=clock.now())
    text = f"{moved} {'Angebot' if moved == 1 else 'Angebote'} {BULK[step]}."
    if passed:
        text += f" {passed} blieben, wie sie sind: Der Schritt passt nicht zu ihrem Stand."
    messages.success(request, text)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The list with its filters; never another host."""
    wanted = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return "internships:offer_list"
