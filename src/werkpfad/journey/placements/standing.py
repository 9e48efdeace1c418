"""What placements hold and what was declined, handed to a run as values: matching stands below and cannot ask."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Q, QuerySet

from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.models import Application
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.matching.fill import Pair, Standing
from werkpfad.journey.matching.freeze import Occupied
from werkpfad.journey.placements.enums import ACTIVE, Answer, AnswerReason, PlacementState, Side
from werkpfad.journey.placements.models import Placement

# Somebody said no, pupil or company let the deadline pass, or it was called off. A place that was only lost to
# another one, or fell with a publication taken back, may be proposed again.
DECLINED = (
    Q(consents__answer=Answer.NO)
    | Q(state=PlacementState.EXPIRED, closed_by__in=(Side.PUPIL, Side.COMPANY))
    | (Q(state=PlacementState.CANCELLED) & ~Q(reason=AnswerReason.ROUND_UNDONE))
)


def occupied_in(programme: Programme) -> Occupied:
    """Days on which pupils have a place (or are asked about one), and seats that are asked for but not yet taken."""
    days: dict[int, set[date]] = defaultdict(set)
    seats: Counter[int] = Counter()
    rows = Placement.objects.filter(slot__programme=programme, state__in=ACTIVE)
    for pupil_id, slot_id, day, state in rows.values_list(
        "pupil_id", "slot_id", "slot__first_day", "state"
    ):
        days[pupil_id].add(day)
        seats[slot_id] += state == PlacementState.PROPOSED
    return Occupied(
        days={pupil: frozenset(found) for pupil, found in days.items()},
        seats={slot: count for slot, count in seats.items() if count},
    )


def standing_in(programme: Programme) -> Standing:
    """What a fill-up must leave alone: places that stand, and pairs that somebody declined. Four queries."""
    rows = Placement.objects.filter(slot__programme=programme)
    applied = Application.objects.filter(
        slot__programme=programme, state__in=(ApplicationState.DECLINED, ApplicationState.EXPIRED)
    )
    declined = {*_pairs(rows.filter(DECLINED)), *_pairs(applied)}
    return Standing(
        held=frozenset(_pairs(rows.filter(state__in=ACTIVE))),
        declined=frozenset(declined),
        occupied=occupied_in(programme),
    )


def _pairs(rows: QuerySet[Placement] | QuerySet[Application]) -> set[Pair]:
    return set(rows.values_list("pupil_id", "slot_id"))
