"""Schools by hand: entered, corrected, known to the import afterwards, and never overwritten by accident."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.sign_in import sign_in_as
from tests.exchange.files import csv
from tests.factories.network import make_membership, make_place, make_region, make_site
from tests.factories.schools import make_school
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actor import COMMAND
from werkpfad.base.core.models import AuditEvent
from werkpfad.region.network.models import Region
from werkpfad.region.schools.models import School
from werkpfad.region.schools.rules import by_weight, main_form_of, school_key
from werkpfad.surface.exchange.actions import stage_file
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.stores import ImportScope

pytestmark = pytest.mark.django_db
TYPED = {
    "number": "5903",
    "name": "Oberschule Am Deich",
    "forms": ["hauptschule", "oberschule"],
    "street": "Deichweg 4",
    "postal_code": "21680",
    "place_name": "Stade",
    "social_index": "6",
    "website": "https://example.org",
}


@pytest.fixture
def region() -> Region:
    make_place()
    return make_region(state="NI")


@pytest.fixture
def coordinator(client: Client, region: Region) -> Client:
    return sign_in_as(client, make_membership(RoleCode.COORDINATOR, region=region).user)


def test_a_school_is_entered_and_somebody_invited_next(coordinator: Client, region: Region) -> None:
    answer = coordinator.post(reverse("schools:school_new"), TYPED)
    school = School.objects.get()
    organisation = school.organisation
    assert answer["Location"] == reverse("network:invite", args=[organisation.public_id])
    assert (organisation.external_key, organisation.region) == ("NI-05903", region)
    assert (school.main_form, school.forms) == ("oberschule", ["oberschule", "hauptschule"])
    assert (school.social_index, organisation.sites.get().lat) == (6, 53.6)
    assert AuditEvent.objects.filter(event="school.created").count() == 1


def test_what_is_wrong_is_said_and_what_was_typed_stays(coordinator: Client) -> None:
    wrong = TYPED | {"number": "?", "forms": [], "postal_code": "2168"}
    answer = coordinator.post(reverse("schools:school_new"), wrong)
    text = answer.content.decode()
    assert (answer.status_code, School.objects.count()) == (422, 0)
    for part in ("Erlaubt sind Ziffern", "mindestens eine Schulform", "fünf Ziffern", "Deichweg 4"):
        assert part in text


def test_a_number_exists_once_however_it_is_written(coordinator: Client) -> None:
    for number in ("5903", "05903", "NI-05903"):
        answer = coordinator.post(reverse("schools:school_new"), TYPED | {"number": number})
    assert answer.status_code == 422
    assert "hat schon „Oberschule Am Deich“" in answer.content.decode()
    assert School.objects.count() == 1


def test_an_import_knows_the_school_again(coordinator: Client, region: Region, now: Any) -> None:
    coordinator.post(reverse("schools:school_new"), TYPED)
    batch = stage_file(
        kind=Kind.SCHOOLS,
        data=csv(
            "Schulnummer;Name;Schulform;Straße;PLZ;Ort",
            "5903;Oberschule Am Deich;Oberschule;Deichweg 4;21680;Stade",
        ),
        name="a.csv",
        scope=ImportScope(today=now.date(), school_year=2026, region=region),
        by=COMMAND,
        at=now,
    )
    assert (batch.created, batch.errors) == (0, 0)


@pytest.fixture
def school(region: Region) -> School:
    school = make_school(region=region)
    make_site(organisation=school.organisation, street="Alt 1", place_name="Stade")
    return school


def _opened(client: Client, school: School) -> tuple[str, dict[str, Any]]:
    url = reverse("schools:school_edit", args=[school.public_id])
    form = client.get(url).context["form"]
    return url, {name: form[name].value() or "" for name in form.fields}


def test_a_school_is_corrected(coordinator: Client, school: School) -> None:
    url, shown = _opened(coordinator, school)
    answer = coordinator.post(url, shown | TYPED)
    assert answer["Location"] == reverse(
        "network:organisation", args=[school.organisation.public_id]
    )
    school.refresh_from_db()
    assert (school.organisation.name, school.organisation.name_key) == (
        "Oberschule Am Deich",
        "oberschuleamdeich",
    )
    assert (school.social_index, school.organisation.sites.get().street) == (6, "Deichweg 4")


def test_clearing_the_index_makes_it_unknown(coordinator: Client, school: School) -> None:
    School.objects.update(social_index=4)
    url, shown = _opened(coordinator, school)
    coordinator.post(url, shown | {"social_index": ""})
    school.refresh_from_db()
    assert school.social_index is None


@pytest.mark.parametrize("other", [{"name": "Anders"}, {"social_index": "2"}, {"street": "Neu 9"}])
def test_two_editors_see_each_other(
    coordinator: Client, school: School, other: dict[str, str]
) -> None:
    url, first = _opened(coordinator, school)
    _, second = _opened(coordinator, school)
    coordinator.post(url, first | other)
    answer = coordinator.post(url, second | {"website": "https://meine.example"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert next(iter(other.values())) in text
    assert "https://meine.example" in text
    school.organisation.refresh_from_db()
    assert school.organisation.website == ""
    again = {
        name: answer.context["form"][name].value() or "" for name in answer.context["form"].fields
    }
    assert coordinator.post(url, again).status_code == 302


def test_an_edited_address_counts_as_an_edit(coordinator: Client, school: School) -> None:
    site = school.organisation.sites.get()
    url, shown = _opened(coordinator, school)
    coordinator.post(
        reverse("network:site", args=[school.organisation.public_id, site.public_id]),
        {"street": "Neu 9", "postal_code": "21680", "place_name": "Stade"},
    )
    assert coordinator.post(url, shown).status_code == 409


@pytest.mark.parametrize(
    ("number", "state", "key"),
    [
        ("5903", "NI", "NI-05903"),
        ("NI-5903", "NI", "NI-05903"),
        ("27", "HB", "HB-027"),
        ("A12/3", "", "A12/3"),
        ("by 0123", "NI", "BY-0123"),
    ],
)
def test_numbers_are_written_alike(number: str, state: str, key: str) -> None:
    assert school_key(number, state) == key


def test_the_heaviest_form_names_the_school() -> None:
    assert by_weight(["hauptschule", "gymnasium"]) == ["gymnasium", "hauptschule"]
    assert main_form_of([]) == "andere"
