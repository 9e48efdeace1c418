"""Announcements are read by whom they are for, while they hold, and by nobody else."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.network import make_membership, make_organisation, make_region
from tests.factories.notifications import make_announcement
from tests.factories.signed_in import client_of, coordinator_of
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core import clock
from werkpfad.base.core.models import AuditEvent
from werkpfad.region.network.models import Region
from werkpfad.region.notifications.enums import Audience
from werkpfad.region.notifications.models import Announcement
from werkpfad.region.notifications.queries import announcements_for
from werkpfad.region.notifications.rules import audiences_of
from werkpfad.region.notifications.tasks import tidy

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
TYPED = {
    "audience": "schools",
    "title": "Servicestelle geschlossen",
    "text": "Vom 23. bis 27. November ist niemand da.",
    "first_day": "2026-11-20",
    "last_day": "2026-11-27",
    "version": "1",
}


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def office(region: Region) -> Client:
    return coordinator_of(region)


def titles_for(role: RoleCode, region: Region, today: date = TODAY) -> set[str]:
    membership = make_membership(role, organisation=make_organisation(region=region))
    return {row.title for row in announcements_for(membership, today=today)}


@pytest.mark.parametrize("role", list(RoleCode))
def test_everybody_is_meant_by_everybody_and_by_one_group_at_most(role: RoleCode) -> None:
    meant = audiences_of(role)
    assert Audience.EVERYBODY in meant
    assert len(meant) <= 2


def test_each_reads_what_is_for_them(region: Region) -> None:
    for audience in Audience:
        make_announcement(region=region, audience=audience, title=audience.value)
    make_announcement(title="other region")
    assert titles_for(RoleCode.PUPIL, region) == {"everybody", "pupils"}
    assert titles_for(RoleCode.GUARDIAN, region) == {"everybody", "pupils"}
    assert titles_for(RoleCode.TEACHER, region) == {"everybody", "schools"}
    assert titles_for(RoleCode.SUPERVISOR, region) == {"everybody", "companies"}
    assert titles_for(RoleCode.PARTNER, region) == {"everybody"}
    assert not announcements_for(None, today=TODAY).exists()


def test_first_and_last_day_are_included(region: Region) -> None:
    make_announcement(region=region, title="x", first_day=TODAY, last_day=TODAY + DAY)
    shown = [titles_for(RoleCode.TEACHER, region, TODAY + n * DAY) for n in (-1, 0, 1, 2)]
    assert shown == [set(), {"x"}, {"x"}, set()]


def test_the_database_refuses_days_in_the_wrong_order() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_announcement(first_day=TODAY, last_day=TODAY - DAY)


@time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)
def test_the_office_writes_changes_and_removes(office: Client, region: Region) -> None:
    teacher = client_of(
        make_membership(RoleCode.TEACHER, organisation=make_organisation(region=region)).user
    )
    assert office.post("/hinweise/neu/", TYPED)["Location"] == "/hinweise/"
    row = Announcement.objects.get()
    assert "Servicestelle geschlossen" in teacher.get("/klassen/").content.decode()
    path = f"/hinweise/{row.public_id}/"
    assert office.post(path, TYPED | {"audience": "companies"})["Location"] == "/hinweise/"
    assert "Servicestelle geschlossen" not in teacher.get("/klassen/").content.decode()
    assert "verschwindet von allen Startseiten" in office.get(f"{path}entfernen/").content.decode()
    assert Announcement.objects.exists()
    office.post(f"{path}entfernen/")
    assert not Announcement.objects.exists()
    events = AuditEvent.objects.filter(event__startswith="announcement").order_by("pk")
    assert [event.event.split(".")[1] for event in events] == ["made", "changed", "removed"]


def test_wrong_days_keep_what_was_typed(office: Client) -> None:
    answer = office.post("/hinweise/neu/", TYPED | {"last_day": "2026-11-19"})
    page = answer.content.decode()
    assert "Der letzte Tag liegt vor dem ersten." in page
    assert "Vom 23. bis 27. November" in page
    assert not Announcement.objects.exists()


def test_two_colleagues_see_each_other(office: Client, region: Region) -> None:
    row = make_announcement(region=region)
    path = f"/hinweise/{row.public_id}/"
    office.post(path, TYPED | {"title": "Von der ersten"})
    clash = office.post(path, TYPED | {"title": "Von der zweiten"})
    assert clash.status_code == 409
    assert "Von der ersten" in clash.content.decode()
    assert Announcement.objects.get().title == "Von der ersten"


def test_the_list_costs_the_same_with_one_and_three(office: Client, region: Region) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get("/hinweise/").status_code == 200
        return len(queries)

    make_announcement(region=region)
    cost()  # the first request of a session also notes the sign-in
    one = cost()
    make_announcement(region=region)
    make_announcement(region=region)
    assert cost() == one


@time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)
def test_what_ended_a_year_ago_is_forgotten() -> None:
    make_announcement(title="old", first_day=date(2025, 11, 1), last_day=date(2025, 11, 19))
    make_announcement(title="kept", first_day=date(2025, 11, 1), last_day=date(2025, 11, 20))
    tidy(at=clock.now())
    assert [row.title for row in Announcement.objects.all()] == ["kept"]
