"""A company's start page: what waits for an answer, who comes next, and whether there is something on offer."""

from django.db.models import Count, F, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from werkpfad.base.core import clock
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeStatus
from werkpfad.journey.internships.models import Offer, Programme, Slot
from werkpfad.journey.placements.enums import PlacementState
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.queries import requests_waiting, with_details
from werkpfad.region.network.models import Organisation
from werkpfad.region.network.request import membership_of

SOON = 5


def start(request: HttpRequest) -> HttpResponse:
    membership = membership_of(request)
    assert membership is not None  # who answers requests does so for a company: `home.START_PAGES`
    company = membership.organisation
    today = clock.today()
    seated = Placement.objects.filter(
        slot__offer__organisation=company,
        state=PlacementState.CONFIRMED,
        slot__last_day__gte=today,
    )
    offers = Offer.objects.filter(organisation=company).aggregate(
        published=Count("pk", filter=Q(status=OfferStatus.PUBLISHED)),
        drafts=Count("pk", filter=Q(status=OfferStatus.DRAFT)),
    )
    seats = Slot.objects.filter(
        offer__organisation=company,
        offer__status=OfferStatus.PUBLISHED,
        programme__status=ProgrammeStatus.OPEN,
        last_day__gte=today,
    ).aggregate(free=Sum(F("capacity") - F("taken")))
    return render(
        request,
        "portal/company.html",
        {
            "company": company,
            "waiting": requests_waiting(company),
            "today_count": seated.filter(slot__first_day__lte=today).count(),
            "coming": list(with_details(seated).order_by("slot__first_day", "pk")[:SOON]),
            "offers": offers,
            "free": seats["free"] or 0,
            "open_programmes": _without_seats(company),
        },
    )


def _without_seats(company: Organisation) -> list[Programme]:
    """Open programmes that still take offers and in which this company has none."""
    return list(
        Programme.objects.filter(
            region=company.region_id,
            status=ProgrammeStatus.OPEN,
            offers_until__gte=clock.today(),
        )
        .exclude(slots__offer__organisation=company)
        .order_by("offers_until")
    )
