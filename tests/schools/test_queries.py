"""Who sees which classes and pupils, and that lists cost the same for one row and for three."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.access.world import World, build_world
from tests.factories.internships import make_field
from tests.factories.network import make_membership, make_place
from tests.factories.schools import (
    make_class,
    make_class_teacher,
    make_guardian,
    make_profile,
    make_pupil,
)
from werkpfad.base.accounts.codes import code_of
from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.network.queries import grants_for
from werkpfad.region.schools import queries
from werkpfad.region.schools.actions import give_access, give_guardian_access, move_pupil
from werkpfad.region.schools.models import ProfileField, Pupil

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def world() -> World:
    return build_world()


# What each role sees of: own class, own pupil, a pupil of the own school in another class, a pupil elsewhere.
SIGHT = {
    "teacher": (True, True, False, False),
    "school_coordinator": (True, True, True, False),
    "pupil": (False, True, False, False),
    "guardian": (False, True, False, False),
    "company_manager": (False, False, False, False),
    "supervisor": (False, False, False, False),
    "coordinator": (False, False, False, False),
    "partner": (False, False, False, False),
    "operator": (False, False, False, False),
}


@pytest.mark.parametrize("role", sorted(SIGHT))
def test_each_role_sees_its_own_pupils_only(world: World, role: str) -> None:
    grants = grants_for(world.users[role], today=TODAY)
    next_door = make_pupil(school_class=make_class(school=world.own.school))
    pupils = queries.visible_pupils(grants)
    seen = (
        queries.visible_classes(grants).filter(pk=world.own.school_class.pk).exists(),
        pupils.filter(pk=world.own.pupil.pk).exists(),
        pupils.filter(pk=next_door.pk).exists(),
        pupils.filter(pk__in=[world.neighbour.pupil.pk, world.foreign.pupil.pk]).exists(),
    )
    assert seen == SIGHT[role]
    assert queries.taught_pupils(grants).exists() is (role in ("teacher", "school_coordinator"))


def test_a_teaching_without_the_role_shows_nothing() -> None:
    """A former teacher whose membership ended keeps no view through an old assignment."""
    teaching = make_class_teacher()
    teaching.user.memberships.all().delete()
    grants = grants_for(teaching.user, today=TODAY)
    assert not queries.visible_classes(grants).exists()


def test_nobody_sees_nothing() -> None:
    make_guardian()
    assert not queries.visible_pupils(Grants()).exists()
    assert queries.current_pupil(Grants(), today=TODAY) is None
    assert queries.current_child(Grants(), today=TODAY) is None


def test_the_signed_in_pupil_and_child_are_found_until_they_leave() -> None:
    guardian = make_guardian()
    pupil = guardian.pupil
    own = grants_for(pupil.user, today=TODAY)
    parent = grants_for(guardian.user, today=TODAY)
    assert queries.current_pupil(own, today=TODAY) == pupil
    assert queries.current_child(parent, today=TODAY) == pupil
    Pupil.objects.update(left_on=TODAY)
    assert queries.current_pupil(own, today=TODAY) is None
    assert queries.current_child(parent, today=TODAY) is None


def test_school_years_come_newest_first() -> None:
    first = make_class(school_year=2025)
    make_class(school=first.school, school_year=2026)
    make_class(school=first.school, school_year=2026)
    user = make_membership(RoleCode.SCHOOL_COORDINATOR, organisation=first.school.organisation).user
    assert queries.school_years(grants_for(user, today=TODAY)) == [2026, 2025]


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_three(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries, now: datetime
) -> None:
    school_class = make_class()
    teacher = make_class_teacher(school_class=school_class).user
    for _ in range(rows):
        pupil = make_pupil(school_class=school_class, with_user=False)
        give_access(pupil=pupil, by=SYSTEM, at=now)
        give_guardian_access(pupil=pupil, by=SYSTEM, at=now)
    grants = grants_for(teacher, today=TODAY)
    lists: list[tuple[int, Callable[[], list[object]]]] = [
        (2, lambda: list(queries.classes_with_figures(grants, school_year=2026))),
        (1, lambda: [p.user.access_code for p in queries.pupils_of(school_class)]),
        (1, lambda: list(queries.pupil_sheets(school_class))),
        (1, lambda: list(queries.guardian_sheets(school_class))),
    ]
    for number, read in lists:
        with django_assert_num_queries(number):
            assert read()


def test_class_figures_count_those_who_are_there(now: datetime) -> None:
    teaching = make_class_teacher()
    pupils = [make_pupil(school_class=teaching.school_class) for _ in range(3)]
    give_access(pupil=pupils[0], by=SYSTEM, at=now)
    access = pupils[0].user.access_code
    access.last_used_at = now
    access.save()
    Pupil.objects.filter(pk=pupils[2].pk).update(left_on=TODAY)
    grants = grants_for(teaching.user, today=TODAY)
    (row,) = queries.classes_with_figures(grants, school_year=2026)
    assert (row.pupil_count, row.signed_in_count) == (2, 1)
    assert queries.pupil_counts([teaching.school_class_id]) == {teaching.school_class_id: 2}
    assert list(queries.former_pupils_of(teaching.school_class)) == [pupils[2]]


def test_sheets_hold_the_codes_that_work(now: datetime) -> None:
    pupil = make_pupil(with_user=False)
    code = code_of(give_access(pupil=pupil, by=SYSTEM, at=now))
    (sheet,) = queries.pupil_sheets(pupil.school_class)
    assert (sheet.pupil, sheet.code) == (pupil, code)
    assert queries.guardian_sheets(pupil.school_class) == []


def test_last_years_class_shows_whom_one_still_teaches(now: datetime) -> None:
    old = make_class(school_year=2025)
    new = make_class(school=old.school)
    teacher = make_class_teacher(school_class=new).user
    make_class_teacher(school_class=old, user=teacher)
    stayed, elsewhere = make_pupil(school_class=old), make_pupil(school_class=old)
    move_pupil(pupil=stayed, to_class=new, by=SYSTEM, at=now)
    move_pupil(pupil=elsewhere, to_class=make_class(school=old.school), by=SYSTEM, at=now)
    grants = grants_for(teacher, today=TODAY)
    assert list(queries.pupils_who_were_in(old, grants)) == [stayed]


def test_a_key_finds_the_newest_class() -> None:
    old = make_class(school_year=2025)
    new = make_class(school=old.school)
    make_pupil(school_class=old, school_key="4711")
    pupil = make_pupil(school_class=new, school_key="4711")
    assert queries.pupil_by_key(old.school, "4711") == pupil
    assert queries.pupil_by_key(old.school, "0815") is None


def test_a_profile_is_there_even_before_it_is_saved() -> None:
    pupil = make_pupil()
    assert queries.profile_of(pupil).pk is None
    assert queries.profile_progress(pupil).done == 0
    profile = make_profile(pupil=pupil)
    ProfileField.objects.create(profile=profile, field=make_field(), rank=1)
    assert queries.profile_of(pupil) == profile
    assert [i.field.code for i in queries.ranked_interests(pupil)] == ["holz"]


def test_a_completed_profile_stays_complete(now: datetime) -> None:
    pupil = make_profile(completed_at=now).pupil
    assert queries.profile_progress(pupil).is_complete


def test_rural_postal_codes_have_several_places() -> None:
    make_place(postal_code="21734", name="Oederquart")
    make_place(postal_code="21734", name="Balje")
    assert [p.name for p in queries.places_at("21734")] == ["Balje", "Oederquart"]


def test_staff_are_those_with_a_running_role() -> None:
    school_class = make_class()
    organisation = school_class.school.organisation
    here = make_membership(RoleCode.TEACHER, organisation=organisation).user
    make_membership(RoleCode.TEACHER, organisation=organisation, ends_on=TODAY)
    make_membership(RoleCode.PUPIL, organisation=organisation)
    assert list(queries.school_staff(school_class.school, today=TODAY)) == [here]
