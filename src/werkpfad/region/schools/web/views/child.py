"""The guardians' page: where the child is, when, and whom to call. Looking only."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.parts import Fact
from werkpfad.base.core.ui.shortcuts import require
from werkpfad.journey.placements.enums import ACTIVE, SEATED
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.queries import with_details
from werkpfad.journey.placements.visibility import Datum, Sight, Viewer
from werkpfad.region.schools import queries


@dataclass(frozen=True, slots=True)
class Stay:
    """One placement of the child in the words of the page."""

    placement: Placement
    is_agreed: bool
    has_certificate: bool
    facts: list[Fact]


@require_safe
def child(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    pupil = queries.current_child(grants_of(request), today=today)
    require(pupil is not None)
    assert pupil is not None
    placements = with_details(Placement.objects.filter(pupil=pupil, state__in=ACTIVE))
    placements = placements.select_related("certificate")
    stays = [stay_of(p) for p in placements.order_by("slot__first_day", "pk")]
    school_class = pupil.school_class
    return render(
        request,
        "schools/child.html",
        {
            "pupil": pupil,
            "coming": [s for s in stays if s.placement.slot.last_day >= today],
            "past": [s for s in stays if s.placement.slot.last_day < today and s.is_agreed],
            "school": school_class.school.organisation,
            "teachers": [
                t.user for t in school_class.teachers.select_related("user").order_by("pk")
            ],
            "region": school_class.school.organisation.region,
        },
    )


def stay_of(placement: Placement) -> Stay:
    """What a guardian may know: the company's contact only once everybody has agreed (domain G5)."""
    is_agreed = placement.state in SEATED
    slot, offer = placement.slot, placement.slot.offer
    facts = [
        Fact("Betrieb", offer.organisation.name),
        Fact("Ort", str(offer.site)),
        Fact("Wann", _days(placement)),
        Fact("Uhrzeit", _times(placement)),
        Fact("Was Ihr Kind dort macht", offer.activities or offer.description or offer.title),
        Fact("Mitbringen", offer.bring or "nichts Besonderes"),
    ]
    if Sight(Viewer.GUARDIAN, is_agreed).sees(Datum.COMPANY_CONTACT):
        facts += _contact(placement)
    if slot.programme.is_school_event and slot.programme.region.insurance_text:
        facts.append(Fact("Versicherung", slot.programme.region.insurance_text))
    paper = getattr(placement, "certificate", None)
    has_certificate = paper is not None and paper.revoked_at is None
    return Stay(placement, is_agreed, has_certificate, [fact for fact in facts if fact.value])


def _days(placement: Placement) -> str:
    slot = placement.slot
    if slot.first_day == slot.last_day:
        return f"{slot.first_day:%d.%m.%Y}"
    return f"{slot.first_day:%d.%m.%Y} bis {slot.last_day:%d.%m.%Y}"


def _times(placement: Placement) -> str:
    offer = placement.slot.offer
    if offer.starts_at is None:
        return "bitte vorher beim Betrieb erfragen"
    until = f" bis {offer.ends_at:%H:%M}" if offer.ends_at else ""
    return f"{offer.starts_at:%H:%M}{until} Uhr"


def _contact(placement: Placement) -> list[Fact]:
    offer = placement.slot.offer
    facts = [Fact("Ansprechperson", placement.supervisor_name or offer.contact_name)]
    if offer.contact_phone:
        facts.append(
            Fact("Telefon", offer.contact_phone, url=f"tel:{offer.contact_phone.replace(' ', '')}")
        )
    return facts
