"""Yes and no of the three sides, and the moment in which the last yes takes the seat."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from django.db import transaction
from django.db.models import F

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.base.core.school_year import working_days_left
from werkpfad.journey.applications.actions import supersede_for
from werkpfad.journey.applications.notices import LINK_VALID_FOR
from werkpfad.journey.applications.queries import answer_addresses
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.actions import REMIND_BEFORE
from werkpfad.journey.placements import notices
from werkpfad.journey.placements.actions.endings import end, locked
from werkpfad.journey.placements.actions.telling import company_link, tell_company, tell_school
from werkpfad.journey.placements.enums import SEATED, Answer, AnswerReason, PlacementState, Side
from werkpfad.journey.placements.models import Consent, Placement
from werkpfad.journey.placements.queries import (
    excluded_application_slots,
    excluded_by,
    said,
    with_details,
)
from werkpfad.journey.placements.rules import (
    Event,
    NotPossible,
    after,
    all_agree,
    exclusive_key,
    has_seat,
)
from werkpfad.region.notifications.actions import notify

# So long may two working days be, holidays included; whoever was just asked is not reminded.
LONGEST_PAUSE = timedelta(days=14)
NOT_AT_ONCE = timedelta(days=2)


class Result(StrEnum):
    """What an answer led to."""

    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    FULL = "full"
    OTHER_PLACE = "other_place"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Answered:
    placement: Placement
    result: Result


@transaction.atomic
def answer(
    *,
    placement: Placement,
    side: Side,
    yes: bool,
    by: Actor,
    at: datetime,
    reason: AnswerReason | str = "",
    text: str = "",
) -> Answered:
    """Record one side's answer; the last yes confirms and takes the seat, a no closes the placement.

    The same answer again changes nothing. Raises `NotPossible` when the placement is closed or a confirmed one
    is to be declined (that is `cancel`).
    """
    row = locked(placement)
    consent = next(c for c in row.consents.all() if c.side == side)
    wanted = Answer.YES if yes else Answer.NO
    if consent.answer == wanted:
        return Answered(row, Result.UNCHANGED)
    if row.state != PlacementState.PROPOSED:
        raise NotPossible(PlacementState(row.state), Event.CONFIRM if yes else Event.DECLINE)
    _store(consent, wanted, by=by, at=at)
    record(
        f"placement.{side}_{wanted}",
        by=by,
        at=at,
        obj=row,
        region_id=row.slot.programme.region_id,
        reason=str(reason),
    )
    if not yes:
        end(row, event=Event.DECLINE, by=by, at=at, reason=str(reason), text=text, side=side)
        _tell_declined(row, side, at=at)
        return Answered(row, Result.DECLINED)
    if not all_agree(said(row)):
        return Answered(row, Result.RECORDED)
    return _confirm(row, by=by, at=at)


def _store(consent: Consent, answered: Answer, *, by: Actor, at: datetime) -> None:
    consent.answer, consent.answered_at = answered, at
    consent.by_user_id, consent.channel = by.user_id, by.channel
    consent.save(update_fields=["answer", "answered_at", "by_user_id", "channel", "updated_at"])


def _tell_declined(row: Placement, side: Side, *, at: datetime) -> None:
    if side is not Side.COMPANY:
        tell_company(row, notices.declined(row), at=at)
    if side is not Side.SCHOOL:
        tell_school(row, notices.declined(row, full=True), at=at)


def locked_slot(slot_id: int) -> Slot:
    """The slot's row, locked: whoever comes second waits here and then sees the seat taken."""
    return Slot.objects.select_for_update(of=("self",)).get(pk=slot_id)


def _confirm(row: Placement, *, by: Actor, at: datetime) -> Answered:
    """Take the seat, or close the placement with the reason why there is none."""
    if excluded_by(row.pupil, row.slot, SEATED):
        return _lost(row, Event.SUPERSEDE, AnswerReason.OTHER_PLACE, Result.OTHER_PLACE, by, at)
    slot = locked_slot(row.slot_id)
    if not has_seat(capacity=slot.capacity, taken=slot.taken):
        return _lost(row, Event.LOSE_SEAT, AnswerReason.FULL, Result.FULL, by, at)
    _supersede_others(row, by=by, at=at)
    Slot.objects.filter(pk=slot.pk).update(taken=F("taken") + 1)
    row.state = after(row.state, Event.CONFIRM)
    row.confirmed_at = at
    row.exclusive_key = exclusive_key(
        row.state,
        kind=row.slot.programme.kind,
        programme_id=row.slot.programme_id,
        pupil_id=row.pupil_id,
        slot_id=row.slot_id,
        first_day=row.slot.first_day,
    )
    row.save(update_fields=["state", "confirmed_at", "exclusive_key", "updated_at"])
    region_id = row.slot.programme.region_id
    record("placement.confirmed", by=by, at=at, obj=row, region_id=region_id)
    tell_company(row, notices.confirmed(row), at=at)
    tell_school(row, notices.confirmed_school(row), at=at)
    return Answered(row, Result.CONFIRMED)


def _lost(
    row: Placement, event: Event, reason: AnswerReason, result: Result, by: Actor, at: datetime
) -> Answered:
    end(row, event=event, by=by, at=at, reason=reason)
    tell_company(row, notices.declined(row), at=at)
    tell_school(row, notices.declined(row, full=True), at=at)
    return Answered(row, result)


def _supersede_others(row: Placement, *, by: Actor, at: datetime) -> None:
    """Close the pupil's other chances for the same time; their companies are told."""
    for other in excluded_by(row.pupil, row.slot, [PlacementState.PROPOSED]):
        competing = with_details(Placement.objects.select_for_update(of=("self",))).get(pk=other.pk)
        end(
            competing,
            event=Event.SUPERSEDE,
            by=by,
            at=at,
            reason=AnswerReason.OTHER_PLACE,
            side=Side.PUPIL,
        )
        tell_company(competing, notices.declined(competing), at=at)
    slots = excluded_application_slots(row.pupil, row.slot)
    supersede_for(pupil=row.pupil, slots=slots, by=by, at=at)


@transaction.atomic
def take_back(*, placement: Placement, side: Side, by: Actor, at: datetime) -> Placement:
    """Undo one's own yes as long as nothing is confirmed. Raises `NotPossible`."""
    row = locked(placement)
    if row.state != PlacementState.PROPOSED:
        raise NotPossible(PlacementState(row.state), Event.DECLINE)
    changed = Consent.objects.filter(placement=row, side=side, answer=Answer.YES).update(
        answer=Answer.OPEN, answered_at=None, by_user_id=None, channel=""
    )
    if changed:
        record(
            f"placement.{side}_open",
            by=by,
            at=at,
            obj=row,
            region_id=row.slot.programme.region_id,
        )
    return row


def remind_sides(*, at: datetime, batch: int = 200) -> int:
    """Remind company and school once, two working days before their deadline; returns how many were reminded."""
    due = (
        Consent.objects.filter(
            placement__state=PlacementState.PROPOSED,
            side__in=(Side.COMPANY, Side.SCHOOL),
            answer=Answer.OPEN,
            due_at__gt=at,
            due_at__lte=at + LONGEST_PAUSE,
            reminded_at__isnull=True,
            placement__proposed_at__lt=at - NOT_AT_ONCE,
        )
        .select_related("placement__slot__programme__region")
        .order_by("due_at", "pk")
    )
    near = (consent for consent in due if _is_near(consent, at=at))
    return sum(_remind(consent, at=at) for consent in list(islice(near, batch)))


def _is_near(consent: Consent, *, at: datetime) -> bool:
    state = consent.placement.slot.programme.region.state
    return working_days_left(day_of(at), day_of(consent.due_at), state) <= REMIND_BEFORE


@transaction.atomic
def _remind(consent: Consent, *, at: datetime) -> bool:
    claimed = Consent.objects.filter(
        pk=consent.pk, answer=Answer.OPEN, reminded_at__isnull=True
    ).update(reminded_at=at)
    if not claimed:
        return False
    row = with_details(Placement.objects.all()).get(pk=consent.placement_id)
    if consent.side == Side.SCHOOL:
        tell_school(row, notices.reminder_school(row, consent.due_at), at=at)
        return True
    offer = row.slot.offer
    for email in answer_addresses(offer, today=day_of(at)):
        token = company_link(offer.organisation, email, at=at, valid_for=LINK_VALID_FOR)
        notify(
            notices.reminder_company(row, consent.due_at, token=token),
            at=at,
            region=row.slot.programme.region,
            to_email=email,
            organisation=offer.organisation,
        )
    return True
