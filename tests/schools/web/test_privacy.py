"""Who sees what (domain table G5) on the pages of this room: data that must not appear are looked for by name."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.world import World, build_world
from tests.factories.schools import make_class, make_class_teacher, make_pupil
from tests.schools.web.conftest import SignIn
from werkpfad.base.accounts.codes import code_of, printed

pytestmark = pytest.mark.django_db
GIVEN, FAMILY, LIKES, KEY = "Kanarienvorname", "Kanariennachname", "Kanarienwunsch", "KANARIE-99"


@pytest.fixture
def world() -> World:
    """A world in which the own pupil's data are words that appear nowhere else."""
    world = build_world()
    pupil = world.own.pupil
    pupil.given_name, pupil.family_name, pupil.school_key = GIVEN, FAMILY, KEY
    pupil.home_place = "Kanarienort"
    pupil.save()
    pupil.profile.likes = LIKES
    pupil.profile.save()
    next_door = make_class(school=world.own.school)
    world.extra["next_door"] = make_class_teacher(school_class=next_door).user
    make_pupil(school_class=next_door)
    return world


def routes(world: World) -> dict[str, str]:
    """All pages of the room that show a person, for the own class and the own pupil."""
    on_class = [world.own.school_class.public_id]
    on_pupil = [world.own.pupil.public_id]
    return {
        "list": reverse("schools:class_list"),
        "class": reverse("schools:class_page", args=on_class),
        "codes": reverse("schools:class_codes", args=on_class),
        "letters": reverse("schools:class_letters", args=on_class),
        "pupil": reverse("schools:pupil_page", args=on_pupil),
        "edit": reverse("schools:pupil_edit", args=on_pupil),
        "code": reverse("schools:pupil_code", args=on_pupil),
        "profile": reverse("schools:profile"),
        "child": reverse("schools:child"),
    }


def everything_seen(client: Client, world: World) -> str:
    return "\n".join(client.get(path).content.decode() for path in routes(world).values())


# Full name, birth date, home, wishes and profile, code; per visitor.
TABLE = {
    "teacher": (True, True, True, True, True),
    "school_coordinator": (True, True, True, True, True),
    "pupil": (False, False, True, True, False),
    "guardian": (False, False, False, False, False),
    "company_manager": (False, False, False, False, False),
    "supervisor": (False, False, False, False, False),
    "coordinator": (False, False, False, False, False),
    "partner": (False, False, False, False, False),
    "operator": (False, False, False, False, False),
}


@pytest.mark.parametrize("role", sorted(TABLE))
def test_each_role_finds_what_the_table_allows(world: World, sign_in: SignIn, role: str) -> None:
    seen = everything_seen(sign_in(world.users[role]), world)
    assert world.own.pupil.user is not None
    code = printed(code_of(world.own.pupil.user.access_code))
    found = (
        FAMILY in seen,
        "14.03.2012" in seen or "2012-03-14" in seen,
        "Kanarienort" in seen,
        LIKES in seen,
        code in seen,
    )
    assert found == TABLE[role]


@pytest.mark.parametrize("who", ["next_door", "foreign_teacher", "neighbour_coordination"])
def test_other_teachers_find_nothing(world: World, sign_in: SignIn, who: str) -> None:
    user = {
        "next_door": world.extra["next_door"],
        "foreign_teacher": world.foreign.users["teacher"],
        "neighbour_coordination": world.neighbour.users["school_coordinator"],
    }[who]
    seen = everything_seen(sign_in(user), world)
    for canary in (GIVEN, FAMILY, LIKES, KEY, "Kanarienort"):
        assert canary not in seen


def test_guardians_see_their_child_and_no_other(world: World, sign_in: SignIn) -> None:
    assert GIVEN in everything_seen(sign_in(world.users["guardian"]), world)
    other = everything_seen(sign_in(world.neighbour.users["guardian"]), world)
    assert GIVEN not in other
    assert FAMILY not in other


def test_pupils_do_not_see_each_other(world: World, sign_in: SignIn) -> None:
    classmate = make_pupil(school_class=world.own.school_class)
    assert classmate.user is not None
    seen = everything_seen(sign_in(classmate.user), world)
    for canary in (GIVEN, FAMILY, LIKES):
        assert canary not in seen
