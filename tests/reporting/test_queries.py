"""The overview's numbers, and that they cost the same for one school as for three."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.internships import make_programme, make_slot
from tests.factories.journey import (
    make_application,
    make_entry,
    make_placement,
    make_round,
    make_wish,
)
from tests.factories.network import make_membership, make_region
from tests.factories.schools import make_class, make_pupil, make_school
from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.journey.internships.enums import ProgrammeStatus
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.placements.enums import Answer, PlacementState, Side
from werkpfad.region.network.models import Region
from werkpfad.region.network.queries import grants_for
from werkpfad.steering.reporting import queries

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def grants_in(region: Region, role: RoleCode = RoleCode.COORDINATOR) -> Grants:
    return grants_for(make_membership(role, region=region).user, today=TODAY)


def programme_with_schools(count: int) -> Programme:
    region = make_region()
    schools = [make_school(region=region) for _ in range(count)]
    programme = make_programme(region=region, schools=schools)
    for school in schools:
        school_class = make_class(school=school)
        placed, pending, applying, wishing, _ = (
            make_pupil(school_class=school_class) for _ in range(5)
        )
        make_placement(
            pupil=placed,
            slot=make_slot(programme=programme),
            state=PlacementState.CONFIRMED,
            confirmed_at=NOW,
        )
        make_placement(pupil=pending, slot=make_slot(programme=programme))
        make_application(pupil=applying, slot=make_slot(programme=programme))
        round_ = programme.rounds.first() or make_round(programme=programme)
        make_wish(entry=make_entry(round=round_, pupil=wishing))
    return programme


def test_every_pupil_is_counted_once_at_the_furthest_step() -> None:
    (standing,) = queries.standings(programme_with_schools(1), today=TODAY)
    assert (standing.pupils, standing.placed, standing.pending) == (5, 1, 2)
    assert (standing.wishing, standing.silent, standing.without_place) == (1, 1, 4)


def test_other_grades_years_and_leavers_do_not_count() -> None:
    programme = programme_with_schools(1)
    school = programme.schools.get()
    make_pupil(school_class=make_class(school=school, grade=8, name="8x"))
    make_pupil(school_class=make_class(school=school, school_year=2025, name="alt"))
    make_pupil(school_class=school.classes.filter(grade=9).first(), left_on=date(2026, 10, 1))
    (standing,) = queries.standings(programme, today=TODAY)
    assert standing.pupils == 5


@pytest.mark.parametrize("schools", [1, 3])
def test_the_overview_costs_the_same_for_more_schools(schools: int) -> None:
    programme = programme_with_schools(schools)
    grants = grants_in(programme.region)
    with CaptureQueriesContext(connection) as captured:
        assert len(queries.standings(programme, today=TODAY)) == schools
        queries.seats(programme)
        queries.company_answers(programme, at=NOW)
        queries.deadlines(grants, today=TODAY)
    assert len(captured) == 7


def test_an_offer_is_empty_without_wish_proposal_or_place() -> None:
    programme = make_programme()
    empty = make_slot(programme=programme)
    wished = make_slot(programme=programme)
    make_wish(entry=make_entry(round=make_round(programme=programme)), slot=wished)
    make_placement(slot=make_slot(programme=programme))
    make_slot(programme=programme, capacity=2, taken=1)
    assert list(queries.empty_slots(programme)) == [empty]


def test_answer_times_count_answers_and_what_is_overdue() -> None:
    programme = make_programme()
    quick = make_placement(slot=make_slot(programme=programme), proposed_at=NOW)
    quick.consents.filter(side=Side.COMPANY).update(
        answer=Answer.YES, answered_at=NOW + timedelta(hours=5)
    )
    late = make_placement(slot=make_slot(programme=programme))
    late.consents.update(due_at=NOW - timedelta(days=1))
    times = queries.company_answers(programme, at=NOW)
    assert (times.answered, times.median_hours, times.open, times.overdue) == (1, 5.0, 1, 1)


def test_deadlines_come_in_order_and_only_ahead() -> None:
    programme = make_programme(offers_until=date(2026, 11, 1))
    make_round(programme=programme)
    found = queries.deadlines(grants_in(programme.region), today=TODAY)
    assert [d.day for d in found] == sorted(d.day for d in found)
    assert all(d.day >= TODAY for d in found)
    assert {d.what for d in found} == {
        "Wunschabgabe bis",
        "Ergebnis wird veröffentlicht",
        "Bestätigung bis",
        "Das Praktikum beginnt",
    }


def test_drafts_and_other_regions_are_not_seen() -> None:
    programme = make_programme()
    make_programme(region=programme.region, status=ProgrammeStatus.DRAFT)
    make_programme()
    assert list(queries.visible_programmes(grants_in(programme.region))) == [programme]
    assert not queries.visible_programmes(grants_in(programme.region, RoleCode.TEACHER)).exists()
