"""Pages a company opens from a mail, without an account."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.queries import find_link
from werkpfad.base.core import clock, throttle
from werkpfad.journey.applications.models import Application
from werkpfad.journey.placements.actions import renew_company_link
from werkpfad.journey.placements.queries import answers_by_link
from werkpfad.journey.placements.web.answering import Reply, say
from werkpfad.journey.placements.web.links import (
    Opened,
    closed_page,
    company_of,
    masked,
    open_link,
)
from werkpfad.journey.placements.web.requests import Asked, Requests, asked

RECENT = timedelta(days=14)
RENEWALS = throttle.Limit("renew_company_link", 3, timedelta(hours=1))
RENEWABLE = (
    LinkPurpose.COMPANY_ANSWER,
    LinkPurpose.COMPANY_ATTENDANCE,
    LinkPurpose.COMPANY_FEEDBACK,
)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """All open requests for the address the link was sent to."""
    opened = open_link(request, token, LinkPurpose.COMPANY_ANSWER)
    if isinstance(opened, HttpResponse):
        return opened
    requests = _requests(opened)
    invalid: Asked | None = None
    if request.method == "POST":
        outcome = requests.answer(request.POST, by=opened.by, at=opened.at)
        if isinstance(outcome, Reply):
            say(request, outcome)
            return redirect("placements:answer", token)
        invalid = outcome
    context = {
        "organisation": opened.organisation,
        "region": opened.organisation.region,
        "open": asked(requests.open_cards(), invalid),
        "answered": requests.answered_cards(since=opened.today - RECENT)[:10],
        "is_withdrawn": requests.has_withdrawn(since=opened.at - RECENT),
    }
    status = 422 if invalid else 200
    return render(request, "placements/answer.html", context, status=status)


def _requests(opened: Opened) -> Requests:
    return Requests(
        applications=Application.objects.filter(slot__offer__in=opened.offers),
        placements=answers_by_link(opened.offers),
    )


@login_not_required
@require_POST
def renew_link(request: HttpRequest, purpose: str, token: str) -> HttpResponse:
    """Send a new link to the address of an expired one; at most three an hour."""
    at = clock.now()
    if purpose not in RENEWABLE:
        raise Http404
    state, link = find_link(token, purpose=LinkPurpose(purpose), at=at)
    company = company_of(link) if link is not None else None
    if link is None or company is None or state is not LinkState.EXPIRED:
        return closed_page(request, state if link else LinkState.UNKNOWN)
    if throttle.hit(RENEWALS, link.public_id, at=at):
        renew_company_link(link=link, organisation=company[0], at=at)
    return render(request, "placements/link_renewed.html", {"address": masked(link.email)})
