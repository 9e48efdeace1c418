"""The offer search finds the same on both databases, keeps regions and drafts apart, and costs a constant number of queries."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.internships import make_field, make_offer, make_programme, make_slot
from tests.factories.network import make_organisation, make_region, make_site
from werkpfad.base.core.text import fts5_query, search_text, tsquery
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeStatus
from werkpfad.journey.internships.models import Offer
from werkpfad.journey.internships.queries import OfferCard, offer_cards, search_offers
from werkpfad.journey.internships.rules import SearchCriteria, Sort
from werkpfad.region.network.enums import OrganisationStatus

TODAY = date(2026, 11, 20)
STADE = {"lat": 53.6, "lon": 9.4667}

pytestmark = pytest.mark.django_db


def offer(title: str = "Praktikum", **values: object) -> Offer:
    """A published offer with a free seat in an open programme."""
    made = make_offer(title=title, **values)
    make_slot(offer=made)
    return made


def found(**criteria: object) -> list[str]:
    return [row.title for row in search_offers(SearchCriteria(**criteria), today=TODAY)]


@pytest.mark.parametrize("typed", ["Bäcker", "baecker", "BÄCKERIN", "Bäck", "bäcker lehrling"])
def test_words_are_found_in_every_spelling(typed: str) -> None:
    offer("Bäckerei", search_text=search_text("Bäcker für Lehrlinge"))
    offer("Tischlerei", search_text=search_text("Holz und Leim"))
    assert found(words=typed) == ["Bäckerei"]


def test_a_changed_text_is_found_by_its_new_words_only() -> None:
    changed = offer("Werkstatt", search_text=search_text("Fahrräder"))
    changed.search_text = search_text("Motorräder")
    changed.save()
    assert found(words="Motorrad") == ["Werkstatt"]
    assert found(words="Fahrrad") == []


@pytest.mark.parametrize("typed", ['"', "*", "NEAR(", "a AND", "'; --", "!!!", "&|", "\x00"])
def test_query_syntax_is_only_text(typed: str) -> None:
    offer()
    assert found(words=typed) == []


@given(st.text(max_size=40))
def test_any_text_gives_a_harmless_query(typed: str) -> None:
    for query in (fts5_query(typed), tsquery(typed)):
        assert all(c.isalnum() or c in ' "*&:AND' for c in query)


def test_a_search_by_words_may_stand_inside_another_query() -> None:
    wanted = offer("Tischlerei", search_text=search_text("Holz"))
    offer("Bäckerei", search_text=search_text("Brot"))
    inner = search_offers(SearchCriteria(words="Holz"), today=TODAY).values("pk")
    assert list(Offer.objects.filter(pk__in=inner)) == [wanted]


def test_only_what_is_published_active_and_open_is_found() -> None:
    offer("sichtbar")
    offer("Entwurf", status=OfferStatus.DRAFT)
    offer("gesperrt", organisation=make_organisation(status=OrganisationStatus.BLOCKED))
    closed = make_programme(status=ProgrammeStatus.CLOSED)
    make_slot(offer=make_offer(title="vorbei", region=closed.region), programme=closed)
    make_offer(title="ohne Platz")
    assert found() == ["sichtbar"]


def test_the_radius_is_exact_and_sorts_by_distance() -> None:
    near = make_site(lat=53.61, lon=9.47)
    far = make_site(lat=53.75, lon=9.47)
    offer("fern", organisation=far.organisation, site=far)
    offer("nah", organisation=near.organisation, site=near)
    assert found(**STADE, radius_km=5, sort=Sort.NEAREST) == ["nah"]
    assert found(**STADE, radius_km=30, sort=Sort.NEAREST) == ["nah", "fern"]


def test_filters_narrow_by_field_age_seats_and_region() -> None:
    bau = make_field(code="bau", title="Bau", sentence="Häuser bauen.")
    elsewhere = make_region()
    young = offer("ab 13", min_age=13)
    offer("ab 16", min_age=16, main_field=bau)
    full = make_offer(title="voll")
    make_slot(offer=full, capacity=1, taken=1)
    assert found(fields=("bau",)) == ["ab 16"]
    assert "ab 16" not in found(age=15)
    assert "voll" not in found(free_only=True)
    rows = search_offers(SearchCriteria(), today=TODAY, region_id=young.region_id)
    assert [row.title for row in rows] == ["ab 13"]
    assert not search_offers(SearchCriteria(), today=TODAY, region_id=elsewhere.pk).exists()


def test_accessibility_must_be_offered_completely() -> None:
    offer("beides", accessibility=["step_free", "quiet"])
    offer("stufenlos", accessibility=["step_free"])
    assert found(accessibility=("step_free", "quiet")) == ["beides"]


@pytest.mark.parametrize("rows", [1, 3])
def test_cards_cost_two_queries(rows: int, django_assert_num_queries: object) -> None:
    made = [offer() for _ in range(rows)]
    ids = [row.pk for row in made]
    with django_assert_num_queries(2):  # type: ignore[operator]
        cards = offer_cards(ids, today=TODAY)
    assert [card.public_id for card in cards] == [row.public_id for row in made]


def test_a_card_adds_up_its_coming_seats_and_keeps_the_order_asked_for() -> None:
    one, other = offer("eins"), make_offer(title="zwei")
    make_slot(offer=other, capacity=4, taken=1)
    gone = make_programme(
        first_day=date(2026, 9, 1),
        last_day=date(2026, 9, 11),
        offers_until=date(2026, 8, 1),
        region=one.region,
    )
    make_slot(offer=one, programme=gone, capacity=9)
    cards = offer_cards([other.pk, one.pk], today=TODAY)
    assert [card.title for card in cards] == ["zwei", "eins"]
    slot = one.slots.exclude(programme=gone).get()
    assert cards[0].free == 3
    assert cards[1] == OfferCard(
        public_id=one.public_id,
        title="eins",
        min_age=one.min_age,
        lat=one.lat,
        lon=one.lon,
        organisation=one.organisation.name,
        place=one.site.place_name,
        field_code=one.main_field.code,
        field_title=one.main_field.title,
        free=slot.capacity - slot.taken,
        programmes=[slot.programme.title],
    )


def test_the_index_survives_losing_its_triggers() -> None:
    """SQLite drops triggers when it rebuilds a table; the next migration brings them and the lost rows back."""
    if connection.vendor == "postgresql":
        pytest.skip("the column is generated by the database itself")
    from werkpfad.journey.internships import search_index

    with connection.cursor() as cursor:
        for name in ("insert", "update", "delete"):
            cursor.execute(f"DROP TRIGGER internships_offer_fts_{name}")
    offer("verloren", search_text=search_text("Sattlerei"))
    assert found(words="Sattlerei") == []
    search_index.build()
    assert found(words="Sattlerei") == ["verloren"]
