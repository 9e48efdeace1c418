"""The class list, the class page, and making and staffing classes."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories.internships import make_programme
from tests.factories.network import make_membership
from tests.factories.schools import make_class, make_class_teacher, make_pupil
from tests.schools.web.conftest import Room, SignIn
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.schools.models import Pupil, SchoolClass

LONG = "Anna-Sophie Charlotte Przybyszewski-Weißmüller von der Lühe"


def page_of(room: Room) -> str:
    return reverse("schools:class_page", args=[room.school_class.public_id])


def test_teachers_see_their_classes_of_this_year(room: Room, sign_in: SignIn) -> None:
    old = make_class(school=room.school, school_year=2025, name="8 alt", grade=8)
    make_class_teacher(school_class=old, user=room.teacher)
    make_class(school=room.school, name="9 fremd")
    client = sign_in(room.teacher)
    page = client.get(reverse("schools:class_list")).content.decode()
    assert "9b" in page
    assert "8 alt" not in page
    assert "9 fremd" not in page
    last_year = client.get(reverse("schools:class_list"), {"jahr": "2025"}).content.decode()
    assert "8 alt" in last_year


@pytest.mark.parametrize("asked", ["", "1999", "²", "abc"])
def test_an_odd_year_shows_the_present_one(room: Room, sign_in: SignIn, asked: str) -> None:
    response = sign_in(room.teacher).get(reverse("schools:class_list"), {"jahr": asked})
    assert "9b" in response.content.decode()


def test_empty_places_say_what_to_do(room: Room, sign_in: SignIn) -> None:
    stranger = make_membership(RoleCode.TEACHER).user
    page = sign_in(stranger).get(reverse("schools:class_list")).content.decode()
    assert "noch keine Klasse zugeordnet" in page
    SchoolClass.objects.all().delete()
    page = sign_in(room.coordination).get(reverse("schools:class_list")).content.decode()
    assert reverse("schools:class_new") in page


def test_the_class_page_lists_pupils_with_their_light(room: Room, sign_in: SignIn) -> None:
    make_programme(schools=[room.school], title="Schülerbetriebspraktikum")
    make_pupil(school_class=room.school_class, given_name="Jörg", family_name="Öztürk")
    make_pupil(school_class=room.school_class, given_name=LONG, family_name=LONG)
    page = sign_in(room.teacher).get(page_of(room)).content.decode()
    assert "Öztürk, Jörg" in page
    assert f"{LONG}, {LONG}" in page
    assert "Noch kein Platz und keine offene Chance." in page


def test_two_pupils_with_the_same_name_lead_to_two_pages(room: Room, sign_in: SignIn) -> None:
    twins = [
        make_pupil(school_class=room.school_class, given_name="Mia", family_name="Meyer")
        for _ in range(2)
    ]
    page = sign_in(room.teacher).get(page_of(room)).content.decode()
    for twin in twins:
        assert reverse("schools:pupil_page", args=[twin.public_id]) in page


def test_filters_keep_the_programme(room: Room, sign_in: SignIn) -> None:
    programme = make_programme(schools=[room.school])
    make_pupil(school_class=room.school_class, family_name="Unversorgt")
    client = sign_in(room.teacher)
    asked = {"programm": programme.public_id, "zeige": "gruen"}
    assert "Unversorgt" not in client.get(page_of(room), asked).content.decode()
    asked["zeige"] = "rot"
    assert "Unversorgt" in client.get(page_of(room), asked).content.decode()


def test_without_a_programme_the_class_is_still_listed(room: Room, sign_in: SignIn) -> None:
    make_pupil(school_class=room.school_class, family_name="Wartend")
    page = sign_in(room.teacher).get(page_of(room)).content.decode()
    assert "Noch kein Programm" in page
    assert "Wartend" in page


def test_leavers_stand_apart(room: Room, sign_in: SignIn) -> None:
    make_pupil(school_class=room.school_class, family_name="Fortgezogen", left_on=date(2026, 11, 1))
    page = sign_in(room.teacher).get(page_of(room)).content.decode()
    assert "Fortgezogen" in page
    assert "Noch niemand in der Klasse" in page
    assert reverse("exchange:import_create", args=["pupils"]) in page


def test_the_page_costs_the_same_for_one_and_three(
    room: Room, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_programme(schools=[room.school])
    client = sign_in(room.teacher)
    for _ in range(2):
        make_pupil(school_class=room.school_class)
        make_pupil(school_class=room.school_class)
        with django_assert_max_num_queries(18):
            client.get(page_of(room))


def test_a_class_is_made_by_the_coordination(room: Room, sign_in: SignIn) -> None:
    client = sign_in(room.coordination)
    data = {
        "school": room.school.public_id,
        "school_year": "2027",
        "name": " 10  b ",
        "grade": "10",
    }
    response = client.post(reverse("schools:class_new"), data)
    made = SchoolClass.objects.get(school_year=2027)
    assert response["Location"] == reverse("schools:class_page", args=[made.public_id])
    assert (made.name, made.grade) == ("10 b", 10)
    again = client.post(reverse("schools:class_new"), data)
    assert "schon" in again.content.decode()
    assert 'value=" 10  b "' in again.content.decode()


def test_a_class_of_another_school_cannot_be_made(room: Room, sign_in: SignIn) -> None:
    other = make_class().school
    data = {"school": other.public_id, "school_year": "2026", "name": "9x", "grade": "9"}
    sign_in(room.coordination).post(reverse("schools:class_new"), data)
    assert not SchoolClass.objects.filter(name="9x").exists()


def test_an_old_version_is_not_saved_and_the_input_stays(room: Room, sign_in: SignIn) -> None:
    client = sign_in(room.coordination)
    address = reverse("schools:class_edit", args=[room.school_class.public_id])
    assert client.post(address, {"name": "9c", "grade": "9", "version": "1"}).status_code == 302
    late = client.post(address, {"name": "9d", "grade": "9", "version": "1"})
    assert "Jemand anderes" in late.content.decode()
    assert 'value="9d"' in late.content.decode()
    room.school_class.refresh_from_db()
    assert room.school_class.name == "9c"


def test_colleagues_are_assigned_and_released(room: Room, sign_in: SignIn) -> None:
    colleague = make_membership(RoleCode.TEACHER, organisation=room.school.organisation).user
    client = sign_in(room.coordination)
    address = reverse("schools:class_teachers", args=[room.school_class.public_id])
    client.post(address, {"user": colleague.public_id})
    teaching = room.school_class.teachers.get(user=colleague)
    client.post(
        reverse(
            "schools:class_teacher_remove",
            args=[room.school_class.public_id, teaching.public_id],
        )
    )
    assert not room.school_class.teachers.filter(user=colleague).exists()


def test_a_colleague_without_account_is_invited_from_there(room: Room, sign_in: SignIn) -> None:
    client = sign_in(room.coordination)
    page = client.get(reverse("schools:class_teachers", args=[room.school_class.public_id]))
    invite = reverse("network:invite", args=[room.school.organisation.public_id])
    assert invite in page.content.decode()
    assert client.get(invite).status_code == 200


def test_strangers_cannot_be_assigned(room: Room, sign_in: SignIn) -> None:
    stranger = make_membership(RoleCode.TEACHER).user
    address = reverse("schools:class_teachers", args=[room.school_class.public_id])
    response = sign_in(room.coordination).post(address, {"user": stranger.public_id})
    assert response.status_code == 200
    assert not room.school_class.teachers.filter(user=stranger).exists()


def test_a_past_class_shows_who_went_on(room: Room, sign_in: SignIn) -> None:
    old = make_class(school=room.school, school_year=2025, name="8b", grade=8)
    make_class_teacher(school_class=old, user=room.teacher)
    pupil = make_pupil(school_class=room.school_class, family_name="Weitergezogen")
    pupil.past_classes.create(school_class=old, until=date(2026, 8, 1))
    page = sign_in(room.teacher).get(reverse("schools:class_page", args=[old.public_id]))
    assert "Weitergezogen" in page.content.decode()
    assert Pupil.objects.get() == pupil
