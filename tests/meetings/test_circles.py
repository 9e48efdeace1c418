"""Networks: one contact base, own members, nobody twice."""

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.meetings import make_circle, make_member, make_participant
from tests.factories.network import make_contact, make_organisation, make_region
from tests.factories.signed_in import coordinator_of
from werkpfad.base.core.models import AuditEvent
from werkpfad.region.meetings.models import Circle, CircleMember, Participant
from werkpfad.region.meetings.rules import people_from
from werkpfad.region.network.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def office(region: Region) -> Client:
    return coordinator_of(region)


@pytest.mark.parametrize(
    ("line", "name", "email", "organisation"),
    [
        ("Kim Muster; kim@firma.de; Firma GmbH", "Kim Muster", "kim@firma.de", "Firma GmbH"),
        ("Kim Muster <KIM@Firma.de>", "Kim Muster", "kim@firma.de", ""),
        ('"Kim Muster" <kim@firma.de>,', "Kim Muster", "kim@firma.de", ""),
        ("kim@firma.de", "kim", "kim@firma.de", ""),
        ("Kim\tkim@firma.de\tFirma", "Kim", "kim@firma.de", "Firma"),
        ("kim@firma.de, Kim Muster, Firma", "Kim Muster", "kim@firma.de", "Firma"),
    ],
)
def test_lines_are_read_as_people_write_them(
    line: str, name: str, email: str, organisation: str
) -> None:
    person = people_from(line).people[0]
    assert (person.name, person.email, person.organisation) == (name, email, organisation)


def test_lines_without_address_are_named_and_doubles_fall_together() -> None:
    read = people_from("A; a@b.de\n\nnur ein Name\nNochmal A; A@b.de")
    assert [person.email for person in read.people] == ["a@b.de"]
    assert read.wrong_lines == (3,)


def test_the_office_founds_a_circle_and_takes_people_in(office: Client, region: Region) -> None:
    firm = make_organisation(region=region, name="Tischlerei Süd")
    made = office.post("/netzwerke/neu/", {"name": "Netzwerk Süd", "version": "1"})
    circle = Circle.objects.get()
    assert made["Location"] == f"/netzwerke/{circle.public_id}/mitglieder/"
    office.post(
        made["Location"], {"people": "Kim; kim@sued.de; Tischlerei Süd\nAda; ada@example.org; VHS"}
    )
    people = {p.email: p for p in Participant.objects.all()}
    assert people["kim@sued.de"].organisation == firm
    assert people["ada@example.org"].comes_from == "VHS"
    assert circle.members.count() == 2
    event = AuditEvent.objects.get(event="circle.members_added")
    assert event.facts == {"count": 2}


def test_a_person_in_two_circles_is_one_contact(office: Client, region: Region) -> None:
    first, second = make_circle(region=region), make_circle(region=region)
    for circle in (first, second, second):
        office.post(f"/netzwerke/{circle.public_id}/mitglieder/", {"people": "Kim; kim@sued.de"})
    assert Participant.objects.count() == 1
    assert CircleMember.objects.count() == 2
    member = first.members.get()
    office.post(
        f"/netzwerk-mitglieder/{member.public_id}/",
        {"name": "Kim Neu", "organisation_name": "", "version": "1"},
    )
    assert second.members.get().participant.name == "Kim Neu"


def test_the_same_address_in_two_regions_is_two_contacts(office: Client, region: Region) -> None:
    make_participant(email="kim@sued.de", name="Fremd")
    circle = make_circle(region=region)
    office.post(f"/netzwerke/{circle.public_id}/mitglieder/", {"people": "Kim; kim@sued.de"})
    assert circle.members.get().participant.name == "Kim"


def test_contacts_of_organisations_are_taken_over_by_ticking(
    office: Client, region: Region
) -> None:
    circle = make_circle(region=region)
    firm = make_organisation(region=region, name="Metallbau")
    chosen = make_contact(organisation=firm, name="Mia", email="mia@example.org")
    make_contact(organisation=firm, name="Ohne Mail")
    foreign = make_contact(name="Fremd", email="fremd@example.org")
    path = f"/netzwerke/{circle.public_id}/mitglieder/ansprechpersonen/"
    page = office.get(path + "?q=metall").content.decode()
    assert "Mia" in page
    assert "Ohne Mail" not in page
    office.post(path, {"selected": [chosen.public_id, foreign.public_id]})
    assert [m.participant.email for m in circle.members.all()] == ["mia@example.org"]
    assert "Mia" not in office.get(path).content.decode()


def test_a_line_without_address_keeps_what_was_typed(office: Client, region: Region) -> None:
    circle = make_circle(region=region)
    typed = {"people": "Kim; kim@sued.de\nnur ein Name"}
    page = office.post(f"/netzwerke/{circle.public_id}/mitglieder/", typed).content.decode()
    assert "keine Mail-Adresse: 2." in page
    assert "nur ein Name" in page
    assert not Participant.objects.exists()


def test_names_are_free_once_per_region(office: Client, region: Region) -> None:
    make_circle(region=region, name="Süd")
    make_circle(name="Nord")
    page = office.post("/netzwerke/neu/", {"name": "Süd", "version": "1"}).content.decode()
    assert "gibt es schon" in page
    assert office.post("/netzwerke/neu/", {"name": "Nord", "version": "1"}).status_code == 302


def test_two_colleagues_see_each_other(office: Client, region: Region) -> None:
    circle = make_circle(region=region)
    path = f"/netzwerke/{circle.public_id}/bearbeiten/"
    office.post(path, {"name": "Von der ersten", "version": "1"})
    clash = office.post(path, {"name": "Von der zweiten", "version": "1"})
    assert clash.status_code == 409
    assert "Von der ersten" in clash.content.decode()


def test_who_leaves_is_no_longer_in_the_list(office: Client, region: Region) -> None:
    member = make_member(circle=make_circle(region=region))
    path = f"/netzwerk-mitglieder/{member.public_id}/entfernen/"
    assert "nicht mehr eingeladen" in office.get(path).content.decode()
    office.post(path)
    assert not CircleMember.objects.exists()
    assert Participant.objects.count() == 1


def test_the_database_keeps_an_address_once_per_region() -> None:
    person = make_participant()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_participant(region=person.region, email=person.email)


@time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)
def test_the_list_costs_the_same_with_one_and_three(office: Client, region: Region) -> None:
    circle = make_circle(region=region)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(f"/netzwerke/{circle.public_id}/mitglieder/").status_code == 200
        return len(queries)

    make_member(circle=circle)
    cost()  # the first request of a session also notes the sign-in
    one = cost()
    make_member(circle=circle)
    make_member(circle=circle)
    assert cost() == one
