"""Writes of offers: the new state, the line in the log, what is refused, and what two people do at once."""

from datetime import date, datetime, timedelta

import pytest
from django.db.models import ProtectedError

from tests.factories.internships import make_field, make_offer, make_programme, make_slot, make_week
from tests.factories.journey import make_placement, make_wish
from tests.factories.network import make_contact, make_organisation, make_site
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.internships import actions, queries
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeStatus
from werkpfad.journey.internships.models import Offer, Slot
from werkpfad.journey.internships.rules import (
    NotValid,
    OfferPlace,
    OfferStep,
    OfferText,
    OfferTimes,
    SearchCriteria,
)
from werkpfad.region.network.enums import OrganisationStatus

pytestmark = pytest.mark.django_db

LONG = "Du baust ein kleines Regal und nimmst es mit nach Hause."


def text(**values: object) -> OfferText:
    common = {"main_field": "holz", "title": "Regal bauen", "description": LONG}
    return OfferText(**common | values)  # type: ignore[arg-type]


def seats(offer: Offer, now: datetime, amounts: dict[str, int], **values: object) -> Offer:
    return actions.update_offer_seats(
        **{
            "offer": offer,
            "times": OfferTimes(),
            "seats": amounts,
            "seen_version": offer.version,
            "by": SYSTEM,
            "at": now,
        }
        | values
    )


def keys(offer: Offer, now: datetime) -> list[str]:
    return [f.key for p in queries.seats_of_offer(offer, today=now.date()) for f in p.frames]


def test_a_new_offer_is_a_findable_draft_with_site_and_contact(now: datetime) -> None:
    make_field()
    company = make_site(lat=53.5, lon=9.5).organisation
    make_contact(organisation=company, name="Kim", email="kim@example.org")
    made = actions.create_offer(organisation=company, text=text(), by=SYSTEM, at=now)
    assert (made.status, made.lat, made.lon) == (OfferStatus.DRAFT, 53.5, 9.5)
    assert (made.contact_name, made.region_id) == ("Kim", company.region_id)
    assert [f.code for f in made.fields.all()] == ["holz"]
    assert "holz" in made.search_text.split()
    assert AuditEvent.objects.filter(event="offer_created", object_id=made.public_id).exists()


def test_a_company_without_a_site_is_told_so(now: datetime) -> None:
    make_field()
    with pytest.raises(actions.NotPossible, match="Standort"):
        actions.create_offer(organisation=make_organisation(), text=text(), by=SYSTEM, at=now)
    company = make_site().organisation
    with pytest.raises(NotValid):
        actions.create_offer(organisation=company, text=text(main_field="?"), by=SYSTEM, at=now)
    assert not Offer.objects.exists()


def test_a_changed_text_is_found_by_its_new_words(now: datetime) -> None:
    offer = make_slot().offer
    make_field(code="bau", title="Bau", sentence="Häuser bauen.")
    actions.update_offer_text(
        offer=offer,
        text=text(title="Mauern", main_field="bau", other_fields=("holz",)),
        seen_version=1,
        by=SYSTEM,
        at=now,
    )

    def found(words: str) -> bool:
        rows = queries.search_offers(SearchCriteria(words=words), today=now.date())
        return rows.exists()

    assert [found(words) for words in ("mauern", "Bau", "Holz")] == [True, True, True]
    assert not found("Tischlerei in")


def test_two_editors_never_overwrite_each_other(now: datetime) -> None:
    offer = make_offer()
    common = {"offer": offer, "seen_version": 1, "by": SYSTEM, "at": now}
    actions.update_offer_text(**common, text=text(title="Erste"))
    with pytest.raises(EditConflict):
        actions.update_offer_text(**common, text=text(title="Zweite"))
    offer.refresh_from_db()
    assert offer.title == "Erste"


def test_the_place_must_be_the_companys_own(now: datetime) -> None:
    offer, stranger = make_offer(), make_site()
    second = make_site(organisation=offer.organisation, is_main=False, lat=53.1, lon=9.1)
    place = OfferPlace(second.public_id, "Kim", "kim@example.org", accessibility=("quiet", "?"))
    done = actions.update_offer_place(offer=offer, place=place, seen_version=1, by=SYSTEM, at=now)
    assert (done.lat, done.accessibility) == (53.1, ["quiet"])
    foreign = OfferPlace(stranger.public_id, "Kim", "kim@example.org")
    with pytest.raises(NotValid):
        actions.update_offer_place(offer=offer, place=foreign, seen_version=2, by=SYSTEM, at=now)


def test_seats_come_and_go_by_programme_and_day(now: datetime) -> None:
    offer = make_offer()
    make_programme(region=offer.region)
    make_week(region=offer.region)
    make_programme()
    first, *days = keys(offer, now)
    assert len(days) == 3
    offer = seats(offer, now, {first: 2, days[1]: 3})
    rows = list(Slot.objects.filter(offer=offer).order_by("first_day"))
    assert [(s.first_day, s.last_day, s.capacity) for s in rows] == [
        (date(2027, 2, 8), date(2027, 2, 19), 2),
        (date(2027, 3, 23), date(2027, 3, 23), 3),
    ]
    seats(offer, now, {first: 0, days[1]: 1})
    assert [s.capacity for s in Slot.objects.filter(offer=offer)] == [1]


def test_a_slot_somebody_wished_for_stays_without_seats(now: datetime) -> None:
    slot = make_slot(capacity=2)
    make_wish(slot=slot)
    seats(slot.offer, now, {keys(slot.offer, now)[0]: 0})
    slot.refresh_from_db()
    assert slot.capacity == 0
    assert queries.coming_seats(slot.offer, today=now.date()) == 0


def test_taken_and_proposed_seats_cannot_be_removed(now: datetime) -> None:
    slot = make_slot(capacity=3, taken=1)
    key = keys(slot.offer, now)[0]
    with pytest.raises(NotValid):
        seats(slot.offer, now, {key: 0})
    with pytest.raises(NotValid):
        seats(slot.offer, now, {key: 1}, held={slot.pk: 1})
    seats(slot.offer, now, {key: 2}, held={slot.pk: 1})
    slot.refresh_from_db()
    assert slot.capacity == 2


def test_publishing_needs_seats_and_an_active_company(now: datetime) -> None:
    draft = make_offer(status=OfferStatus.DRAFT, published_at=None)
    with pytest.raises(NotValid) as told:
        actions.publish_offer(offer=draft, by=SYSTEM, at=now)
    assert [p.field for p in told.value.problems] == ["seats"]
    make_slot(offer=draft)
    done = actions.publish_offer(offer=draft, by=SYSTEM, at=now)
    assert (done.status, done.published_at) == (OfferStatus.PUBLISHED, now)
    with pytest.raises(actions.NotPossible):
        actions.publish_offer(offer=draft, by=SYSTEM, at=now)
    waiting = make_organisation(status=OrganisationStatus.REQUESTED)
    other = make_offer(organisation=waiting, status=OfferStatus.DRAFT, published_at=None)
    make_slot(offer=other)
    with pytest.raises(NotValid):
        actions.publish_offer(offer=other, by=SYSTEM, at=now)


def test_a_pause_ends_by_itself_and_a_past_season_too(now: datetime) -> None:
    paused, over, running = make_slot().offer, make_slot().offer, make_slot().offer
    without = make_offer()
    actions.pause_offer(offer=paused, until=now.date(), by=SYSTEM, at=now)
    with pytest.raises(actions.NotPossible):
        actions.pause_offer(offer=running, until=date(2020, 1, 1), by=SYSTEM, at=now)
    over.slots.update(first_day=date(2026, 11, 16), last_day=date(2026, 11, 20))
    actions.tend_offers(at=now)
    assert statuses(paused, over) == ["paused", "published"]
    actions.tend_offers(at=now + timedelta(days=1))
    assert statuses(paused, over, running, without) == [
        "published",
        "closed",
        "published",
        "published",
    ]


def statuses(*offers: Offer) -> list[str]:
    return [Offer.objects.get(pk=offer.pk).status for offer in offers]


def test_offers_follow_their_site_overnight(now: datetime) -> None:
    offer = make_offer()
    offer.site.lat = 52.9
    offer.site.save()
    actions.tend_offers(at=now)
    offer.refresh_from_db()
    assert offer.lat == 52.9
    assert not queries.offers_moved().exists()


def test_many_are_paused_at_once_and_misfits_are_counted(now: datetime) -> None:
    offers = [make_offer(), make_offer(), make_offer(status=OfferStatus.DRAFT)]
    common = {"offers": offers, "by": SYSTEM, "at": now}
    assert actions.step_offers(**common, step=OfferStep.PAUSE) == (2, 1)
    assert statuses(*offers) == ["paused", "paused", "draft"]
    assert actions.step_offers(**common, step=OfferStep.PUBLISH) == (0, 3)


def test_an_offer_is_deleted_only_while_nobody_depends_on_it(now: datetime) -> None:
    free, used = make_slot().offer, make_slot()
    make_placement(slot=used)
    actions.delete_offer(offer=free, by=SYSTEM, at=now)
    with pytest.raises(actions.NotPossible):
        actions.delete_offer(offer=used.offer, by=SYSTEM, at=now)
    assert Offer.objects.get() == used.offer
    assert AuditEvent.objects.filter(event="offer_deleted").count() == 1
    with pytest.raises(ProtectedError):
        used.offer.delete()


def test_a_clone_is_a_draft_with_moved_seats(now: datetime) -> None:
    last = make_week(
        [date(2026, 3, 16), date(2026, 3, 17)],
        status=ProgrammeStatus.CLOSED,
        offers_until=date(2026, 3, 1),
    )
    offer = make_offer(region=last.region, status=OfferStatus.CLOSED, languages="Türkisch")
    make_slot(offer=offer, programme=last, first_day=date(2026, 3, 16), capacity=2)
    make_slot(offer=offer, programme=last, first_day=date(2026, 3, 17), capacity=4, taken=3)
    week = make_week(region=last.region)
    copy = actions.clone_offer(offer=offer, programme=week, by=SYSTEM, at=now)
    assert (copy.status, copy.cloned_from, copy.languages) == ("draft", offer, "Türkisch")
    assert copy.public_id != offer.public_id
    assert [(s.first_day.isoformat(), s.capacity, s.taken) for s in copy.slots.all()] == [
        ("2027-03-22", 2, 0),
        ("2027-03-23", 4, 0),
    ]
    with pytest.raises(actions.NotPossible):
        actions.clone_offer(offer=offer, programme=last, by=SYSTEM, at=now)
    with pytest.raises(actions.NotPossible):
        actions.clone_offer(offer=offer, programme=make_week(), by=SYSTEM, at=now)
