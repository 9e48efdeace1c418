"""The way of a company through its offers: nothing typed is lost, nothing of others is reached."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.internships import make_field, make_offer, make_programme, make_slot, make_week
from tests.factories.journey import make_placement
from tests.factories.network import make_contact, make_membership, make_region, make_site
from tests.schools.web.conftest import SignIn, sign_in
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.occupations.models import FieldMapping, Occupation
from werkpfad.journey.internships.models import Offer, Programme
from werkpfad.region.network.models import Organisation

pytestmark = pytest.mark.django_db

__all__ = ["sign_in"]

TEXT = {
    "main_field": "holz",
    "title": "Möbel bauen",
    "description": "Du baust ein Regal, schleifst es und nimmst es mit.",
    "activities": "Messen\r\nSägen",
}
PLACE = {"contact_name": "Kim Beispiel", "contact_email": "kim@example.org"}


@pytest.fixture
def company() -> Organisation:
    make_field()
    made = make_site().organisation
    make_contact(organisation=made, name="Kim Beispiel", email="kim@example.org")
    return made


@pytest.fixture
def client(company: Organisation, sign_in: SignIn) -> Client:
    return sign_in(make_membership(RoleCode.COMPANY_MANAGER, organisation=company).user)


@pytest.fixture
def week(company: Organisation) -> Programme:
    return make_week(region=company.region)


def to(name: str, *offer: Offer) -> str:
    return reverse(f"internships:{name}", args=[row.public_id for row in offer])


def seat_key(programme: Programme, day: date) -> str:
    return f"seats_{programme.public_id}_{day:%Y%m%d}"


def test_three_pages_and_a_click_make_an_offer(client: Client, week: Programme) -> None:
    assert "In welchem Berufsfeld" in client.get(to("offer_new")).content.decode()
    page = client.get(to("offer_new") + "?feld=holz&beispiel=1").content.decode()
    assert "Bau dein eigenes Regal" in page
    way = client.post(to("offer_new") + "?feld=holz", TEXT)
    offer = Offer.objects.get()
    assert (way["Location"], offer.status) == (to("offer_seats", offer), "draft")
    assert offer.activities == "Messen\nSägen"
    seats = {seat_key(week, date(2027, 3, 22)): "2", "min_age": "13", "version": offer.version}
    way = client.post(to("offer_seats", offer), seats | {"starts_at": "08:00", "ends_at": "14:00"})
    assert way["Location"] == to("offer_place", offer)
    offer.refresh_from_db()
    way = client.post(
        to("offer_place", offer),
        PLACE | {"site": offer.site.public_id, "version": offer.version},
    )
    assert way["Location"] == to("offer_review", offer)
    assert "Alles da" in client.get(to("offer_review", offer)).content.decode()
    client.post(to("offer_publish", offer))
    offer.refresh_from_db()
    assert offer.status == "published"
    page = client.get(to("company_offers")).content.decode()
    assert "0 von 2" in page


def test_what_was_typed_stays_when_something_is_wrong(client: Client) -> None:
    long = "Ü" * 400
    answer = client.post(to("offer_new") + "?feld=holz", TEXT | {"title": long})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert long in page
    assert "Du baust ein Regal" in page
    assert not Offer.objects.exists()


def test_back_and_later_save_first(client: Client, company: Organisation) -> None:
    client.post(to("offer_new") + "?feld=holz", TEXT | {"spaeter": "1"})
    offer = Offer.objects.get()
    way = client.post(
        to("offer_seats", offer), {"min_age": "15", "version": offer.version, "zurueck": "1"}
    )
    assert way["Location"] == to("offer_text", offer)
    offer.refresh_from_db()
    assert offer.min_age == 15
    wrong = client.post(
        to("offer_seats", offer), {"min_age": "999", "version": offer.version, "zurueck": "1"}
    )
    assert wrong.status_code == 422
    assert 'value="999"' in wrong.content.decode()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"min_age": "1e30"}, "min_age"),
        ({"min_age": ""}, "min_age"),
        ({"starts_at": "25:00"}, "starts_at"),
        ({"ends_at": "14:00"}, "starts_at"),
        ({"DAY": "-1"}, "DAY"),
        ({"DAY": "9" * 30}, "DAY"),
        ({"DAY": "zwei\x00"}, "DAY"),
    ],
)
def test_bad_numbers_are_said_beside_their_field(
    client: Client, company: Organisation, week: Programme, change: dict[str, str], name: str
) -> None:
    offer = make_offer(organisation=company)
    day = seat_key(week, date(2027, 3, 23))
    data = {"min_age": "13", "version": "1"} | change
    if "DAY" in data:
        data[day] = data.pop("DAY")
    answer = client.post(to("offer_seats", offer), data)
    assert answer.status_code == 422
    assert f"id_{day if name == 'DAY' else name}_error" in answer.content.decode()
    assert not offer.slots.exists()


def test_a_taken_or_proposed_seat_keeps_its_number(client: Client, company: Organisation) -> None:
    programme = make_programme(region=company.region)
    slot = make_slot(
        offer=make_offer(organisation=company), programme=programme, capacity=3, taken=1
    )
    make_placement(slot=slot)
    data = {"min_age": "13", "version": "1", f"seats_{programme.public_id}": "1"}
    answer = client.post(to("offer_seats", slot.offer), data)
    assert "gerade vorgeschlagen" in answer.content.decode()
    assert "1 vergeben, 1 vorgeschlagen" in answer.content.decode()
    client.post(to("offer_seats", slot.offer), data | {f"seats_{programme.public_id}": "2"})
    slot.refresh_from_db()
    assert slot.capacity == 2


def test_after_the_deadline_the_coordination_adds_seats(
    client: Client, company: Organisation, sign_in: SignIn
) -> None:
    programme = make_programme(region=company.region, offers_until=date(2026, 11, 1))
    offer = make_offer(organisation=company)
    data = {"min_age": "13", "version": "1", f"seats_{programme.public_id}": "1"}
    assert client.post(to("offer_seats", offer), data).status_code == 422
    office = make_membership(RoleCode.COORDINATOR, region=company.region).user
    assert sign_in(office).post(to("offer_seats", offer), data).status_code == 302
    assert offer.slots.get().capacity == 1


def test_two_people_on_one_page(client: Client, company: Organisation) -> None:
    offer = make_offer(organisation=company)
    first = client.post(to("offer_text", offer), TEXT | {"title": "Erste", "version": "1"})
    assert first.status_code == 302
    answer = client.post(to("offer_text", offer), TEXT | {"title": "Zweite", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Jemand anders hat in der Zwischenzeit gespeichert" in page
    assert "Erste" in page
    assert 'value="Zweite"' in page
    again = client.post(to("offer_text", offer), TEXT | {"title": "Zweite", "version": "2"})
    assert again.status_code == 302
    offer.refresh_from_db()
    assert offer.title == "Zweite"


def test_markup_in_every_field_is_only_text(client: Client, company: Organisation) -> None:
    evil = "<b>fett</b>"
    programme = make_programme(region=company.region, title=f"P {evil}")
    offer = make_offer(
        organisation=company,
        title=evil,
        description=evil,
        activities=evil,
        bring=evil,
        languages=evil,
        contact_name=evil,
        contact_phone=evil,
    )
    make_slot(offer=offer, programme=programme)
    names = ("offer_review", "offer_text", "offer_seats", "offer_place", "offer_clone")
    for name in (*names, "offer_pause", "offer_close", "offer_delete"):
        page = client.get(to(name, offer)).content.decode()
        assert evil not in page, name
        assert "&lt;b&gt;" in page, name
    assert evil not in client.get(to("company_offers")).content.decode()


def test_an_occupation_is_chosen_by_its_title(client: Client, company: Organisation) -> None:
    common = {"edition": "2020", "level": 5}
    carpenter = Occupation.objects.create(code="22342", title="Tischler/in", **common)
    Occupation.objects.create(code="43102", title="Informatiker/in", **common)
    FieldMapping.objects.get_or_create(field=make_field(), kldb_prefix="223")
    page = client.get(to("offer_new") + "?feld=holz").content.decode()
    assert "Tischler/in" in page
    assert "Informatiker/in" not in page
    wrong = client.post(to("offer_new") + "?feld=holz", TEXT | {"occupation": "Zauberer"})
    assert "Diesen Beruf finden wir nicht" in wrong.content.decode()
    client.post(to("offer_new") + "?feld=holz", TEXT | {"occupation": " tischler/in "})
    assert Offer.objects.get().occupation == carpenter


def test_too_early_hours_are_named_with_the_paragraph(
    client: Client, company: Organisation
) -> None:
    programme = make_programme(region=company.region)
    offer = make_offer(organisation=company, starts_at="05:00", ends_at="15:00")
    make_slot(offer=offer, programme=programme)
    page = client.get(to("offer_review", offer)).content.decode()
    assert "§ 14 JArbSchG" in page
    assert "§ 7 Satz 1 Nr. 2 JArbSchG" in page


def test_pause_resume_close_and_delete(client: Client, company: Organisation) -> None:
    offer = make_offer(organisation=company)
    bad = client.post(to("offer_pause", offer), {"until": "2020-01-01"})
    assert "schon vorbei" in bad.content.decode()
    client.post(to("offer_pause", offer), {"until": "2027-01-01"})
    offer.refresh_from_db()
    assert (offer.status, offer.paused_until) == ("paused", date(2027, 1, 1))
    assert "pausiert bis 01.01.2027" in client.get(to("company_offers")).content.decode()
    client.post(to("offer_resume", offer))
    client.post(to("offer_close", offer))
    client.post(to("offer_close", offer))
    offer.refresh_from_db()
    assert offer.status == "closed"
    used = make_slot(offer=make_offer(organisation=company))
    make_placement(slot=used)
    answer = client.post(to("offer_delete", used.offer), follow=True)
    assert "nicht löschen" in answer.content.decode()
    client.post(to("offer_delete", offer))
    assert list(Offer.objects.all()) == [used.offer]


def test_last_years_offer_in_a_new_programme(client: Client, company: Organisation) -> None:
    assert (
        "kein Programm"
        in client.get(
            to("offer_clone", make_offer(organisation=company, title="x"))
        ).content.decode()
    )
    programme = make_programme(region=company.region)
    old = make_slot(offer=make_offer(organisation=company, title="Alt"), capacity=4)
    wrong = client.post(to("offer_clone", old.offer), {"programme": "gibt es nicht"})
    assert wrong.status_code == 422
    way = client.post(to("offer_clone", old.offer), {"programme": programme.public_id})
    copy = Offer.objects.get(cloned_from=old.offer)
    assert way["Location"] == to("offer_review", copy)
    assert copy.slots.get().capacity == 4


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_three(
    client: Client, company: Organisation, rows: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(rows):
        make_slot(offer=make_offer(organisation=company))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get(to("company_offers"))


def test_the_neighbours_offer_does_not_exist(client: Client, company: Organisation) -> None:
    site = make_site()
    site.organisation.region = company.region
    site.organisation.save()
    neighbour = make_offer(organisation=site.organisation, title="Nachbarangebot")
    for name in ("offer_review", "offer_text", "offer_seats", "offer_place", "offer_delete"):
        assert client.get(to(name, neighbour)).status_code == 404
    assert client.post(to("offer_publish", neighbour)).status_code == 404
    assert "Nachbarangebot" not in client.get(to("company_offers")).content.decode()
    named = f"?betrieb={neighbour.organisation.public_id}&feld=holz"
    assert client.post(to("offer_new") + named, TEXT).status_code == 404


class TestCoordination:
    """The region's list: filters, figures, many at once, and offers put up for a company."""

    @pytest.fixture
    def office(self, company: Organisation, sign_in: SignIn) -> Client:
        return sign_in(make_membership(RoleCode.COORDINATOR, region=company.region).user)

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("", {"leer", "halb", "voll", "ohne"}),
            ("?plaetze=empty", {"leer"}),
            ("?plaetze=free", {"leer", "halb"}),
            ("?plaetze=full", {"voll"}),
            ("?plaetze=none", {"ohne"}),
            ("?stand=paused", {"ohne"}),
            ("?stand=nonsense&plaetze=%00", {"leer", "halb", "voll", "ohne"}),
            ("?feld=bau", {"voll"}),
            ("?q=b%C3%A4cker", {"halb"}),
            ("?page=1e30&sort=-seats", {"leer", "halb", "voll", "ohne"}),
        ],
    )
    def test_filters(
        self, office: Client, company: Organisation, query: str, titles: set[str]
    ) -> None:
        bau = make_field(code="bau", title="Bau", sentence="Häuser bauen.")
        common = {"organisation": company}
        make_slot(offer=make_offer(title="leer", **common), capacity=2)
        half = make_offer(title="halb", search_text="back", **common)
        make_slot(offer=half, capacity=2, taken=1)
        full = make_offer(title="voll", main_field=bau, **common)
        make_slot(offer=full, capacity=2, taken=2)
        make_offer(title="ohne", status="paused", **common)
        make_slot(offer=make_offer(title="fremd", region=make_region()))
        rows = office.get(to("offer_list") + query).context["table"].rows
        assert {row.name for row in rows} == titles

    def test_figures_and_programme(self, office: Client, company: Organisation) -> None:
        first, second = (make_programme(region=company.region) for _ in range(2))
        offer = make_offer(organisation=company)
        make_slot(offer=offer, programme=first, capacity=2, taken=1)
        make_slot(offer=offer, programme=second, capacity=5)
        make_offer(organisation=company, status="draft")
        figures = office.get(to("offer_list")).context["figures"]
        assert (figures.offers, figures.published, figures.seats, figures.taken) == (2, 1, 7, 1)
        only = office.get(to("offer_list") + f"?programm={first.public_id}").context["figures"]
        assert (only.offers, only.seats) == (1, 2)

    def test_many_at_once_keep_the_filters(self, office: Client, company: Organisation) -> None:
        mine, other = make_offer(organisation=company), make_offer()
        data = {
            "selected": [mine.public_id, other.public_id, "\x00"],
            "step": "pause",
            "back": to("offer_list") + "?stand=published",
        }
        way = office.post(to("offer_bulk"), data)
        assert way["Location"] == to("offer_list") + "?stand=published"
        mine.refresh_from_db()
        other.refresh_from_db()
        assert (mine.status, other.status) == ("paused", "published")
        away = office.post(to("offer_bulk"), data | {"back": "//boese.example/"})
        assert away["Location"] == to("offer_list")
        none = office.post(to("offer_bulk"), {"step": "explode"}, follow=True)
        assert "Wählen Sie zuerst" in none.content.decode()

    def test_an_offer_for_a_company(self, office: Client, company: Organisation) -> None:
        page = office.get(to("offer_new")).content.decode()
        assert company.name in page
        named = f"?betrieb={company.public_id}&feld=holz"
        office.post(to("offer_new") + named, TEXT)
        offer = Offer.objects.get()
        assert (offer.organisation, offer.contact_name) == (company, "Kim Beispiel")
        back = office.get(to("offer_review", offer)).context["back"]
        assert back == to("offer_list")
