"""What the finished week left behind: placements, attendance, feedback and certificates."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from werkpfad.base.core.enums import Channel
from werkpfad.base.core.geo import Point, distance_km
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.placements.enums import Answer, PlacementState, Presence, Side, Source
from werkpfad.journey.placements.models import Attendance, Consent, Feedback, Placement
from werkpfad.journey.placements.questions import QUESTIONS
from werkpfad.journey.placements.rules import exclusive_key
from werkpfad.surface.portal.demo.pupils import DemoPupils

PRESENCE = (Presence.PRESENT,) * 22 + (Presence.LATE, Presence.EXCUSED, Presence.UNEXCUSED)


def _moment(slot: Slot, days: int, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(slot.first_day + timedelta(days=days), time(hour)))


def make_finished_week(
    week: Programme, slots: list[Slot], profiled: DemoPupils, random: Random
) -> int:
    """Give pupils of grade 10 up to three days near home, each at another company; returns the placements made."""
    by_day: dict[object, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_day[slot.first_day].append(slot)
    placements: list[Placement] = []
    taken: dict[int, int] = defaultdict(int)
    for pupil in profiled.pupils:
        if pupil.school_class.grade != 10:
            continue
        home = Point(pupil.home_lat or 0, pupil.home_lon or 0)
        companies: set[int] = set()
        for day in random.sample(sorted(by_day, key=str), min(week.max_days, len(by_day))):
            free = [
                slot
                for slot in by_day[day]
                if taken[slot.pk] < slot.capacity
                and slot.offer.organisation_id not in companies
                and distance_km(home, Point(slot.offer.lat or 0, slot.offer.lon or 0)) <= 20
            ]
            if not free:
                continue
            slot = random.choice(free)
            taken[slot.pk] += 1
            companies.add(slot.offer.organisation_id)
            placements.append(_placement(pupil.pk, slot))
    Placement.objects.bulk_create(placements)
    for slot in slots:
        slot.taken = taken[slot.pk]
    Slot.objects.bulk_update(slots, ["taken"], batch_size=500)
    _make_traces(placements, random)
    return len(placements)


def _placement(pupil_id: int, slot: Slot) -> Placement:
    return Placement(
        pupil_id=pupil_id,
        slot=slot,
        state=PlacementState.COMPLETED,
        source=Source.MANUAL,
        exclusive_key=exclusive_key(
            PlacementState.COMPLETED,
            kind=slot.programme.kind,
            programme_id=slot.programme_id,
            pupil_id=pupil_id,
            slot_id=slot.pk,
            first_day=slot.first_day,
        ),
        proposed_at=_moment(slot, -30, 9),
        answer_by=_moment(slot, -20, 23),
        confirmed_at=_moment(slot, -21, 10),
    )


def _make_traces(placements: list[Placement], random: Random) -> None:
    """Consents of all three sides, attendance of every day, feedback from most."""
    Consent.objects.bulk_create(
        Consent(
            placement=placement,
            side=side,
            answer=Answer.YES,
            due_at=placement.answer_by,
            answered_at=_moment(placement.slot, -29 + hours % 7, 8 + hours % 8),
            channel=Channel.MAIL_LINK if side == Side.COMPANY else Channel.PORTAL,
        )
        for hours, placement in enumerate(placements)
        for side in Side
    )
    Attendance.objects.bulk_create(
        Attendance(
            placement=placement,
            day=placement.slot.first_day,
            presence=random.choice(PRESENCE),
            recorded_at=_moment(placement.slot, 0, 9),
            channel=Channel.PORTAL,
        )
        for placement in placements
    )
    Feedback.objects.bulk_create(
        Feedback(
            placement=placement,
            side=side,
            scores={q.code: random.choice((2, 3, 3, 4, 4, 4)) for q in QUESTIONS[side]},
            text="",
            given_at=_moment(placement.slot, 1, 15),
        )
        for placement in placements
        for side in (Side.COMPANY, Side.PUPIL)
        if random.random() < 0.7
    )
