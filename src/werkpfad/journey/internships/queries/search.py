"""Search over published offers: filter, then page, then join.

What every search asks of each row (a coming seat, an active organisation) stands in `EXISTS`, so that the database
walks an index in the order asked for and stops when a page is full.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum

from werkpfad.base.core.geo import Point, within
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeStatus
from werkpfad.journey.internships.models import Offer, Slot
from werkpfad.journey.internships.rules.search import SearchCriteria, Sort
from werkpfad.journey.internships.search_index import OFFERS
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.network.models import Organisation

# How far a search counts and can be paged; beyond that a visitor narrows it down.
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class OfferCard:
    """What a list shows of an offer; `free` and `programmes` are those of coming slots."""

    public_id: str
    title: str
    min_age: int
    lat: float | None
    lon: float | None
    organisation: str
    place: str
    field_code: str
    field_title: str
    free: int = 0
    programmes: list[str] = field(default_factory=list)


def bookable_slots(criteria: SearchCriteria, *, today: date) -> QuerySet[Slot]:
    """Slots of open programmes that are not over, as far as programme, day and free seats are asked for."""
    slots = Slot.objects.filter(programme__status=ProgrammeStatus.OPEN, last_day__gte=today)
    if criteria.programme:
        slots = slots.filter(programme__public_id=criteria.programme)
    if criteria.day is not None:
        slots = slots.filter(first_day__lte=criteria.day, last_day__gte=criteria.day)
    if criteria.free_only:
        slots = slots.filter(taken__lt=F("capacity"))
    return slots


def public_offers(*, today: date) -> QuerySet[Offer]:
    """What everybody may see: published by an active organisation, with seats in an open programme."""
    return _listed(SearchCriteria(), today=today)


def organisations_with_free_places(*, today: date) -> QuerySet[Organisation]:
    """Active organisations whose published offers have a free seat in an open programme."""
    offers = _listed(SearchCriteria(free_only=True), today=today)
    return Organisation.objects.filter(pk__in=offers.values("organisation"))


def _listed(criteria: SearchCriteria, *, today: date) -> QuerySet[Offer]:
    slots = bookable_slots(criteria, today=today).filter(offer=OuterRef("pk"))
    active = Organisation.objects.filter(
        pk=OuterRef("organisation_id"), status=OrganisationStatus.ACTIVE
    )
    return Offer.objects.filter(Exists(slots), Exists(active), status=OfferStatus.PUBLISHED)


def search_offers(
    criteria: SearchCriteria, *, today: date, region_id: int | None = None
) -> QuerySet[Offer]:
    """Offers that meet all criteria, in their order; to be paged by id and then shown by `offer_cards`."""
    offers = _listed(criteria, today=today)
    if region_id is not None:
        offers = offers.filter(region=region_id)
    if criteria.words:
        offers = _with_words(offers, criteria.words)
    if criteria.fields:
        linked = Offer.fields.through.objects.filter(
            offer=OuterRef("pk"), field__code__in=criteria.fields
        )
        offers = offers.filter(Q(main_field__code__in=criteria.fields) | Exists(linked))
    if criteria.age is not None:
        offers = offers.filter(min_age__lte=criteria.age)
    for code in criteria.accessibility:
        # The list is JSON text on both databases; codes hold no character that could match otherwise.
        offers = offers.filter(accessibility__icontains=f'"{code}"')
    return _ordered(offers, criteria)


def _with_words(offers: QuerySet[Offer], words: str) -> QuerySet[Offer]:
    has_words = OFFERS.has(connection, words)
    return offers.none() if has_words is None else offers.filter(has_words)


def _ordered(offers: QuerySet[Offer], criteria: SearchCriteria) -> QuerySet[Offer]:
    if criteria.lat is not None and criteria.lon is not None:
        offers = within(offers, Point(criteria.lat, criteria.lon), criteria.radius_km)
        if criteria.sort is Sort.NEAREST:
            return offers.order_by("distance2", "-published_at", "pk")
    if criteria.sort is Sort.TITLE:
        return offers.order_by("title", "pk")
    return offers.order_by("-published_at", "pk")


def offer_cards(ids: Iterable[int], *, today: date) -> list[OfferCard]:
    """The cards of these offers in this order: two narrow queries for any number of them."""
    wanted = list(ids)
    slots = bookable_slots(SearchCriteria(), today=today).filter(offer__in=wanted)
    seats: dict[int, dict[str, int]] = {}
    for offer, programme, capacity, taken in (
        slots.order_by("programme__title")
        .values_list("offer", "programme__title")
        .annotate(capacities=Sum("capacity"), seats_taken=Sum("taken"))
    ):
        seats.setdefault(offer, {})[programme] = capacity - taken
    rows: Iterable[Any] = Offer.objects.filter(pk__in=wanted).values_list(
        "pk",
        "public_id",
        "title",
        "min_age",
        "lat",
        "lon",
        "organisation__name",
        "site__place_name",
        "main_field__code",
        "main_field__title",
    )
    cards = {
        pk: OfferCard(
            *values, free=sum(seats.get(pk, {}).values()), programmes=list(seats.get(pk, {}))
        )
        for pk, *values in rows
    }
    return [cards[pk] for pk in wanted if pk in cards]


def similar_offers(offer: Offer, *, today: date, most: int = 3) -> list[int]:
    """Offers of other organisations in the same field of work, the nearest first (primary keys); with free seats only."""
    criteria = SearchCriteria(
        fields=(offer.main_field.code,),
        lat=offer.lat,
        lon=offer.lon,
        sort=Sort.NEAREST,
        free_only=True,
    )
    found = search_offers(criteria, today=today, region_id=offer.region_id)
    others = found.exclude(organisation=offer.organisation_id)
    return list(others.values_list("pk", flat=True)[:most])


def with_cards(offers: QuerySet[Offer], *, today: date) -> QuerySet[Offer]:
    """Join organisation, site, field and coming slots: two queries for any number of rows."""
    slots = bookable_slots(SearchCriteria(), today=today).select_related("programme")
    return offers.select_related("organisation", "site", "main_field").prefetch_related(
        Prefetch("slots", slots.order_by("first_day", "pk"), to_attr="coming_slots")
    )
