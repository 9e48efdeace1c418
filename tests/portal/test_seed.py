"""The demo county is what the first page promises, and the same on every day of the year."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from werkpfad.journey.internships.models import Offer, Slot
from werkpfad.journey.matching.models import Entry
from werkpfad.journey.placements.models import Certificate, Placement
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation
from werkpfad.region.schools.models import Pupil, School
from werkpfad.surface.portal.demo.cast import cast
from werkpfad.surface.portal.demo.dates import demo_dates
from werkpfad.surface.portal.demo.names import family_names
from werkpfad.surface.portal.demo.seed import is_seeded, seed_demo

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        at = datetime(2026, 11, 20, 8, tzinfo=UTC)
        seed_demo(today=at.date(), at=at, report=lines.append)
        yield lines
        transaction.set_rollback(True)


def test_it_has_the_promised_size(county: list[str]) -> None:
    assert is_seeded()
    assert School.objects.count() == 12
    assert Pupil.objects.count() == 1200
    assert Organisation.objects.filter(kind=OrganisationKind.COMPANY).count() == 180
    assert Offer.objects.count() == 260
    assert Entry.objects.count() > 200
    assert len(county) >= 4


def test_every_role_has_somebody_to_step_into(county: list[str]) -> None:
    assert len({member.key for member in cast()}) == 10


def test_seats_are_what_the_placements_say(county: list[str]) -> None:
    assert Placement.objects.exists()
    assert Certificate.objects.count() == 40
    assert not Slot.objects.filter(taken__gt=F("capacity")).exists()
    for slot in Slot.objects.filter(taken__gt=0)[:50]:
        seated = slot.placements.filter(state__in=("confirmed", "completed")).count()
        assert seated == slot.taken


@pytest.mark.parametrize(
    "today",
    [date(2026, 1, 1), date(2026, 2, 28), date(2026, 7, 31), date(2026, 8, 1), date(2026, 12, 31)],
)
def test_dates_are_in_order_on_any_day(today: date) -> None:
    dates = demo_dates(today)
    assert dates.wishes_from < today < dates.wishes_until < dates.publish_on
    assert dates.publish_on < dates.confirm_until < dates.block_first < dates.block_last
    assert dates.week_days
    assert max(dates.week_days) < today


def test_generated_names_are_many_and_different() -> None:
    names = family_names()
    assert len(names) == len(set(names)) > 1500
