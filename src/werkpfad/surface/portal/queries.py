"""What the start pages show, each in a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries import (
    entry_of,
    phase_of,
    published_proposals,
    rounds_for,
)
from werkpfad.journey.placements.enums import ACTIVE, SEATED, PlacementState, Side
from werkpfad.journey.placements.models import Consent, Feedback, Placement
from werkpfad.journey.placements.queries import said
from werkpfad.journey.placements.rules import next_actor, open_sides
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.queries import profile_progress
from werkpfad.surface.portal.rules import PupilJourney


@dataclass(frozen=True, slots=True)
class PupilStart:
    """The pupil's journey with the rows behind it."""

    journey: PupilJourney
    round: Round | None
    wishes: int
    proposal: Placement | None
    coming: list[Placement]
    without_feedback: Placement | None


def pupil_start(pupil: Pupil, *, today: date) -> PupilStart:
    """Everything a pupil's start page needs, whatever the number of wishes and placements."""
    round_ = rounds_for(pupil).first()
    entry = entry_of(round_, pupil) if round_ else None
    mine = list(
        Placement.objects.filter(pupil=pupil, state__in=ACTIVE)
        .select_related("slot__offer__organisation", "slot__offer__main_field")
        .prefetch_related(Prefetch("consents", Consent.objects.order_by("pk")))
        .order_by("slot__first_day", "pk")
    )
    proposals = [p for p in mine if p.state == PlacementState.PROPOSED]
    seated = [p for p in mine if p.state in SEATED]
    coming = [p for p in seated if p.slot.last_day >= today]
    past = [p for p in seated if p.slot.last_day < today]
    unrated = _without_feedback(past)
    proposal = _most_urgent(proposals)
    journey = PupilJourney(
        profile_done=profile_progress(pupil).is_complete,
        phase=RoundPhase(phase_of(round_, today=today)) if round_ else None,
        wishes_submitted=bool(entry and entry.submitted_at),
        has_result=published_proposals(pupil).exists(),
        open_side=next_actor(said(proposal)) if proposal else None,
        next_first_day=coming[0].slot.first_day if coming else None,
        feedback_missing=unrated is not None,
        had_placement=bool(past),
    )
    wishes = entry.wishes.count() if entry else 0
    return PupilStart(journey, round_, wishes, proposal, coming, unrated)


def _most_urgent(proposals: list[Placement]) -> Placement | None:
    """First those that wait for the pupil, then the earliest deadline."""
    return min(
        proposals,
        key=lambda p: (Side.PUPIL not in open_sides(said(p)), p.answer_by),
        default=None,
    )


def _without_feedback(past: list[Placement]) -> Placement | None:
    given = set(
        Feedback.objects.filter(placement__in=past, side=Side.PUPIL).values_list(
            "placement_id", flat=True
        )
    )
    return next((p for p in reversed(past) if p.pk not in given), None)
