"""The first page for visitors, and the start page of each role."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.permissions import Permission as P
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.occupations.queries import fields
from werkpfad.region.network.request import membership_of
from werkpfad.surface.portal.web.views.dashboards import company, operator, pupil

# The first fitting permission decides which start page somebody sees.
START_PAGES = (
    (P.BE_PUPIL, pupil.start),
    (P.ANSWER_REQUESTS, company.start),
)
START_ROUTES = (
    (P.BE_GUARDIAN, "schools:child"),
    (P.MANAGE_CLASSES, "schools:class_list"),
    (P.SEE_REGION_FIGURES, "reporting:overview"),
    (P.RECORD_ATTENDANCE, "placements:today"),
)


@login_not_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What Werkpfad is, and a door for everybody; who is signed in has a start page of their own."""
    if request.user.is_authenticated:
        return redirect("portal:start")
    return render(request, "portal/landing.html", {"fields": fields()})


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Leads everybody to what they most need to know now."""
    grants = grants_of(request)
    membership = membership_of(request)
    if membership is not None:
        grants = grants.only(membership.organisation_id, membership.organisation.region_id)
    for permission, page in START_PAGES:
        if grants.has(permission):
            return page(request)
    for permission, route in START_ROUTES:
        if grants.has(permission):
            return redirect(reverse(route))
    return operator.start(request) if grants.is_operator else render(request, "portal/no_role.html")
