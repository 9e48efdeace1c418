"""What placements hold and what was declined, handed to a run as values: matching stands below and cannot ask."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count, Q, QuerySet

from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.models import Application
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.matching.fill import Pair, Standing
from werkpfad.journey.matching.freeze import Occupied
from werkpfad.journey.matching.models import Round, Wish
from werkpfad.journey.placements.enums import ACTIVE, Answer, AnswerReason, PlacementState, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.region.schools.models import Pupil

# Somebody said no, pupil or company let the deadline pass, or it was called off. A place that was only lost to
# another one, or fell with a publication taken back, may be proposed again.
DECLINED = (
    Q(consents__answer=Answer.NO)
    | Q(state=PlacementState.EXPIRED, closed_by__in=(Side.PUPIL, Side.COMPANY))
    | (Q(state=PlacementState.CANCELLED) & ~Q(reason=AnswerReason.ROUND_UNDONE))
)

NO_TO_APPLICATION = (ApplicationState.DECLINED, ApplicationState.EXPIRED)


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
    applied = Application.objects.filter(slot__programme=programme, state__in=NO_TO_APPLICATION)
    declined = {*_pairs(rows.filter(DECLINED)), *_pairs(applied)}
    return Standing(
        held=frozenset(_pairs(rows.filter(state__in=ACTIVE))),
        declined=frozenset(declined),
        occupied=occupied_in(programme),
    )


def _pairs(rows: QuerySet[Placement] | QuerySet[Application]) -> set[Pair]:
    return set(rows.values_list("pupil_id", "slot_id"))


def wishes_left(round_: Round) -> dict[int, int]:
    """How many lists of pupils who have nothing yet hold each slot (by primary key)."""
    settled = Placement.objects.filter(slot__programme=round_.programme_id, state__in=ACTIVE)
    rows = Wish.objects.filter(entry__round=round_).exclude(
        entry__pupil__in=settled.values("pupil")
    )
    return dict(rows.values_list("slot").annotate(n=Count("pk")))


def declined_slots(pupil: Pupil, programme: Programme) -> set[int]:
    """Slots (by primary key) that are settled for this pupil: somebody said no."""
    placed = Placement.objects.filter(DECLINED, pupil=pupil, slot__programme=programme)
    applied = Application.objects.filter(
        pupil=pupil, slot__programme=programme, state__in=NO_TO_APPLICATION
    )
    return {*placed.values_list("slot_id", flat=True), *applied.values_list("slot_id", flat=True)}
