from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories.schools import make_class, make_class_teacher, make_pupil, make_school
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.models import AuditEvent
from werkpfad.region.network.queries import grants_for
from werkpfad.region.schools.actions import RollOverNotPossible, roll_over_year
from werkpfad.region.schools.actions.school_year import RollOver
from werkpfad.region.schools.models import PastClass, Pupil, SchoolClass
from werkpfad.region.schools.queries import years_of_classes
from werkpfad.region.schools.rules import ClassMove, plan_roll_over

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
LAST_MOMENT = datetime(2027, 7, 31, 23, 59, tzinfo=BERLIN)
AUGUST = datetime(2027, 8, 1, 0, 0, tzinfo=BERLIN)


def test_on_31_july_the_year_still_runs() -> None:
    school = make_school()
    with pytest.raises(RollOverNotPossible, match="1. August"):
        roll_over_year(school=school, from_year=2026, moves=[], by=SYSTEM, at=LAST_MOMENT)


def test_on_1_august_classes_move_up_and_the_last_grade_leaves() -> None:
    school = make_school()
    nine = make_class(school=school, name="9b", grade=9)
    ten = make_class(school=school, name="10b", grade=10)
    teacher = make_class_teacher(school_class=nine).user
    staying, leaving = make_pupil(school_class=nine), make_pupil(school_class=ten)
    gone_before = make_pupil(school_class=nine, left_on=date(2027, 2, 1))
    moves = plan_roll_over(years_of_classes(school, 2026), form=school.main_form)
    done = roll_over_year(school=school, from_year=2026, moves=moves, by=SYSTEM, at=AUGUST)
    assert done == RollOver(classes=2, moved=1, left=1)
    staying.refresh_from_db()
    assert (staying.school_class.name, staying.school_class.grade) == ("10b", 10)
    assert staying.school_class.school_year == 2027
    assert staying.school_class.teachers.get().user == teacher
    assert PastClass.objects.get(pupil=staying).school_class == nine
    leaving.refresh_from_db()
    assert leaving.left_on == date(2027, 8, 1)
    assert leaving.school_class == ten
    leaving.user.refresh_from_db()
    assert not grants_for(leaving.user, today=date(2027, 8, 1)).organisations
    assert grants_for(staying.user, today=date(2027, 8, 1)).organisations
    gone_before.refresh_from_db()
    assert gone_before.school_class == nine
    event = AuditEvent.objects.get(event="school.rolled_over")
    assert event.facts == {"from_year": 2026, "classes": 2, "moved": 1, "left": 1}


def test_running_it_twice_changes_nothing_more() -> None:
    nine = make_class(name="9b")
    make_pupil(school_class=nine)
    moves = [ClassMove(nine.pk, "10b")]
    for _ in range(2):
        done = roll_over_year(school=nine.school, from_year=2026, moves=moves, by=SYSTEM, at=AUGUST)
    assert done.moved == 0
    assert SchoolClass.objects.count() == 2


def test_an_imported_class_of_the_new_year_is_joined_unless_keys_collide() -> None:
    nine = make_class(name="9b")
    ten = make_class(school=nine.school, name="10b", grade=10, school_year=2027)
    make_pupil(school_class=ten, school_key="1")
    make_pupil(school_class=nine, school_key="2")
    moves = [ClassMove(nine.pk, "10b")]
    roll_over_year(school=nine.school, from_year=2026, moves=moves, by=SYSTEM, at=AUGUST)
    assert ten.pupils.count() == 2
    make_pupil(school_class=nine, school_key="1")
    with pytest.raises(RollOverNotPossible, match="Schülernummer"):
        roll_over_year(school=nine.school, from_year=2026, moves=moves, by=SYSTEM, at=AUGUST)


def test_a_refusal_leaves_all_classes_as_they_were() -> None:
    school = make_school()
    nine = make_class(school=school, name="9b")
    thirteen = make_class(school=school, name="13a", grade=13)
    make_pupil(school_class=nine)
    moves = [ClassMove(nine.pk, "10b"), ClassMove(thirteen.pk, "14a")]
    with pytest.raises(RollOverNotPossible, match="13a"):
        roll_over_year(school=school, from_year=2026, moves=moves, by=SYSTEM, at=AUGUST)
    assert Pupil.objects.get().school_class == nine
    assert SchoolClass.objects.count() == 2


def test_classes_of_other_schools_and_years_are_refused() -> None:
    school, other = make_school(), make_class()
    with pytest.raises(RollOverNotPossible):
        roll_over_year(
            school=school,
            from_year=2026,
            moves=[ClassMove(other.pk, None)],
            by=SYSTEM,
            at=AUGUST,
        )
