"""Who looks after the pupil in the company: named by the company, read by the pupil and on the agreement."""

from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.journey.placements.actions.endings import locked
from werkpfad.journey.placements.enums import ACTIVE, PlacementState
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.rules import Event, NotPossible


@transaction.atomic
def name_supervisor(*, placement: Placement, name: str, by: Actor, at: datetime) -> Placement:
    """Set or clear the name; the same one again changes nothing. Raises `NotPossible` once the placement has ended."""
    row = locked(placement)
    if row.state not in ACTIVE:
        raise NotPossible(PlacementState(row.state), Event.CONFIRM)
    wanted = " ".join(name.split())
    if wanted == row.supervisor_name:
        return row
    row.supervisor_name = wanted
    row.save(update_fields=["supervisor_name", "updated_at"])
    region_id = row.slot.programme.region_id
    record("placement.supervisor", by=by, at=at, obj=row, region_id=region_id)
    return row
