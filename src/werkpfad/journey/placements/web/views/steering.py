"""The coordination brings pupils without a place and free seats together. Pupils stand here without names."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import period
from werkpfad.base.core.geo import Point, distance_km
from werkpfad.base.core.ui.parts import Link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.journey.applications.law import Outcome, check
from werkpfad.journey.applications.queries import case_of
from werkpfad.journey.applications.rules import age_band
from werkpfad.journey.internships.enums import ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.queries import last_fill, phase_of, round_of
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import CannotPropose
from werkpfad.journey.placements.queries import free_slots, pupils_without_place
from werkpfad.journey.placements.standing import occupied_in
from werkpfad.journey.placements.visibility import pseudonym
from werkpfad.region.schools.models import Pupil

SHOWN = 40


def _table(programme: Programme) -> TableSpec:
    return TableSpec(
        caption="Schüler:innen ohne Platz",
        default_sort="grade",
        columns=(
            Column(
                "pupil",
                "Schüler:in",
                value=lambda p: Link(
                    pseudonym(p.public_id),
                    reverse("placements:propose", args=[programme.public_id, p.public_id]),
                ),
                main=True,
            ),
            Column(
                "grade",
                "Klassenstufe",
                value=lambda p: p.school_class.grade,
                sort="school_class__grade",
            ),
            Column(
                "form", "Schulform", value=lambda p: p.school_class.school.get_main_form_display()
            ),
            Column("age", "Alter", value=lambda p: age_band(p.birth_date, programme.first_day)),
        ),
        empty=Empty(
            "Alle haben einen Platz",
            "In diesem Programm wartet niemand mehr.",
            picture="empty-done",
        ),
    )


def _programmes(request: HttpRequest) -> list[Programme]:
    return list(
        Programme.objects.filter(
            region__in=grants_of(request).regions_with(Permission.MANAGE_PROGRAMMES),
            status=ProgrammeStatus.OPEN,
            last_day__gte=clock.today(),
        ).order_by("first_day", "pk")
    )


@require_safe
def without_place(request: HttpRequest, programme_id: str = "") -> HttpResponse:
    """Pupils of a programme who have neither a place nor a proposal; the next programme unless one is named."""
    require(grants_of(request).has(Permission.MANAGE_PROGRAMMES))
    programmes = _programmes(request)
    chosen = _programme(request, programme_id) if programme_id else next(iter(programmes), None)
    context: dict[str, object] = {"programme": chosen, "tabs": [], "table": None}
    if chosen is not None:
        context["table"] = _table(chosen).bind(
            request, pupils_without_place(chosen, today=clock.today())
        )
        context |= _market(chosen)
        context["tabs"] = [
            Link(
                p.title,
                reverse("placements:without_place_in", args=[p.public_id]),
                current=p.pk == chosen.pk,
            )
            for p in programmes
        ]
    return render(request, "placements/without_place.html", context)


@dataclass(frozen=True, slots=True)
class FreeOffer:
    """One offer with seats that are neither taken nor proposed to somebody."""

    title: str
    public_id: str
    company: str
    place: str
    free: int


def _market(programme: Programme) -> dict[str, object]:
    """What is free, beside those who are left; and, while the leftover market runs, how the nights go."""
    today = clock.today()
    held = occupied_in(programme).seats
    offers: dict[int, FreeOffer] = {}
    for slot in free_slots(programme, today=today):
        seats = slot.capacity - slot.taken - held.get(slot.pk, 0)
        if seats > 0:
            known = offers.get(slot.offer_id) or _free_offer(slot)
            offers[slot.offer_id] = replace(known, free=known.free + seats)
    free = sorted(offers.values(), key=lambda row: (-row.free, row.company, row.public_id))
    round_ = round_of(programme)
    if round_ is None or phase_of(round_, today=today) == RoundPhase.CLOSED:
        round_ = None
    return {
        "free": free[:SHOWN],
        "free_seats": sum(row.free for row in free),
        "more_offers": max(len(free) - SHOWN, 0),
        "is_week": programme.kind == ProgrammeKind.WEEK,
        "round": round_,
        "in_leftovers": round_ is not None
        and phase_of(round_, today=today) == RoundPhase.LEFTOVERS,
        "last_fill": last_fill(round_) if round_ else None,
    }


def _free_offer(slot: Slot) -> FreeOffer:
    offer = slot.offer
    return FreeOffer(
        offer.title, offer.public_id, offer.organisation.name, offer.site.place_name, 0
    )


def _programme(request: HttpRequest, public_id: str) -> Programme:
    regions = grants_of(request).regions_with(Permission.MANAGE_PROGRAMMES)
    return load(Programme.objects.filter(region__in=regions).select_related("region"), public_id)


@dataclass(frozen=True, slots=True)
class Seat:
    """A free seat as the coordination sees it for one pupil."""

    public_id: str
    company: str
    offer: str
    period: str
    distance: str
    free: int


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, programme_id: str, pupil_id: str) -> HttpResponse:
    """Free seats the law allows for this pupil, nearest first; POST proposes one."""
    require(grants_of(request).has(Permission.MANAGE_PROGRAMMES))
    programme = _programme(request, programme_id)
    pupil = load(pupils_without_place(programme, today=clock.today()), pupil_id)
    if request.method == "POST":
        slot = load(free_slots(programme, today=clock.today()), request.POST.get("slot", ""))
        return _propose(request, programme, pupil, slot)
    context = {
        "programme": programme,
        "name": pseudonym(pupil.public_id),
        "grade": pupil.school_class.grade,
        "band": age_band(pupil.birth_date, programme.first_day),
        "seats": _seats(programme, pupil),
    }
    return render(request, "placements/propose.html", context)


def _propose(request: HttpRequest, programme: Programme, pupil: Pupil, slot: Slot) -> HttpResponse:
    try:
        actions.propose_manually(pupil=pupil, slot=slot, by=grants_of(request).by, at=clock.now())
    except CannotPropose as refused:
        messages.warning(request, " ".join(refused.sentences))
        return redirect("placements:propose", programme.public_id, pupil.public_id)
    messages.success(request, "Vorgeschlagen. Betrieb, Schüler:in und Schule werden gefragt.")
    return redirect("placements:without_place_in", programme.public_id)


def _seats(programme: Programme, pupil: Pupil) -> list[Seat]:
    found = []
    for slot in free_slots(programme, today=clock.today()):
        if check(case_of(pupil, slot)).outcome is Outcome.BLOCKED:
            continue
        found.append((_distance(pupil, slot), slot))
    found.sort(key=lambda pair: (pair[0] is None, pair[0] or 0.0, pair[1].pk))
    return [_seat(slot, km) for km, slot in found[:SHOWN]]


def _distance(pupil: Pupil, slot: Slot) -> float | None:
    offer = slot.offer
    if pupil.home_lat is None or pupil.home_lon is None or offer.lat is None or offer.lon is None:
        return None
    return distance_km(Point(pupil.home_lat, pupil.home_lon), Point(offer.lat, offer.lon))


def _seat(slot: Slot, km: float | None) -> Seat:
    return Seat(
        public_id=slot.public_id,
        company=slot.offer.organisation.name,
        offer=slot.offer.title,
        period=period(slot.first_day, slot.last_day),
        distance="Entfernung unbekannt" if km is None else f"etwa {km:.0f} km",
        free=slot.capacity - slot.taken,
    )
