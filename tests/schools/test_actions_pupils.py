"""Classes, pupils, access and profile: state, audit row, what is refused."""

from datetime import date, datetime

import pytest

from tests.factories.internships import make_field
from tests.factories.network import make_membership, make_place, make_user
from tests.factories.schools import make_class, make_class_teacher, make_pupil, make_school
from werkpfad.base.accounts.actions import note_sign_in
from werkpfad.base.accounts.codes import code_of
from werkpfad.base.accounts.queries import running_sign_ins, user_by_code
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.models import AuditEvent
from werkpfad.region.network.queries import grants_for
from werkpfad.region.schools.actions import (
    ClassNameTaken,
    KeyTaken,
    NotOfThisSchool,
    OtherSchool,
    UnknownPlace,
    add_pupil,
    assign_teacher,
    bring_back_pupil,
    create_class,
    give_access,
    give_class_access,
    give_guardian_access,
    move_pupil,
    remove_pupil,
    renew_code,
    save_answer,
    save_home,
    save_interests,
    save_profile,
    save_travel,
    skip_step,
    unassign_teacher,
    update_class,
    update_pupil,
)
from werkpfad.region.schools.enums import ProfileStep, TravelMode
from werkpfad.region.schools.models import ClassTeacher, PastClass, Profile, Pupil
from werkpfad.region.schools.queries import profile_progress

pytestmark = pytest.mark.django_db


def events(*names: str) -> list[str]:
    return list(
        AuditEvent.objects.filter(event__in=names).order_by("pk").values_list("event", flat=True)
    )


def test_a_class_is_made_once_a_year(now: datetime) -> None:
    school = make_school()
    made = create_class(school=school, school_year=2026, name="9b", grade=9, by=SYSTEM, at=now)
    create_class(school=school, school_year=2027, name="9b", grade=9, by=SYSTEM, at=now)
    with pytest.raises(ClassNameTaken):
        create_class(school=school, school_year=2026, name="9b", grade=9, by=SYSTEM, at=now)
    event = AuditEvent.objects.filter(event="class.created").first()
    assert event is not None
    assert (event.object_id, event.region_id) == (made.public_id, school.organisation.region_id)


def test_two_editors_of_a_class_do_not_overwrite_each_other(now: datetime) -> None:
    school_class = make_class(name="9b")
    update_class(school_class=school_class, name="9c", grade=9, seen_version=1, by=SYSTEM, at=now)
    with pytest.raises(EditConflict):
        update_class(
            school_class=school_class, name="9d", grade=9, seen_version=1, by=SYSTEM, at=now
        )
    school_class.refresh_from_db()
    assert school_class.name == "9c"


def test_a_class_keeps_its_own_name_but_takes_no_other(now: datetime) -> None:
    first = make_class(name="9b")
    make_class(name="9c", school=first.school)
    update_class(school_class=first, name="9b", grade=10, seen_version=1, by=SYSTEM, at=now)
    with pytest.raises(ClassNameTaken):
        update_class(school_class=first, name="9c", grade=9, seen_version=2, by=SYSTEM, at=now)


def test_only_people_of_the_school_accompany_its_classes(now: datetime) -> None:
    school_class = make_class()
    teacher = make_membership(RoleCode.TEACHER, organisation=school_class.school.organisation).user
    stranger = make_membership(RoleCode.TEACHER).user
    for _ in range(2):
        assign_teacher(school_class=school_class, user=teacher, by=SYSTEM, at=now)
    with pytest.raises(NotOfThisSchool):
        assign_teacher(school_class=school_class, user=stranger, by=SYSTEM, at=now)
    assert ClassTeacher.objects.filter(school_class=school_class).count() == 1
    assert events("class.teacher_assigned") == ["class.teacher_assigned"]


def test_a_teacher_can_be_released(now: datetime) -> None:
    teaching = make_class_teacher()
    unassign_teacher(teaching=teaching, by=SYSTEM, at=now)
    assert not ClassTeacher.objects.exists()
    assert events("class.teacher_unassigned") == ["class.teacher_unassigned"]


def add(school_class: object, now: datetime, **values: object) -> Pupil:
    given: dict[str, object] = {
        "given_name": "Jörg",
        "family_name": "Weißmüller",
        "birth_date": date(2012, 2, 29),
    }
    return add_pupil(school_class=school_class, by=SYSTEM, at=now, **(given | values))  # type: ignore[arg-type]


def test_two_pupils_may_share_name_and_birthday(now: datetime) -> None:
    school_class = make_class()
    one, two = add(school_class, now), add(school_class, now)
    assert one.school_key != two.school_key
    assert one.birth_date == date(2012, 2, 29)


def test_a_key_stands_once_in_a_class(now: datetime) -> None:
    school_class = make_class()
    add(school_class, now, school_key=" 4711 ")
    with pytest.raises(KeyTaken):
        add(school_class, now, school_key="4711")
    assert Pupil.objects.get().school_key == "4711"


def test_the_audit_log_holds_no_name(now: datetime) -> None:
    pupil = add(make_class(), now, school_key="4711")
    event = AuditEvent.objects.get(event="pupil.added")
    assert event.object_id == pupil.public_id
    assert event.facts == {}


def test_names_are_corrected_with_the_version_seen(now: datetime) -> None:
    pupil = make_pupil()
    changed = {
        "given_name": "Zoë",
        "family_name": "von der Lühe-Przybyszewski",
        "birth_date": date(2011, 12, 31),
        "school_key": "",
        "is_full_time_compulsory": False,
    }
    update_pupil(pupil=pupil, seen_version=1, by=SYSTEM, at=now, **changed)  # type: ignore[arg-type]
    stored = Pupil.objects.get(pk=pupil.pk)
    assert (stored.given_name, stored.school_key) == ("Zoë", pupil.school_key)
    with pytest.raises(EditConflict):
        update_pupil(pupil=pupil, seen_version=1, by=SYSTEM, at=now, **changed)  # type: ignore[arg-type]


def test_a_pupil_moves_and_the_old_class_is_remembered(now: datetime) -> None:
    pupil = make_pupil()
    old = pupil.school_class
    new = make_class(school=old.school)
    move_pupil(pupil=pupil, to_class=new, by=SYSTEM, at=now)
    move_pupil(pupil=pupil, to_class=new, by=SYSTEM, at=now)
    assert Pupil.objects.get(pk=pupil.pk).school_class == new
    assert PastClass.objects.get().school_class == old
    assert PastClass.objects.get().until == date(2026, 11, 20)
    move_pupil(pupil=pupil, to_class=old, by=SYSTEM, at=now)
    assert PastClass.objects.get().school_class == new


def test_a_pupil_does_not_move_to_another_school_or_onto_a_taken_key(now: datetime) -> None:
    pupil = make_pupil(school_key="4711")
    with pytest.raises(OtherSchool):
        move_pupil(pupil=pupil, to_class=make_class(), by=SYSTEM, at=now)
    full = make_class(school=pupil.school_class.school)
    make_pupil(school_class=full, school_key="4711")
    with pytest.raises(KeyTaken):
        move_pupil(pupil=pupil, to_class=full, by=SYSTEM, at=now)


def test_access_is_given_once_and_works(now: datetime) -> None:
    pupil = add(make_class(), now)
    code = code_of(give_access(pupil=pupil, by=SYSTEM, at=now))
    assert code_of(give_access(pupil=pupil, by=SYSTEM, at=now)) == code
    user = user_by_code(code)
    assert user is not None
    assert user == Pupil.objects.get(pk=pupil.pk).user
    assert user.display_name == ""
    grants = grants_for(user, today=now.date())
    assert grants.organisations == {pupil.school_class.school.organisation_id}


def test_guardians_have_their_own_codes(now: datetime) -> None:
    pupil = add(make_class(), now)
    codes = {
        code_of(give_access(pupil=pupil, by=SYSTEM, at=now)),
        code_of(give_guardian_access(pupil=pupil, by=SYSTEM, at=now)),
        code_of(give_guardian_access(pupil=pupil, by=SYSTEM, at=now, position=2)),
        code_of(give_guardian_access(pupil=pupil, by=SYSTEM, at=now)),
    }
    assert len(codes) == 3
    assert pupil.guardians.count() == 2


def test_a_whole_class_gets_what_is_missing(now: datetime) -> None:
    school_class = make_class()
    present = [add(school_class, now) for _ in range(2)]
    give_access(pupil=present[0], by=SYSTEM, at=now)
    gone = add(school_class, now)
    remove_pupil(pupil=gone, left_on=now.date(), by=SYSTEM, at=now)
    assert give_class_access(school_class=school_class, by=SYSTEM, at=now, with_guardians=True) == 3
    assert give_class_access(school_class=school_class, by=SYSTEM, at=now, with_guardians=True) == 0
    assert Pupil.objects.get(pk=gone.pk).user is None


def test_a_new_code_ends_the_old_one(now: datetime) -> None:
    pupil = add(make_class(), now)
    old = code_of(give_access(pupil=pupil, by=SYSTEM, at=now))
    assert pupil.user is not None
    note_sign_in(user=pupil.user, session_key="a" * 32, device="Handy", by=SYSTEM, at=now)
    new = code_of(renew_code(user=pupil.user, by=SYSTEM, at=now))
    assert not running_sign_ins(pupil.user).exists()
    assert user_by_code(old) is None
    assert user_by_code(new) == pupil.user


def test_who_leaves_loses_access_the_day_after_and_nothing_else(now: datetime) -> None:
    pupil = add(make_class(), now)
    give_access(pupil=pupil, by=SYSTEM, at=now)
    give_guardian_access(pupil=pupil, by=SYSTEM, at=now)
    remove_pupil(pupil=pupil, left_on=date(2026, 12, 1), by=SYSTEM, at=now)
    pupil = Pupil.objects.get(pk=pupil.pk)
    people = [pupil.user, pupil.guardians.get().user]
    for user in people:
        assert grants_for(user, today=date(2026, 11, 30)).organisations
        assert not grants_for(user, today=date(2026, 12, 1)).organisations
    bring_back_pupil(pupil=pupil, by=SYSTEM, at=now)
    pupil.user.refresh_from_db()
    assert grants_for(pupil.user, today=date(2026, 12, 1)).organisations
    assert events("pupil.left", "pupil.brought_back") == ["pupil.left", "pupil.brought_back"]


def test_a_profile_grows_step_by_step(now: datetime) -> None:
    pupil = make_pupil(home_postal_code="", home_place="", home_lat=None, home_lon=None)
    make_place(postal_code="21734", name="Oederquart", lat=53.8, lon=9.2)
    wood, care = make_field(), make_field(code="pflege", title="Pflege")
    save_interests(pupil=pupil, fields=[care, wood, care], by=SYSTEM, at=now)
    save_home(pupil=pupil, postal_code="21734", place="Oederquart", by=SYSTEM, at=now)
    save_travel(pupil=pupil, mode=TravelMode.BIKE, max_distance_km=5, by=SYSTEM, at=now)
    save_answer(pupil=pupil, step=ProfileStep.LIKES, text="  kochen ", by=SYSTEM, at=now)
    skip_step(pupil=pupil, step=ProfileStep.STRENGTHS, by=SYSTEM, at=now)
    pupil = Pupil.objects.select_related("profile").get(pk=pupil.pk)
    assert [i.field.code for i in pupil.profile.interests.order_by("rank")] == ["pflege", "holz"]
    assert (pupil.home_place, pupil.home_lat) == ("Oederquart", 53.8)
    assert (pupil.profile.likes, pupil.profile.max_distance_km) == ("kochen", 5)
    assert profile_progress(pupil).next_step == ProfileStep.WANTS_TO_TRY
    assert pupil.profile.completed_at is None
    skip_step(pupil=pupil, step=ProfileStep.WANTS_TO_TRY, by=SYSTEM, at=now)
    assert Profile.objects.get().completed_at == now


def test_passing_over_keeps_what_was_said(now: datetime) -> None:
    pupil = make_pupil()
    save_answer(pupil=pupil, step=ProfileStep.LIKES, text="kochen", by=SYSTEM, at=now)
    skip_step(pupil=pupil, step=ProfileStep.LIKES, by=SYSTEM, at=now)
    assert Profile.objects.get().likes == "kochen"


def test_a_place_must_exist_and_a_question_be_one(now: datetime) -> None:
    pupil = make_pupil()
    with pytest.raises(UnknownPlace):
        save_home(pupil=pupil, postal_code="00000", place="Nirgends", by=SYSTEM, at=now)
    with pytest.raises(ValueError, match="no question"):
        save_answer(pupil=pupil, step=ProfileStep.TRAVEL, text="x", by=SYSTEM, at=now)


def test_a_whole_profile_at_once_is_complete(now: datetime) -> None:
    pupil = make_pupil(user=make_user(kind="pupil"))
    save_profile(
        pupil=pupil,
        fields=[make_field()],
        mode=TravelMode.FOOT,
        max_distance_km=2,
        answers={ProfileStep.LIKES: "bauen"},
        by=SYSTEM,
        at=now,
    )
    profile = Profile.objects.get()
    assert profile.completed_at == now
    assert (profile.likes, profile.strengths) == ("bauen", "")
