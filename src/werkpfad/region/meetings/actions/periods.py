"""Calling off or moving every meeting of a period in one transaction, and taking that back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.region.meetings.actions.planning import (
    AlreadyCalledOff,
    call_off,
    move_meeting,
    take_up_again,
)
from werkpfad.region.meetings.enums import MeetingState, PeriodDeed
from werkpfad.region.meetings.models import Meeting, PeriodChange
from werkpfad.region.network.models import Region


@dataclass(frozen=True, slots=True)
class PeriodPlan:
    """What is to be done; both days are included, `days` is how far meetings move (0 when called off)."""

    deed: PeriodDeed
    first_day: date
    last_day: date
    days: int
    text: str


@transaction.atomic
def change_period(
    *, region: Region, meetings: Iterable[Meeting], plan: PeriodPlan, by: Actor, at: datetime
) -> PeriodChange:
    """All these meetings or none. One that a colleague called off meanwhile stays called off."""
    change = PeriodChange.objects.create(region=region, **asdict(plan))
    for meeting in meetings:
        try:
            if plan.deed == PeriodDeed.MOVE:
                change.told += move_meeting(meeting=meeting, days=plan.days, by=by, at=at)
            else:
                change.told += call_off(meeting=meeting, reason=plan.text, by=by, at=at)
        except AlreadyCalledOff:
            continue
        change.ledger.append({"meeting": meeting.public_id, "sequence": meeting.sequence + 1})
    change.save()
    _record("period.changed", change, by=by, at=at)
    return change


@transaction.atomic
def undo_period(*, change: PeriodChange, by: Actor, at: datetime) -> tuple[int, int]:
    """Take it back for every meeting nobody touched since, and tell everybody; returns (taken back, left alone)."""
    locked = PeriodChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if locked.undone_at is not None:
        return 0, 0
    done = 0
    for line in locked.ledger:
        meeting = Meeting.objects.filter(public_id=line["meeting"]).first()
        if meeting is None or meeting.sequence != line["sequence"]:
            continue
        if locked.deed == PeriodDeed.MOVE:
            move_meeting(meeting=meeting, days=-locked.days, by=by, at=at)
        elif meeting.state == MeetingState.CANCELLED:
            take_up_again(meeting=meeting, by=by, at=at)
        done += 1
    locked.undone_at = at
    locked.save(update_fields=["undone_at", "updated_at"])
    _record("period.undone", locked, by=by, at=at)
    return done, len(locked.ledger) - done


def _record(event: str, change: PeriodChange, *, by: Actor, at: datetime) -> None:
    record(event, by=by, at=at, obj=change, region_id=change.region_id, count=len(change.ledger))
