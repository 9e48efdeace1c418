"""Companies come in, coordinators decide, and two people on one form do not overwrite each other."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.access.sign_in import sign_in_as
from tests.factories.network import make_membership, make_organisation, make_place, make_region
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core import clock
from werkpfad.region.network import tasks
from werkpfad.region.network.enums import LocatedBy, OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import Contact, Invitation, Organisation, Region, Site
from werkpfad.region.network.queries import likely_same
from werkpfad.region.network.rules import TRANSITIONS, Step, next_status
from werkpfad.region.network.web import limits
from werkpfad.region.notifications.actions import send_outbox

pytestmark = pytest.mark.django_db
COMPANY = {
    "name": "Malerei Möwe",
    "street": "Deich 1",
    "postal_code": "21680",
    "place_name": "Stade",
    "contact_name": "Kim Farbe",
    "email": "kim@example.org",
    "phone": "04141 1",
}


@pytest.fixture
def region() -> Region:
    return make_region(name="Landkreis Musterau")


@pytest.fixture
def coordinator(region: Region) -> Client:
    office = make_organisation(region=region, kind=OrganisationKind.OFFICE)
    return sign_in_as(Client(), make_membership(RoleCode.COORDINATOR, organisation=office).user)


def register(**overrides: str) -> str:
    response = Client().post("/registrieren/", COMPANY | overrides)
    return response["Location"] if response.status_code == 302 else response.content.decode()


def test_a_company_comes_in_from_form_to_release(region: Region, coordinator: Client) -> None:
    make_place()
    assert register() == "/registrieren/danke/"
    company = Organisation.objects.get(name="Malerei Möwe")
    assert (company.status, company.region) == (OrganisationStatus.REQUESTED, region)
    assert company.sites.get().located_by == LocatedBy.POSTAL_CODE
    send_outbox(at=clock.now())
    found = re.search(r"localhost:8000(/einladung/\S+)", mail.outbox[0].body)
    assert found
    owner = Client()
    owner.post(found[1], {"given_name": "Kim", "family_name": "Farbe"})
    page = f"/organisationen/{company.public_id}/"
    assert "Die Koordination schaut noch" in owner.get(page).content.decode()
    assert owner.post(f"{page}stand/", {"step": "release"}).status_code == 403
    send_outbox(at=clock.now())
    assert "wartet auf Freigabe" in mail.outbox[-1].subject
    assert "Freigeben" in coordinator.get(page).content.decode()
    coordinator.post(f"{page}stand/", {"step": "release"})
    company.refresh_from_db()
    assert company.status == OrganisationStatus.ACTIVE
    send_outbox(at=clock.now())
    assert mail.outbox[-1].to == ["kim@example.org"]
    coordinator.post(f"{page}stand/", {"step": "release"})
    assert send_outbox(at=clock.now()) == (0, 0), "released once, told once"


def test_known_addresses_are_answered_like_new_ones(region: Region) -> None:
    known = make_membership(RoleCode.TEACHER, region=region).user
    assert register(email=known.email) == register(email="neu@example.org")


def test_programs_that_fill_in_everything_leave_nothing(region: Region) -> None:
    assert register(homepage="x") == "/registrieren/danke/"
    assert not Organisation.objects.filter(name="Malerei Möwe").exists()


def test_one_address_registers_three_times_a_day_and_is_not_told(region: Region) -> None:
    for number in range(limits.REGISTRATIONS_PER_ADDRESS.count + 2):
        assert register(name=f"Betrieb {number}") == "/registrieren/danke/"
    assert Invitation.objects.count() == limits.REGISTRATIONS_PER_ADDRESS.count


@pytest.mark.parametrize(
    ("field", "value"),
    [("postal_code", "2168"), ("email", "kein-at"), ("name", ""), ("name", "x" * 201)],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    region: Region, field: str, value: str
) -> None:
    page = register(**{field: value})
    assert "kern-form-input__input--error" in page
    assert "Kim Farbe" in page


def test_unconfirmed_registrations_are_forgotten_and_confirmed_ones_stay(region: Region) -> None:
    register()
    confirmed = make_organisation(region=region, status=OrganisationStatus.REQUESTED)
    make_membership(RoleCode.COMPANY_MANAGER, organisation=confirmed)
    later = clock.now() + timedelta(days=15)
    tasks.tidy(at=clock.now() + timedelta(days=13))
    assert Organisation.objects.filter(name="Malerei Möwe").exists()
    tasks.tidy(at=later)
    assert not Organisation.objects.filter(name="Malerei Möwe").exists()
    assert not Contact.objects.filter(name="Kim Farbe").exists()
    assert Organisation.objects.filter(pk=confirmed.pk).exists()


def test_a_company_that_may_be_there_already_is_shown(coordinator: Client, region: Region) -> None:
    there = make_organisation(region=region, name="MALEREI MOEWE")
    register()
    new = Organisation.objects.get(name="Malerei Möwe")
    assert list(likely_same(new)) == [there]
    page = coordinator.get(f"/organisationen/{new.public_id}/").content.decode()
    assert "Vielleicht gibt es das schon" in page
    assert there.public_id in page


def test_the_list_is_searched_and_filtered(coordinator: Client, region: Region) -> None:
    make_organisation(region=region, name="Bäckerei Ähre")
    make_organisation(region=region, name="Autohaus", status=OrganisationStatus.PAUSED)
    make_organisation(name="Fremde Bäckerei")
    found = coordinator.get("/organisationen/", {"q": "baeckerei"}).content.decode()
    assert "Bäckerei Ähre" in found
    assert "Autohaus" not in found
    assert "Fremde" not in found
    paused = coordinator.get("/organisationen/", {"status": "paused"}).content.decode()
    assert "Autohaus" in paused
    assert "Ähre" not in paused
    assert (
        coordinator.get(
            "/organisationen/", {"q": "\x00", "kind": "x", "page": "9" * 30}
        ).status_code
        == 200
    )


def test_blocking_needs_a_reason_and_ends_access(coordinator: Client, region: Region) -> None:
    company = make_organisation(region=region)
    owner = sign_in_as(
        Client(), make_membership(RoleCode.COMPANY_MANAGER, organisation=company).user
    )
    path = f"/organisationen/{company.public_id}/"
    assert owner.get(path).status_code == 200
    assert coordinator.post(f"{path}sperren/", {"reason": ""}).status_code == 200
    coordinator.post(f"{path}sperren/", {"reason": "Kein Schutz vor Lärm"})
    assert owner.get(path).status_code in (403, 404)
    assert "Kein Schutz vor Lärm" in coordinator.get(path).content.decode()
    coordinator.post(f"{path}stand/", {"step": "unblock"})
    assert owner.get(path).status_code == 200


def test_two_people_on_one_profile_see_each_other(coordinator: Client, region: Region) -> None:
    company = make_organisation(region=region, name="Alt")
    path = f"/organisationen/{company.public_id}/bearbeiten/"
    first = {"name": "Von der ersten", "description": "", "website": "", "version": 1}
    assert coordinator.post(path, first).status_code == 302
    clash = coordinator.post(path, first | {"name": "Von der zweiten"})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Von der ersten" in page
    assert "Von der zweiten" in page
    company.refresh_from_db()
    assert company.name == "Von der ersten"
    again = re.search(r'name="version" value="(\d+)"', page)
    assert again
    coordinator.post(path, first | {"name": "Von der zweiten", "version": again[1]})
    company.refresh_from_db()
    assert company.name == "Von der zweiten"


def test_sites_are_placed_by_postal_code_and_only_one_is_the_main_one(
    coordinator: Client, region: Region
) -> None:
    make_place(postal_code="21614", name="Buxtehude", lat=53.47, lon=9.69)
    company = make_organisation(region=region)
    path = f"/organisationen/{company.public_id}/standorte/"
    data = {
        "name": "",
        "street": "Weg 1",
        "postal_code": "21614",
        "place_name": "Buxtehude",
        "make_main": "on",
    }
    coordinator.post(f"{path}neu/", data)
    coordinator.post(
        f"{path}neu/", data | {"street": "Weg 2", "postal_code": "00000", "place_name": "Nirgends"}
    )
    placed, lost = Site.objects.filter(organisation=company).order_by("pk")
    assert (placed.lat, placed.lon, placed.is_main) == (53.47, 9.69, False)
    assert (lost.lat, lost.located_by, lost.is_main) == (None, LocatedBy.NOTHING, True)
    coordinator.post(f"{path}{lost.public_id}/entfernen/")
    assert Site.objects.filter(pk=lost.pk).exists(), "the main site stays"
    coordinator.post(f"{path}{placed.public_id}/entfernen/")
    assert not Site.objects.filter(pk=placed.pk).exists()


def test_a_contact_is_private_unless_it_agreed(coordinator: Client, region: Region) -> None:
    company = make_organisation(region=region)
    path = f"/organisationen/{company.public_id}/kontakte/neu/"
    coordinator.post(path, {"name": "<i>Kim</i>", "phone": "1"})
    contact = Contact.objects.get(organisation=company)
    assert not contact.is_public
    page = coordinator.get(f"/organisationen/{company.public_id}/").content.decode()
    assert "&lt;i&gt;Kim" in page


def test_the_regions_colour_is_served_and_cannot_carry_anything_else(
    coordinator: Client, region: Region
) -> None:
    page = coordinator.get("/region/").content.decode()
    data = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', page))
    coordinator.post("/region/", data | {"accent_hue": "200", "insurance_text": "GUV"})
    assert coordinator.get("/branding.css").content == b":root { --wp-accent-h: 200; }\n"
    bad = coordinator.post(
        "/region/", data | {"accent_hue": "1; } body { color: red", "version": "2"}
    )
    assert bad.status_code == 200
    region.refresh_from_db()
    assert (region.accent_hue, region.insurance_text) == (200, "GUV")


@pytest.mark.parametrize("status", OrganisationStatus.values)
@pytest.mark.parametrize("step", list(Step))
def test_each_step_leads_where_the_table_says_or_nowhere(status: str, step: Step) -> None:
    expected = TRANSITIONS.get((OrganisationStatus(status), step))
    assert next_status(status, step) == expected
    assert expected != status
