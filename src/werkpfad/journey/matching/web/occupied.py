"""What placements hold already, handed to a run as values: matching stands below placements and cannot ask itself."""

from collections import Counter, defaultdict
from datetime import date

from werkpfad.journey.internships.models import Programme
from werkpfad.journey.matching.freeze import Occupied
from werkpfad.journey.placements.enums import ACTIVE, PlacementState
from werkpfad.journey.placements.models import Placement


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
