"""Writes of an offer's three pages. A draft is stored from the first page on, so that nothing typed is ever lost."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.base.occupations.models import Field, Occupation
from werkpfad.journey.internships.actions.programmes import NotPossible
from werkpfad.journey.internships.enums import Accessibility
from werkpfad.journey.internships.models import Offer, Slot
from werkpfad.journey.internships.queries import seats_of_offer, words_of
from werkpfad.journey.internships.rules import (
    NotValid,
    OfferPlace,
    OfferText,
    OfferTimes,
    Problem,
    SeatFrame,
    place_problems,
    refuse,
    seat_problems,
    text_problems,
    time_problems,
)
from werkpfad.region.network.models import Contact, Organisation, Site


@transaction.atomic
def create_offer(*, organisation: Organisation, text: OfferText, by: Actor, at: datetime) -> Offer:
    """A draft at the company's main site, with its first contact person. Raises `NotValid`, or `NotPossible` without a site."""
    refuse(text_problems(text))
    site = organisation.sites.order_by("-is_main", "pk").first()
    if site is None:
        raise NotPossible("Tragen Sie zuerst den Standort des Betriebs ein.")
    offer = Offer(organisation=organisation, region_id=organisation.region_id)
    _move_to(offer, site)
    _propose_contact(offer, organisation.contacts.order_by("position", "pk").first())
    offer.main_field = _field(text.main_field)
    offer.save()
    _apply_text(offer, text)
    offer.search_text = words_of(offer)
    offer.save()
    record("offer_created", by=by, at=at, obj=offer, region_id=offer.region_id)
    return offer


@transaction.atomic
def update_offer_text(
    *, offer: Offer, text: OfferText, seen_version: int, by: Actor, at: datetime
) -> Offer:
    """What it is. Raises `NotValid`, or `EditConflict` if somebody else saved in the meantime."""
    refuse(text_problems(text))
    stored = locked_offer(offer)
    _apply_text(stored, text)
    return _save(stored, seen_version, "text", by=by, at=at)


@transaction.atomic
def update_offer_place(
    *, offer: Offer, place: OfferPlace, seen_version: int, by: Actor, at: datetime
) -> Offer:
    """Where it is and who is there. The site must be one of the company's own. Raises as `update_offer_text`."""
    refuse(place_problems(place))
    stored = locked_offer(offer)
    site = Site.objects.filter(organisation=stored.organisation_id, public_id=place.site).first()
    if site is None:
        raise NotValid([Problem("site", "Diesen Standort gibt es nicht.")])
    _move_to(stored, site)
    stored.contact_name = place.contact_name.strip()
    stored.contact_email = place.contact_email
    stored.contact_phone = place.contact_phone.strip()
    stored.bring = place.bring.strip()
    stored.accessibility = [code for code in Accessibility.values if code in place.accessibility]
    stored.languages = place.languages.strip()
    return _save(stored, seen_version, "place", by=by, at=at)


@transaction.atomic
def update_offer_seats(
    *,
    offer: Offer,
    times: OfferTimes,
    seats: Mapping[str, int],
    seen_version: int,
    by: Actor,
    at: datetime,
    after_deadline: bool = False,
    held: Mapping[int, int] | None = None,
) -> Offer:
    """Hours, age and seats by frame key (`seats_of_offer`). Raises as `update_offer_text`.

    Slots are locked first, so that a seat confirmed at the same moment is never taken away. `held` are seats in open
    proposals by slot id. A slot nobody ever asked for disappears with its last seat; another stays with what is taken.
    """
    today = day_of(at)
    stored = locked_offer(offer)
    list(Slot.objects.select_for_update(of=("self",)).filter(offer=stored).order_by("pk"))
    frames = [f for p in seats_of_offer(stored, today=today, held=held) for f in p.frames]
    problems = seat_problems(frames, seats, today=today, after_deadline=after_deadline)
    refuse([*time_problems(times), *problems])
    stored.starts_at, stored.ends_at = times.starts_at, times.ends_at
    stored.min_age, stored.is_group = times.min_age, times.is_group
    for frame in frames:
        _store_seats(stored, frame, seats.get(frame.key, frame.capacity))
    return _save(stored, seen_version, "seats", by=by, at=at)


def locked_offer(offer: Offer) -> Offer:
    """The stored row, locked until the transaction ends."""
    rows = Offer.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "main_field", "site").get(pk=offer.pk)


def _store_seats(offer: Offer, frame: SeatFrame, seats: int) -> None:
    if seats == frame.capacity:
        return
    if frame.slot_id is None:
        Slot.objects.create(
            offer=offer,
            programme_id=frame.programme_id,
            first_day=frame.first_day,
            last_day=frame.last_day,
            capacity=seats,
        )
    elif seats == 0:
        _drop(frame.slot_id)
    else:
        Slot.objects.filter(pk=frame.slot_id).update(capacity=seats)


def _drop(slot_id: int) -> None:
    """Remove a slot, or leave it without seats where somebody wished or asked for it."""
    try:
        with transaction.atomic():
            Slot.objects.get(pk=slot_id).delete()
    except ProtectedError:
        Slot.objects.filter(pk=slot_id).update(capacity=0)


def _apply_text(offer: Offer, text: OfferText) -> None:
    offer.main_field = _field(text.main_field)
    offer.title = text.title.strip()
    offer.description = text.description.strip()
    offer.activities = text.activities.strip()
    offer.occupation = Occupation.objects.filter(code=text.occupation).first()
    offer.fields.set(Field.objects.filter(code__in={text.main_field, *text.other_fields}))


def _field(code: str) -> Field:
    field = Field.objects.filter(code=code).first()
    if field is None:
        raise NotValid([Problem("main_field", "Dieses Berufsfeld gibt es nicht.")])
    return field


def _move_to(offer: Offer, site: Site) -> None:
    offer.site, offer.lat, offer.lon = site, site.lat, site.lon


def _propose_contact(offer: Offer, contact: Contact | None) -> None:
    if contact is not None:
        offer.contact_name = contact.name
        offer.contact_email = contact.email
        offer.contact_phone = contact.phone


def _save(offer: Offer, seen_version: int, part: str, *, by: Actor, at: datetime) -> Offer:
    offer.search_text = words_of(offer)
    save_if_unchanged(offer, seen_version=seen_version)
    record("offer_changed", by=by, at=at, obj=offer, region_id=offer.region_id, part=part)
    return offer
