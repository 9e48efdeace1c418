"""List, map and files of the network say the same, in the visitor's region, without anybody's private data."""

import csv
import io
import json
import re
from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.atlas import item, make_entry
from tests.factories.internships import make_field, make_offer, make_programme, make_slot
from tests.factories.network import (
    make_contact,
    make_membership,
    make_organisation,
    make_place,
    make_region,
    make_site,
)
from tests.factories.schools import make_school
from tests.factories.signed_in import client_of, coordinator_of
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.atlas.enums import Direction, ItemKind
from werkpfad.region.atlas.rules import Item
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation, Region

pytestmark = pytest.mark.django_db
FROZEN = time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)


@pytest.fixture
def region() -> Region:
    return make_region(slug="eigen")


def member(
    region: Region, name: str, *items: Item, at: tuple[float, float] = (53.6, 9.47), **kw: object
) -> Organisation:
    organisation = make_organisation(region=region, name=name, **kw)
    make_site(organisation=organisation, lat=at[0], lon=at[1])
    make_entry(organisation, *items)
    return organisation


def listed(path: str, client: Client | None = None) -> list[str]:
    page = (client or Client()).get(path).content.decode()
    return re.findall(r'wp-card__title"><a [^>]*>([^<]+)</a>', page)


def test_each_filter_finds_its_own(region: Region) -> None:
    make_field(code="metall", title="Metall")
    make_field(code="holz", title="Holz")
    member(region, "A Schlosserei", item(fields=("metall",), text="Schweißen zeigen"))
    member(
        region, "B Tischlerei", item(fields=("holz",), kind=ItemKind.WORKSHOP, forms=("gymnasium",))
    )
    member(region, "C Kammer", item(direction=Direction.NEED, kind=ItemKind.EVENT), kind="chamber")
    assert listed("/netzwerk/") == ["A Schlosserei", "B Tischlerei", "C Kammer"]
    assert listed("/netzwerk/?q=schwei") == ["A Schlosserei"]
    assert listed("/netzwerk/?feld=holz&richtung=offer") == ["B Tischlerei"]
    assert listed("/netzwerk/?was=event") == ["C Kammer"]
    assert listed("/netzwerk/?art=chamber") == ["C Kammer"]
    assert listed("/netzwerk/?richtung=need") == ["C Kammer"]
    assert listed("/netzwerk/?form=gymnasium") == ["B Tischlerei"]
    assert listed("/netzwerk/?form=gymnasium&was=visit") == ["A Schlosserei"]
    assert listed("/netzwerk/?was=visit&richtung=need") == []


def test_all_that_is_asked_of_an_item_must_hold_for_one_item(region: Region) -> None:
    member(
        region,
        "A",
        item(kind=ItemKind.VISIT),
        item(kind=ItemKind.EVENT, direction=Direction.NEED),
    )
    assert listed("/netzwerk/?was=event&richtung=offer") == []
    assert listed("/netzwerk/?was=event&richtung=need") == ["A"]


def test_a_radius_around_a_place_a_postal_code_or_a_school(region: Region) -> None:
    make_place(name="Stade", postal_code="21680", lat=53.6, lon=9.47)
    member(region, "Nah", at=(53.61, 9.48))
    member(region, "Weiter", at=(53.7, 9.6))
    member(region, "Fern", at=(52.0, 9.0))
    school = make_school(
        organisation=make_organisation(
            region=region, kind=OrganisationKind.SCHOOL, name="Gymnasium Elbblick"
        )
    )
    make_site(organisation=school.organisation, lat=53.7, lon=9.6)
    assert listed("/netzwerk/?ort=Stade") == ["Nah", "Weiter"]
    assert listed("/netzwerk/?ort=21680&umkreis=5") == ["Nah"]
    assert listed("/netzwerk/?ort=Elbblick&umkreis=5") == ["Weiter"]
    unknown = Client().get("/netzwerk/?ort=Nirgendwo").content.decode()
    assert "Diesen Ort kennen wir nicht" in unknown


def test_the_map_has_the_same_members_as_the_list(region: Region) -> None:
    for number in range(5):
        member(region, f"Betrieb {number}", at=(53.2 + number / 5, 9.0 + number / 2))
    everywhere = make_organisation(region=region, name="Ohne Adresse")
    make_entry(everywhere)
    page = Client().get("/netzwerk/").content.decode()
    assert listed("/netzwerk/") == [f"Betrieb {n}" for n in range(5)] + ["Ohne Adresse"]
    marks = re.findall(r'wp-netmap__mark[^>]* aria-label="([^"]+)"', page)
    assert sorted(marks) == [f"Betrieb {n}, Betrieb" for n in range(5)]
    assert "Ein Mitglied ohne Adresse steht nur in der Liste." in page


def test_a_cluster_says_who_is_inside_and_leads_closer(region: Region) -> None:
    for number in range(6):
        member(region, f"Betrieb {number}", at=(53.6, 9.47 + number / 10_000))
    page = Client().get("/netzwerk/?mitte=53.6,9.47&zoom=3&q=betrieb").content.decode()
    found = re.search(r'wp-netmap__mark--many" href="([^"]+)" aria-label="([^"]+)"', page)
    assert found is not None
    assert found[2] == "6 Einträge: Betrieb 0, Betrieb 1, Betrieb 2 und 3 weitere. Näher heran"
    closer = found[1].replace("&amp;", "&")
    assert "q=betrieb" in closer
    page = Client().get(f"/netzwerk/{closer}").content.decode()
    assert len(re.findall(r"wp-netmap__mark--company", page)) == 6


def test_the_fragment_is_the_map_of_the_page(region: Region) -> None:
    member(region, "A")
    page = Client().get("/netzwerk/?zoom=3&mitte=53.6,9.4").content.decode()
    headers = {"HX-Request": "true", "HX-Target": "map"}
    part = Client().get("/netzwerk/?zoom=3&mitte=53.6,9.4", headers=headers).content.decode()
    assert part.startswith("<figure")
    assert part.strip() in page


def test_members_see_their_region_and_visitors_the_one_in_the_address(region: Region) -> None:
    other = make_region(slug="andere")
    member(region, "Hier")
    member(other, "Dort")
    assert listed("/netzwerk/") == ["Dort", "Hier"]
    assert listed("/netzwerk/?region=andere") == ["Dort"]
    assert listed("/netzwerk/?region=andere", coordinator_of(region)) == ["Hier"]


@FROZEN
def test_free_places_now(region: Region) -> None:
    full, free = member(region, "Voll"), member(region, "Frei")
    programme = make_programme(
        region=region, first_day=date(2027, 2, 1), last_day=date(2027, 2, 12)
    )
    for organisation, taken in ((full, 2), (free, 1)):
        offer = make_offer(organisation=organisation)
        make_slot(offer=offer, programme=programme, capacity=2, taken=taken)
    assert listed("/netzwerk/?frei=on") == ["Frei"]
    assert listed("/netzwerk/") == ["Frei", "Voll"]


def test_files_hold_what_the_list_holds_and_nobody_without_consent(region: Region) -> None:
    company = member(region, "A Betrieb", item(text="=2+3", direction=Direction.OFFER))
    member(region, "B Betrieb")
    make_contact(organisation=company, name="Maja Offen", function="Leitung", is_public=True)
    make_contact(
        organisation=company, name="Nils Privat", email="nils@example.org", phone="0414100"
    )
    data = json.loads(Client().get("/netzwerk/eintraege.geojson?q=A").content)
    one = next(f for f in data["features"] if f["properties"]["name"] == "A Betrieb")
    assert one["geometry"] == {"type": "Point", "coordinates": [9.47, 53.6]}
    assert one["properties"]["contacts"] == [{"name": "Maja Offen", "function": "Leitung"}]
    text = Client().get("/netzwerk/eintraege.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["A Betrieb", "B Betrieb"]
    assert "Maja Offen (Leitung)" in rows[1]
    for private in ("Nils", "nils@", "0414100"):
        assert private not in text
        assert private not in json.dumps(data)


def test_only_sites_the_region_named_may_frame_the_map(region: Region) -> None:
    member(region, "A")
    path = "/netzwerk/einbetten/eigen/?farbton=145"
    assert "frame-ancestors 'none'" in Client().get(path)["Content-Security-Policy"]
    Region.objects.update(embed_hosts="https://www.landkreis.example\nhttps://stadt.example")
    answer = Client().get(path)
    assert (
        "frame-ancestors https://www.landkreis.example https://stadt.example"
        in answer["Content-Security-Policy"]
    )
    assert "X-Frame-Options" not in answer
    assert (
        "--wp-accent-h: 145"
        in Client().get("/netzwerk/einbetten/eigen/farbe.css?farbton=145").content.decode()
    )
    assert Client().get("/netzwerk/einbetten/eigen/farbe.css?farbton=9999}").content == b""
    assert "frame-ancestors 'none'" in Client().get("/netzwerk/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    "typed", ["http://unsicher.example", "https://a.example; script-src *", "javascript:x", "*"]
)
def test_only_addresses_of_sites_get_into_the_header(region: Region, typed: str) -> None:
    office = coordinator_of(region)
    values = {
        "company_answer_days": 5,
        "pupil_answer_days": 3,
        "school_answer_days": 5,
        "max_distance_km": 25,
        "min_group_size": 5,
        "version": 1,
    }
    answer = office.post("/region/", values | {"embed_hosts": typed})
    assert "keine Adresse, wie wir sie brauchen" in answer.content.decode()
    assert (
        office.post("/region/", values | {"embed_hosts": "https://gut.example/"}).status_code == 302
    )
    region.refresh_from_db()
    assert region.embed_hosts == "https://gut.example"


def test_broken_filters_are_ignored(region: Region) -> None:
    member(region, "A")
    for query in ("umkreis=x", "feld=nope", "zoom=99&mitte=a", "page=999", "was=%00", "region=%27"):
        assert Client().get(f"/netzwerk/?{query}").status_code == 200


def test_the_page_costs_the_same_with_one_and_three(region: Region) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get("/netzwerk/").status_code == 200
        return len(queries)

    member(region, "A")
    one = cost()
    member(region, "B", item(), item())
    member(region, "C")
    assert cost() == one


def test_a_member_is_led_to_its_own_entry_and_surroundings(region: Region, now: datetime) -> None:
    company = member(region, "Wir")
    make_place(postal_code="21680", name="Stade")
    client = client_of(make_membership(RoleCode.COMPANY_MANAGER, organisation=company).user)
    page = client.get("/netzwerk/").content.decode()
    assert "Unser Eintrag" in page
    assert "?ort=21680+Stade" in page
    assert (
        client.get("/netzwerk/mein-eintrag/")["Location"]
        == f"/netzwerk/eintrag/{company.public_id}/"
    )
