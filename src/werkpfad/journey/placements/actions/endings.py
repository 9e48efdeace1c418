"""How placements end before their time: declined, superseded, expired, called off. A held seat becomes free."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.placements import notices
from werkpfad.journey.placements.actions.telling import (
    tell_company,
    tell_coordination,
    tell_school,
)
from werkpfad.journey.placements.enums import Answer, AnswerReason, PlacementState, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.queries import overdue_placements, said, with_details
from werkpfad.journey.placements.rules import Event, after, open_sides, seat_change
from werkpfad.region.schools.models import Pupil


def locked(placement: Placement) -> Placement:
    """The pupil's row, then the placement's, locked in this order; call inside a transaction."""
    Pupil.objects.select_for_update(of=("self",)).get(pk=placement.pupil_id)
    return with_details(Placement.objects.select_for_update(of=("self",))).get(pk=placement.pk)


def end(
    placement: Placement,
    *,
    event: Event,
    by: Actor,
    at: datetime,
    reason: str = "",
    text: str = "",
    side: Side | None = None,
) -> None:
    """Close a locked placement and give its seat back; tells nobody. Raises `NotPossible`."""
    before, then = placement.state, after(placement.state, event)
    placement.state, placement.exclusive_key = then, None
    placement.reason, placement.reason_text = reason, text.strip()
    placement.closed_by, placement.closed_at = str(side or ""), at
    placement.save(
        update_fields=[
            "state",
            "exclusive_key",
            "reason",
            "reason_text",
            "closed_by",
            "closed_at",
            "updated_at",
        ]
    )
    if seat_change(before, then) < 0:
        Slot.objects.filter(pk=placement.slot_id).update(taken=F("taken") - 1)
    record(
        f"placement.{then}",
        by=by,
        at=at,
        obj=placement,
        region_id=placement.slot.programme.region_id,
        reason=reason,
        how=str(event),
        side=str(side or ""),
    )


@transaction.atomic
def cancel(
    *,
    placement: Placement,
    side: Side | None,
    reason: AnswerReason | str,
    text: str,
    by: Actor,
    at: datetime,
) -> Placement:
    """Call off a proposed or confirmed placement; `side` is None for the coordination. A repeat changes nothing."""
    row = locked(placement)
    if row.state == PlacementState.CANCELLED:
        return row
    held_seat = row.state == PlacementState.CONFIRMED
    end(row, event=Event.CANCEL, by=by, at=at, reason=str(reason), text=text, side=side)
    notice = notices.cancelled(row)
    tell_company(row, notice, at=at)
    tell_school(row, notices.cancelled(row, full=True), at=at)
    if held_seat:
        tell_coordination(row.slot.programme.region, notices.seat_free(row), at=at)
    return row


def expire_overdue(*, at: datetime, batch: int = 200) -> int:
    """Close proposals of which a side let its deadline pass; each on its own, safe to repeat and in parallel."""
    expired = 0
    for placement in list(overdue_placements(at=at)[:batch]):
        expired += _expire_one(placement, at=at)
    return expired


@transaction.atomic
def _expire_one(placement: Placement, *, at: datetime) -> bool:
    row = locked(placement)
    late = [s for s in said(row) if s.answer == Answer.OPEN and s.due_at <= at]
    if row.state != PlacementState.PROPOSED or not late:
        return False
    side = open_sides(late)[0]
    end(row, event=Event.EXPIRE, by=SYSTEM, at=at, side=side)
    tell_company(row, notices.expired(row), at=at)
    tell_school(row, notices.expired(row, full=True), at=at)
    return True
