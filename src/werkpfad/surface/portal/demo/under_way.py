"""What is under way in the demo: requests that wait for an answer, places agreed, and interns who are there today.

Made by the product's own actions, so that mails, audit log and seats are as they would be.
"""

from datetime import date, datetime, timedelta
from random import Random

from werkpfad.base.core.actor import SYSTEM, person
from werkpfad.journey.applications.actions import CannotApply, apply_for_slot
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Offer, Programme, Slot
from werkpfad.journey.matching.models import Entry
from werkpfad.journey.placements.actions import (
    CannotPropose,
    answer,
    issue_certificate,
    propose_from_application,
    propose_manually,
)
from werkpfad.journey.placements.enums import PlacementState, Presence, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.region.schools.models import Pupil, School

REQUESTS = 24
AGREED = 12
TODAY = 16
MESSAGES = (
    "Ich habe mir Ihr Angebot genau durchgelesen und würde gern mitarbeiten.",
    "Meine Tante hat mir von dem Beruf erzählt. Ich möchte ihn kennenlernen.",
    "Ich baue gern und bin handwerklich geschickt.",
    "",
)


def make_requests(programme: Programme, random: Random, *, at: datetime) -> None:
    """Direct applications of pupils who take no part in the round; half of the first dozen are agreed already."""
    in_round = Entry.objects.filter(round__programme=programme).values("pupil")
    pupils = list(
        Pupil.objects.filter(school_class__grade=9, profile__isnull=False)
        .exclude(pk__in=in_round)
        .select_related("school_class__school__organisation", "user", "profile")
        .order_by("pk")
    )
    slots = list(
        Slot.objects.filter(programme=programme, offer__status=OfferStatus.PUBLISHED)
        .select_related("offer__organisation", "programme__region")
        .order_by("pk")[:20]
    )
    made = 0
    for number, pupil in enumerate(pupils):
        if made == REQUESTS:
            return
        slot = slots[number % len(slots)]
        try:
            application = apply_for_slot(
                pupil=pupil,
                slot=slot,
                message=random.choice(MESSAGES),
                has_place=False,
                by=person(pupil.user_id or 0),
                at=at - timedelta(days=1 + number % 3),
            )
        except CannotApply:
            continue
        made += 1
        if made <= AGREED and made % 2:
            placement = propose_from_application(application=application, by=SYSTEM, at=at)
            agree(placement.placement, (Side.PUPIL, Side.SCHOOL), at=at)


def agree(placement: Placement, sides: tuple[Side, ...], *, at: datetime) -> None:
    for side in sides:
        answer(placement=placement, side=side, yes=True, by=SYSTEM, at=at)


def make_running_block(
    school: School, offers: list[Offer], pupils: list[Pupil], *, today: date, at: datetime
) -> None:
    """Grade 10 of one school is in the companies since Monday, so that somebody is expected each working day."""
    monday = today - timedelta(days=today.weekday())
    block = Programme.objects.create(
        region=school.organisation.region,
        kind=ProgrammeKind.BLOCK,
        status=ProgrammeStatus.OPEN,
        title="Betriebspraktikum Klasse 10",
        description="Drei Wochen im Betrieb.",
        school_year=pupils[0].school_class.school_year,
        first_day=monday,
        last_day=monday + timedelta(days=18),
        grades=[10],
        min_age=14,
        offers_until=monday,
    )
    block.schools.set([school])
    for offer, pupil in zip(offers[:TODAY], pupils[:TODAY], strict=True):
        slot = Slot.objects.create(
            offer=offer,
            programme=block,
            first_day=block.first_day,
            last_day=block.last_day,
            capacity=2,
        )
        earlier = at - timedelta(days=21)
        try:
            placement = propose_manually(pupil=pupil, slot=slot, by=SYSTEM, at=earlier)
        except CannotPropose:
            continue
        agree(placement, tuple(Side), at=earlier)


def attest(programme: Programme, *, at: datetime) -> None:
    """Certificates for the first forty who were there."""
    there = Placement.objects.filter(
        slot__programme=programme,
        state=PlacementState.COMPLETED,
        attendances__presence__in=(Presence.PRESENT, Presence.LATE),
    )
    for placement in there.order_by("pk")[:40]:
        issue_certificate(placement=placement, by=SYSTEM, at=at)
