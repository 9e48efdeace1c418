"""The sum sheet of a week: made of certified days, checkable, and void as soon as one of its days is."""

import io
from datetime import date, datetime, time

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from tests.factories.internships import make_offer, make_slot, make_week
from tests.factories.network import make_membership
from tests.factories.signed_in import client_of
from tests.placements.world import ANYBODY, Scene, make_scene
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import NotAttestable
from werkpfad.journey.placements.enums import Presence
from werkpfad.journey.placements.models import Attendance, DaysCertificate, Placement

pytestmark = pytest.mark.django_db
AFTERWARDS = datetime.fromisoformat("2027-03-29T09:00:00+02:00")


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def week(scene: Scene) -> Programme:
    return make_week(region=scene.region, schools=[scene.school])


def day(scene: Scene, week: Programme, number: int, *, times: bool = True) -> Placement:
    """A day that took place and is certified."""
    offer = make_offer(
        region=scene.region,
        starts_at=time(8) if times else None,
        ends_at=time(14, 30) if times else None,
    )
    slot = make_slot(offer=offer, programme=week, first_day=date(2027, 3, number))
    placement = scene.placement(slot=slot, state="completed", confirmed_at=AFTERWARDS)
    Attendance.objects.create(
        placement=placement,
        day=slot.first_day,
        presence=Presence.PRESENT,
        recorded_at=AFTERWARDS,
        channel="portal",
    )
    actions.issue_certificate(placement=placement, by=ANYBODY, at=AFTERWARDS)
    return placement


def issue(scene: Scene, week: Programme) -> DaysCertificate:
    return actions.issue_days_certificate(
        pupil=scene.pupil, programme=week, by=ANYBODY, at=AFTERWARDS
    )


def test_it_lists_the_certified_days(scene: Scene, week: Programme) -> None:
    days = [day(scene, week, number) for number in (23, 22)]
    sheet = issue(scene, week)
    found = [(row["day"], row["company"], row["hours"]) for row in sheet.content["days"]]
    companies = [d.slot.offer.organisation.name for d in days]
    assert found == [("2027-03-22", companies[1], 6), ("2027-03-23", companies[0], 6)]


def test_a_repeat_gives_the_same_sheet_and_a_new_day_a_new_one(
    scene: Scene, week: Programme
) -> None:
    day(scene, week, 22)
    first = issue(scene, week)
    assert issue(scene, week) == first
    day(scene, week, 23)
    second = issue(scene, week)
    assert (second.code != first.code, len(second.content["days"])) == (True, 2)


def test_without_a_certified_day_there_is_none(scene: Scene, week: Programme) -> None:
    with pytest.raises(NotAttestable):
        issue(scene, week)


def test_the_pupil_makes_and_prints_it(scene: Scene, week: Programme) -> None:
    placement = day(scene, week, 22)
    day(scene, week, 23, times=False)
    with time_machine.travel(AFTERWARDS, tick=False):
        pupil = client_of(scene.pupil.user)
        mine = pupil.get("/praktikum/").content.decode()
        address = f"/praktika/{placement.public_id}/sammelbescheinigung/"
        asked = pupil.get(address)
        pdf = pupil.post(address, follow=True)
    assert "Alle Tage auf einem Blatt" in mine
    assert asked.status_code == 200
    assert pdf["Content-Type"] == "application/pdf"
    text = " ".join(PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().split())
    assert "an 2 Tagen 2 Betriebe" in text
    assert "zusammen" not in text
    assert scene.pupil.family_name in text


def test_the_office_and_the_company_get_none(scene: Scene, week: Programme) -> None:
    """Names of all companies and the pupil stand on it: nobody's business but the family's and the school's."""
    placement = day(scene, week, 22)
    issue(scene, week)
    manager = make_membership(
        RoleCode.COMPANY_MANAGER, organisation=placement.slot.offer.organisation
    ).user
    office = make_membership(RoleCode.COORDINATOR, region=scene.region).user
    address = f"/praktika/{placement.public_id}/sammelbescheinigung.pdf"
    with time_machine.travel(AFTERWARDS, tick=False):
        assert [client_of(user).get(address).status_code for user in (manager, office)] == [
            403,
            403,
        ]
        assert client_of(scene.teacher).get(address).status_code == 200


def test_anybody_can_check_it_until_a_day_is_revoked(scene: Scene, week: Programme) -> None:
    placement = day(scene, week, 22)
    day(scene, week, 23)
    sheet = issue(scene, week)
    valid = Client().get(f"/pruefen/{sheet.code}/").content.decode()
    actions.revoke_certificate(certificate=placement.certificate, by=ANYBODY, at=AFTERWARDS)
    outdated = Client().get(f"/pruefen/{sheet.code}/").content.decode()
    DaysCertificate.objects.update(content=sheet.content | {"family_name": "Anders"})
    altered = Client().get(f"/pruefen/{sheet.code}/").content.decode()
    assert "Diese Bescheinigung ist echt" in valid
    assert scene.pupil.family_name not in valid
    assert "gilt nicht mehr ganz" in outdated
    assert "können wir nicht bestätigen" in altered
