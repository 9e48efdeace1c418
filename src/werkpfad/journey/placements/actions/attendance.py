"""Who was there: one tap of the company, or the paper sheet entered by the school."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.journey.placements.actions.certificates import NotAttestable, issue_certificate
from werkpfad.journey.placements.actions.endings import locked
from werkpfad.journey.placements.actions.feedback import ask_company
from werkpfad.journey.placements.enums import SEATED, PlacementState, Presence
from werkpfad.journey.placements.models import Attendance, Placement
from werkpfad.journey.placements.queries import finished_placements, unanswered_days
from werkpfad.journey.placements.rules import Event, after


class NotADay(ValueError):
    """The day lies outside the placement or in the future; nothing was written."""


@transaction.atomic
def record_day(
    *, placement: Placement, day: date, presence: Presence, by: Actor, at: datetime, today: date
) -> Attendance:
    """Say whether the pupil was there on `day`; saying it again replaces the answer. Raises `NotADay`."""
    slot = placement.slot
    inside = slot.first_day <= day <= slot.last_day
    if placement.state not in SEATED or not inside or day > today:
        raise NotADay(day.isoformat())
    row, _ = Attendance.objects.update_or_create(
        placement=placement,
        day=day,
        defaults={
            "presence": presence,
            "recorded_at": at,
            "recorded_by_id": by.user_id,
            "channel": by.channel,
        },
    )
    record(
        "placement.attendance",
        by=by,
        at=at,
        obj=placement,
        region_id=slot.programme.region_id,
        day=day.isoformat(),
        presence=str(presence),
    )
    issue_if_complete(placement, by=by, at=at)
    return row


@transaction.atomic
def record_days(
    *,
    placement: Placement,
    days: Mapping[date, Presence],
    by: Actor,
    at: datetime,
    today: date,
) -> int:
    """Enter several days at once, as from the paper sheet; returns how many changed. Raises `NotADay`."""
    known = {row.day: row.presence for row in placement.attendances.all()}
    changed = {day: presence for day, presence in days.items() if known.get(day) != presence}
    for day, presence in changed.items():
        record_day(placement=placement, day=day, presence=presence, by=by, at=at, today=today)
    return len(changed)


@transaction.atomic
def take_back_day(*, placement: Placement, day: date, by: Actor, at: datetime) -> bool:
    """Undo an answer for one day; False if there is none."""
    deleted, _ = Attendance.objects.filter(placement=placement, day=day).delete()
    if deleted:
        record(
            "placement.attendance_taken_back",
            by=by,
            at=at,
            obj=placement,
            region_id=placement.slot.programme.region_id,
            day=day.isoformat(),
        )
    return bool(deleted)


def complete_finished(*, today: date, at: datetime, batch: int = 200) -> int:
    """Close confirmed placements whose last day has passed; each on its own, safe to repeat."""
    done = 0
    for placement in list(finished_placements(today=today)[:batch]):
        done += _complete_one(placement, at=at)
    return done


@transaction.atomic
def _complete_one(placement: Placement, *, at: datetime) -> bool:
    row = locked(placement)
    if row.state != PlacementState.CONFIRMED:
        return False
    row.state = after(row.state, Event.COMPLETE)
    row.save(update_fields=["state", "updated_at"])
    record(
        "placement.completed",
        by=SYSTEM,
        at=at,
        obj=row,
        region_id=row.slot.programme.region_id,
    )
    ask_company(row, at=at)
    issue_if_complete(row, by=SYSTEM, at=at)
    return True


def issue_if_complete(placement: Placement, *, by: Actor, at: datetime) -> bool:
    """Issue the certificate once the placement is over and each of its days has an answer."""
    if placement.state != PlacementState.COMPLETED or unanswered_days(placement):
        return False
    try:
        issue_certificate(placement=placement, by=by, at=at)
    except NotAttestable:
        return False
    return True
