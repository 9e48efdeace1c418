"""Public search: a list and an offer, without login. Names of contact persons never stand here."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.geo import Point, distance_km, spoken_km
from werkpfad.base.core.ui.shortcuts import paginate
from werkpfad.journey.internships.enums import Accessibility, ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Offer, Programme, Slot
from werkpfad.journey.internships.queries import (
    COUNTED,
    OfferCard,
    offer_cards,
    public_offers,
    search_offers,
    similar_offers,
    with_cards,
)
from werkpfad.journey.internships.web.forms.search import SearchForm
from werkpfad.journey.internships.web.searching import (
    chips,
    preset_for,
    search_of,
    wider,
    with_place,
)
from werkpfad.journey.internships.web.structured import job_posting
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.queries import (
    field_demand,
    listed_slots,
    phase_of,
    pupil_facts,
    rounds_for,
    slot_facts,
    wish_counts,
    wish_counts_by_offer,
    with_facts,
)
from werkpfad.journey.matching.rules import chance, field_chance, obstacles, travel_km
from werkpfad.region.network.models import Region
from werkpfad.region.network.request import membership_of
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.queries import current_pupil

PER_PAGE = 20


@login_not_required
@require_safe
def offer_search(request: HttpRequest) -> HttpResponse:
    """All filters stand in the address; a pupil's first visit starts at home."""
    today = clock.today()
    pupil = current_pupil(grants_of(request), today=today)
    if pupil is not None and not request.GET:
        preset = preset_for(pupil, today=today)
        return redirect(f"{request.path}?{urlencode(preset)}")
    region = _region(request, pupil)
    programmes = _open_programmes(region)
    form = SearchForm(request.GET, programmes=programmes)
    search = search_of(form)
    found = search_offers(search.criteria, today=today, region_id=region.pk if region else None)
    pages = paginate(request, found.values_list("pk", flat=True), PER_PAGE, up_to=COUNTED)
    cards = offer_cards(pages, today=today)
    origin = Point(search.place.lat, search.place.lon) if search.place else None
    return render(
        request,
        "internships/search.html",
        {
            "form": form,
            "pages": pages,
            "cards": _wished([_card(card, origin) for card in cards], pupil),
            "chips": chips(request, form),
            "search": search,
            "choices": [with_place(request, place) for place in search.choices],
            "wider_url": wider(request, search.criteria.radius_km) if search.place else "",
            "region": region,
        },
    )


@login_not_required
@require_safe
def offer_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything somebody needs to decide; a pupil also sees the way there and what is in the way."""
    today = clock.today()
    offer = with_cards(public_offers(today=today).filter(public_id=public_id), today=today).first()
    if offer is None:
        raise Http404
    pupil = current_pupil(grants_of(request), today=today)
    if pupil is not None and pupil.school_class.school.organisation.region_id != offer.region_id:
        raise Http404
    here = Point(offer.lat, offer.lon) if offer.lat is not None and offer.lon is not None else None
    similar = offer_cards(similar_offers(offer, today=today), today=today)
    context: dict[str, Any] = {
        "offer": offer,
        "similar": [_card(card, here) for card in similar],
        "fields": offer.fields.order_by("position"),
        "accessibility": [Accessibility(code).label for code in offer.accessibility],
        "slots": _slots(offer, pupil, today=today),
        "pupil": pupil,
        "structured": job_posting(offer),
        "back": reverse("internships:offer_search"),
    }
    return render(request, "internships/offer_detail.html", context)


def _region(request: HttpRequest, pupil: Pupil | None) -> Region | None:
    """Members search their own region; visitors all regions of the instance."""
    if pupil is not None:
        return pupil.school_class.school.organisation.region
    membership = membership_of(request)
    return membership.organisation.region if membership else None


def _open_programmes(region: Region | None) -> list[Programme]:
    programmes = Programme.objects.filter(status=ProgrammeStatus.OPEN, last_day__gte=clock.today())
    if region is not None:
        programmes = programmes.filter(region=region)
    return list(programmes.order_by("first_day", "pk"))


def _card(card: OfferCard, origin: Point | None) -> dict[str, Any]:
    """A card with its way from `origin`, as far as both are known."""
    where = card.place
    if origin is not None and card.lat is not None and card.lon is not None:
        km = distance_km(origin, Point(card.lat, card.lon))
        where = f"{where}, {spoken_km(km)}"
    return {
        "offer": card,
        "url": reverse("internships:offer_detail", args=[card.public_id]),
        "where": where,
    }


def _wished(cards: list[dict[str, Any]], pupil: Pupil | None) -> list[dict[str, Any]]:
    """For a pupil: how many lists hold each offer. One query."""
    if pupil is not None:
        counts = wish_counts_by_offer([card["offer"].public_id for card in cards])
        for card in cards:
            wishes = counts.get(card["offer"].public_id, 0)
            card["wishes"] = (
                "" if not wishes else "1 Wunsch" if wishes == 1 else f"{wishes} Wünsche"
            )
    return cards


def _slots(offer: Offer, pupil: Pupil | None, *, today: date) -> list[dict[str, Any]]:
    """The offer's coming slots; for a pupil with chance, way, obstacles and what can be done."""
    slots = list(with_facts(Slot.objects.filter(pk__in=[s.pk for s in offer.coming_slots])))  # type: ignore[attr-defined]
    slots.sort(key=lambda slot: (slot.first_day, slot.pk))
    if pupil is None:
        return [{"slot": slot, "free": slot.capacity - slot.taken} for slot in slots]
    me = pupil_facts(pupil)
    counts = wish_counts([slot.pk for slot in slots])
    listed = listed_slots(pupil, [slot.pk for slot in slots])
    in_round = {round_.programme_id: round_ for round_ in rounds_for(pupil)}
    left = {
        programme
        for programme, round_ in in_round.items()
        if phase_of(round_, today=today) == RoundPhase.LEFTOVERS
    }
    week = next((s.programme_id for s in slots if s.programme.kind == ProgrammeKind.WEEK), None)
    demand = field_demand(in_round[week]) if week in in_round else {}
    found = []
    for slot in slots:
        facts = slot_facts(slot)
        found.append(
            {
                "slot": slot,
                "free": facts.free,
                "km": travel_km(me, facts),
                "obstacles": obstacles(me, facts),
                "is_possible": not any(o.is_hard for o in obstacles(me, facts)),
                "chance": _chance(slot, offer, counts.get(slot.pk, 0), facts.free, demand),
                "round": in_round.get(slot.programme_id),
                "is_listed": slot.pk in listed,
                "may_apply": facts.free > 0
                and (slot.programme.accepts_direct or slot.programme_id in left),
            }
        )
    return found


def _chance(
    slot: Slot, offer: Offer, wishes: int, free: int, demand: Mapping[str, tuple[int, int]]
) -> str:
    """How many want the same: the place itself, or in a week, where nobody wishes for a single place, its field."""
    if slot.programme.kind != ProgrammeKind.WEEK:
        return f"{chance(wishes, free)}."
    field = offer.main_field
    if field.code not in demand:
        return ""
    return (
        f"Im Berufsfeld {field.title}: {field_chance(*demand[field.code])} an allen Tagen zusammen."
    )
