"""The first page of a new offer: for which company, in which field, and what it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.pagination import with_params
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.base.occupations.models import Field
from werkpfad.base.occupations.queries import fields as all_fields
from werkpfad.journey.internships import actions, queries
from werkpfad.journey.internships.permissions import can_offer_for
from werkpfad.journey.internships.rules import (
    NotValid,
    WizardStep,
)
from werkpfad.journey.internships.web.forms.offer_steps import CompanyForm
from werkpfad.journey.internships.web.offer_examples import EXAMPLES
from werkpfad.journey.internships.web.offer_request import (
    next_url,
    own_company,
    text_form,
    wizard_steps,
)
from werkpfad.region.network.models import Organisation


@require_http_methods(["GET", "HEAD", "POST"])
def offer_new(request: HttpRequest) -> HttpResponse:
    """First the field (`?feld=`), then the first page. The coordination names the company (`?betrieb=`) before that."""
    company = _company(request)
    if company is None:
        return _choose_company(request)
    require(can_offer_for(grants_of(request), company))
    fields = {field.code: field for field in all_fields()}
    code = request.POST.get("main_field") or request.GET.get("feld", "")
    if code not in fields:
        return _choose_field(request, company, list(fields.values()))
    example = EXAMPLES.get(code)
    initial: dict[str, Any] = {"main_field": code}
    if example and "beispiel" in request.GET:
        initial |= example._asdict()
    form = text_form(request, fields, fields[code], initial)
    context = {"form": form, "company": company, "example": example, "field": fields[code]}
    context |= {"steps": wizard_steps(None, WizardStep.TEXT)}
    context["example_query"] = with_params(request.GET, feld=code, beispiel="1")
    context["cancel_url"] = reverse(
        f"internships:{'company_offers' if _is_own(request, company) else 'offer_list'}"
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_offer(
                organisation=company, text=form.text(), by=grants_of(request).by, at=clock.now()
            )
        except NotValid as error:
            form.add_problems(error.problems)
        except actions.NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect(next_url(request, made, WizardStep.TEXT))
    status = 422 if request.method == "POST" else 200
    return render(request, "internships/offer_text.html", context, status=status)


def _is_own(request: HttpRequest, company: Organisation) -> bool:
    return company.pk in grants_of(request).organisations_with(Permission.MANAGE_OFFERS)


def _company(request: HttpRequest) -> Organisation | None:
    """The company named in the address, else the visitor's own; None if the coordination has still to choose."""
    grants = grants_of(request)
    if named := request.GET.get("betrieb"):
        return load(queries.companies_to_offer_for(grants), named)
    if grants.organisations_with(Permission.MANAGE_OFFERS):
        return own_company(request)
    require(grants.has(Permission.MANAGE_ORGANISATIONS))
    return None


def _choose_company(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(companies=queries.companies_to_offer_for(grants_of(request)))
    return render(request, "internships/offer_company.html", {"form": form})


def _choose_field(request: HttpRequest, company: Organisation, fields: list[Field]) -> HttpResponse:
    tiles = [
        {
            "title": field.title,
            "code": field.code,
            "sentence": field.sentence,
            "link": with_params(request.GET, feld=field.code),
        }
        for field in fields
    ]
    context = {"company": company, "fields": tiles, "steps": wizard_steps(None, WizardStep.TEXT)}
    status = 422 if request.method == "POST" else 200
    return render(request, "internships/offer_field.html", context, status=status)
