"""The way of a programme from draft to certificate as steps with dates, and what its reader should do now."""

from datetime import date

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.core.days import in_figures
from werkpfad.base.core.ui.parts import Step, StepState
from werkpfad.journey.internships.enums import ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries import phase_of, plan_of
from werkpfad.journey.matching.rules import Guidance, guidance

_ORDER = (
    RoundPhase.PLANNED,
    RoundPhase.WISHES,
    RoundPhase.ALLOCATION,
    RoundPhase.PUBLISHED,
    RoundPhase.LEFTOVERS,
    RoundPhase.CLOSED,
)


def span(first: date, last: date) -> str:
    return in_figures(first) if first == last else f"{in_figures(first)} – {in_figures(last)}"


def creation_steps(kind: str, current: int) -> list[Step]:
    """The pages of creating a programme; `current` counts from 1 without the choice of days for a block."""
    labels = ["Eckdaten", "Zuteilung", "Prüfen und öffnen"]
    if kind == ProgrammeKind.WEEK:
        labels.insert(1, "Tage")
    return [Step(label, _state(place, current)) for place, label in enumerate(labels, start=1)]


def _state(place: int, current: int) -> StepState:
    if place < current:
        return "done"
    return "current" if place == current else "open"


def phase_steps(programme: Programme, round_: Round | None, *, today: date) -> list[Step]:
    """Draft, wishes, allocation, confirmation, leftover places, the internship itself, the end."""
    places = ["Vorbereiten", "Praktikum", "Abgeschlossen"]
    when = [
        f"Angebote bis {in_figures(programme.offers_until)}",
        span(programme.first_day, programme.last_day),
        "",
    ]
    current = _without_round(programme, today)
    if round_ is not None:
        places[1:1] = ["Wünsche", "Zuteilung", "Bestätigung"]
        when[1:1] = [
            span(round_.wishes_from, round_.wishes_until),
            f"Ergebnis am {in_figures(round_.publish_on)}",
            f"bis {in_figures(round_.confirm_until)}",
        ]
        if round_.leftovers_until is not None:
            places.insert(4, "Restplätze")
            when.insert(4, f"bis {in_figures(round_.leftovers_until)}")
        phases = len(places) - 3
        if current > 0:
            current += phases
        elif programme.status != ProgrammeStatus.DRAFT:
            current = min(_ORDER.index(phase_of(round_, today=today)), phases + 1)
    return [
        Step(label, _state(place, current), when=text)
        for place, (label, text) in enumerate(zip(places, when, strict=True))
    ]


def _without_round(programme: Programme, today: date) -> int:
    """0 before the first day, 1 until the last, 2 when closed or over."""
    if programme.status == ProgrammeStatus.DRAFT:
        return 0
    if programme.status == ProgrammeStatus.CLOSED or today > programme.last_day:
        return 2
    return 1 if today >= programme.first_day else 0


def audience_of(grants: Grants, programme: Programme) -> str:
    """As whom the visitor reads a programme's page."""
    if grants.may_in_region(Permission.MANAGE_PROGRAMMES, programme.region_id):
        return "coordinator"
    if grants.has(Permission.MANAGE_CLASSES):
        return "school"
    if grants.has(Permission.MANAGE_OFFERS) or grants.has(Permission.RECORD_ATTENDANCE):
        return "company"
    return "pupil" if grants.has(Permission.BE_PUPIL) else ""


def guidance_for(
    programme: Programme, round_: Round | None, grants: Grants, *, today: date
) -> Guidance | None:
    """What the reader should do now; None for those who only look."""
    audience = audience_of(grants, programme)
    if not audience:
        return None
    if programme.status == ProgrammeStatus.DRAFT:
        return Guidance(
            "Noch ein Entwurf",
            "Nur die Koordination sieht dieses Programm. Öffnen Sie es, wenn alles stimmt.",
            True,
        )
    if round_ is None or programme.status == ProgrammeStatus.CLOSED:
        return None
    return guidance(phase_of(round_, today=today), audience, plan_of(round_))


# Where the reader goes from the sentence: (phase, audience) -> (route, label).
_WAYS: dict[tuple[str, str], tuple[str, str]] = {
    (RoundPhase.PLANNED, "pupil"): ("internships:offer_search", "Plätze ansehen"),
    (RoundPhase.WISHES, "pupil"): ("matching:wishes", "Zu meiner Liste"),
    (RoundPhase.PUBLISHED, "pupil"): ("matching:result", "Mein Ergebnis ansehen"),
    (RoundPhase.WISHES, "school"): ("schools:class_list", "Zu meinen Klassen"),
    (RoundPhase.PUBLISHED, "school"): ("matching:class_results", "Ergebnisse meiner Klassen"),
    (RoundPhase.LEFTOVERS, "pupil"): ("matching:leftovers", "Freie Plätze ansehen"),
    (RoundPhase.LEFTOVERS, "school"): ("matching:class_leftovers", "Wer noch sucht"),
    (RoundPhase.LEFTOVERS, "company"): ("internships:company_offers", "Zu unseren Angeboten"),
    (RoundPhase.LEFTOVERS, "coordinator"): ("placements:without_place", "Wer übrig ist"),
    (RoundPhase.PUBLISHED, "company"): ("placements:requests", "Zu den Anfragen"),
}


def way_on(
    round_: Round | None, programme: Programme, grants: Grants, *, today: date
) -> tuple[str, str] | None:
    """The route and label of the page on which the reader does what is to be done now."""
    if round_ is None:
        return None
    return _WAYS.get((phase_of(round_, today=today), audience_of(grants, programme)))
