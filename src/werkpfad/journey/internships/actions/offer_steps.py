"""The way of an offer: published, paused, closed, taken up again in a new season, or thrown away."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.base.core.days import day_of
from werkpfad.journey.internships.actions.offers import locked_offer
from werkpfad.journey.internships.actions.programmes import NotPossible
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeKind
from werkpfad.journey.internships.models import Offer, Programme, Slot
from werkpfad.journey.internships.queries import (
    coming_seats,
    days_of,
    finished_offers,
    offers_moved,
    offers_to_resume,
    place_of,
    programmes_to_offer_in,
    text_of,
    words_of,
)
from werkpfad.journey.internships.rules import (
    NotValid,
    OfferStep,
    next_offer_status,
    publish_problems,
    shifted_seats,
)
from werkpfad.region.network.enums import OrganisationStatus

# What a new season does not take over.
_FRESH = ("id", "public_id", "created_at", "updated_at", "version")


@transaction.atomic
def publish_offer(*, offer: Offer, by: Actor, at: datetime) -> Offer:
    """From now on pupils find it. Raises `NotValid` with what is missing, `NotPossible` if it is published already."""
    stored = locked_offer(offer)
    problems = publish_problems(
        text=text_of(stored),
        place=place_of(stored),
        seats=coming_seats(stored, today=day_of(at)),
        is_active_company=stored.organisation.status == OrganisationStatus.ACTIVE,
    )
    if next_offer_status(stored.status, OfferStep.PUBLISH) and problems:
        raise NotValid(problems)
    stored.published_at = at
    return _step(stored, OfferStep.PUBLISH, by=by, at=at)


@transaction.atomic
def pause_offer(*, offer: Offer, until: date | None, by: Actor, at: datetime) -> Offer:
    """Out of the search up to and including `until` (None: until somebody resumes it). Agreed placements stay."""
    stored = locked_offer(offer)
    if until is not None and until < day_of(at):
        raise NotPossible("Dieser Tag ist schon vorbei.")
    stored.paused_until = until
    return _step(stored, OfferStep.PAUSE, by=by, at=at)


@transaction.atomic
def resume_offer(*, offer: Offer, by: Actor, at: datetime) -> Offer:
    stored = locked_offer(offer)
    stored.paused_until = None
    return _step(stored, OfferStep.RESUME, by=by, at=at)


@transaction.atomic
def close_offer(*, offer: Offer, by: Actor, at: datetime) -> Offer:
    """No new wishes or applications. Agreed placements stay as they are."""
    stored = locked_offer(offer)
    stored.paused_until = None
    return _step(stored, OfferStep.CLOSE, by=by, at=at)


@transaction.atomic
def step_offers(
    *, offers: Iterable[Offer], step: OfferStep, by: Actor, at: datetime
) -> tuple[int, int]:
    """Pause, resume or close many at once. Returns how many moved and how many the step does not fit."""
    moved = passed = 0
    for offer in sorted(offers, key=lambda row: row.pk):
        stored = locked_offer(offer)
        if next_offer_status(stored.status, step) is None or step is OfferStep.PUBLISH:
            passed += 1
            continue
        stored.paused_until = None
        _step(stored, step, by=by, at=at)
        moved += 1
    return moved, passed


@transaction.atomic
def delete_offer(*, offer: Offer, by: Actor, at: datetime) -> None:
    """Throw an offer away for good. Raises `NotPossible` as soon as anybody wished, applied or was placed there."""
    stored = locked_offer(offer)
    record("offer_deleted", by=by, at=at, obj=stored, region_id=stored.region_id)
    try:
        with transaction.atomic():
            for slot in Slot.objects.filter(offer=stored):
                slot.delete()
            stored.delete()
    except ProtectedError as error:
        raise NotPossible(
            "Schüler:innen haben sich dieses Angebot schon gewünscht oder sind dort eingeplant. "
            "Sie können es beenden, aber nicht löschen."
        ) from error


@transaction.atomic
def clone_offer(
    *,
    offer: Offer,
    programme: Programme,
    by: Actor,
    at: datetime,
    after_deadline: bool = False,
) -> Offer:
    """A new draft with everything of `offer`, its seats moved to the days of `programme`.

    Raises `NotPossible` for a programme in which no seats may be added (any more).
    """
    open_ones = programmes_to_offer_in(
        offer.region_id, today=day_of(at), after_deadline=after_deadline
    )
    if not open_ones.filter(pk=programme.pk).exists():
        raise NotPossible("In diesem Programm sind keine neuen Angebote möglich.")
    stored = Offer.objects.select_related("organisation", "main_field", "occupation").get(
        pk=offer.pk
    )
    values = {
        field.attname: getattr(stored, field.attname)
        for field in Offer._meta.concrete_fields
        if field.name not in _FRESH
    }
    copy = Offer(**values)
    copy.status, copy.published_at, copy.paused_until = OfferStatus.DRAFT, None, None
    copy.cloned_from = stored
    copy.lat, copy.lon = stored.site.lat, stored.site.lon
    copy.save()
    copy.fields.set(stored.fields.all())
    _take_over_seats(stored, copy, programme)
    copy.search_text = words_of(copy)
    copy.save(update_fields=["search_text", "updated_at"])
    record("offer_cloned", by=by, at=at, obj=copy, region_id=copy.region_id)
    return copy


def _take_over_seats(source: Offer, copy: Offer, programme: Programme) -> None:
    """Seats of the latest programme the offer was in."""
    slots = list(source.slots.select_related("programme").order_by("-first_day", "-pk"))
    if not slots:
        return
    latest = slots[0].programme
    before = {slot.first_day: slot.capacity for slot in slots if slot.programme_id == latest.pk}
    is_week = programme.kind == ProgrammeKind.WEEK
    days = days_of(programme) if is_week else [programme.first_day]
    seats = shifted_seats(before, days, source_is_week=latest.kind == ProgrammeKind.WEEK)
    Slot.objects.bulk_create(
        Slot(
            offer=copy,
            programme=programme,
            first_day=day,
            last_day=day if is_week else programme.last_day,
            capacity=count,
        )
        for day, count in seats.items()
    )


def tend_offers(*, at: datetime) -> None:
    """Every night: close what is over, end pauses, and follow companies that have moved."""
    today = day_of(at)
    for row in finished_offers(today=today).order_by("pk"):
        close_offer(offer=row, by=SYSTEM, at=at)
    for row in offers_to_resume(today=today).order_by("pk"):
        resume_offer(offer=row, by=SYSTEM, at=at)
    for row in offers_moved().select_related("site").order_by("pk"):
        Offer.objects.filter(pk=row.pk).update(lat=row.site.lat, lon=row.site.lon)


def _step(stored: Offer, step: OfferStep, *, by: Actor, at: datetime) -> Offer:
    status = next_offer_status(stored.status, step)
    if status is None:
        raise NotPossible
    stored.status = status
    stored.version += 1
    stored.save(update_fields=["status", "published_at", "paused_until", "version", "updated_at"])
    record(f"offer_{step}", by=by, at=at, obj=stored, region_id=stored.region_id)
    return stored
