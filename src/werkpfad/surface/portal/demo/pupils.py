"""The demo's classes, pupils, guardians and teachers. All persons are generated."""

from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from werkpfad.base.accounts.codes import code_of, lookup_of
from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.models import AccessCode, User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.occupations.models import Field
from werkpfad.region.network.models import Membership
from werkpfad.region.schools.enums import TravelMode
from werkpfad.region.schools.models import (
    ClassTeacher,
    Guardian,
    Profile,
    ProfileField,
    Pupil,
    School,
    SchoolClass,
)
from werkpfad.surface.portal.demo.names import Namer
from werkpfad.surface.portal.demo.region import DemoPlaces, staff

PUPILS = 1200
CLASSES_PER_SCHOOL = ((9, "9a"), (9, "9b"), (10, "10a"), (10, "10b"))
LIKES = (
    "Ich baue gern Sachen.",
    "Ich kümmere mich gern um andere.",
    "Ich zeichne viel.",
    "Technik finde ich spannend.",
    "Ich bin gern draußen.",
    "Ich mag Tiere.",
    "Ich rechne gern.",
    "",
)
STRENGTHS = (
    "Ich bin pünktlich.",
    "Ich kann gut zuhören.",
    "Ich gebe nicht schnell auf.",
    "Ich bin geschickt.",
    "Ich kann gut mit Menschen.",
    "",
)
TO_TRY = (
    "Etwas mit den Händen machen",
    "Ein Team kennenlernen",
    "Einen Beruf, den in meiner Familie niemand macht",
    "",
)


class DemoPupils(NamedTuple):
    pupils: list[Pupil]
    interests: dict[int, list[Field]]


def make_classes(schools: list[School], school_year: int, namer: Namer) -> list[SchoolClass]:
    """Four classes a school in grades 9 and 10; two teachers a school share them."""
    classes = [
        SchoolClass(school=school, school_year=school_year, name=name, grade=grade)
        for school in schools
        for grade, name in CLASSES_PER_SCHOOL
    ]
    SchoolClass.objects.bulk_create(classes)
    teachers = [
        (
            school,
            staff(namer.given(), namer.family(), address=f"lehrkraft{number}-{half + 1}"),
        )
        for number, school in enumerate(schools, start=1)
        for half in (0, 1)
    ]
    User.objects.bulk_create([user for _, user in teachers])
    Membership.objects.bulk_create(
        Membership(user=user, organisation=school.organisation, role=RoleCode.TEACHER)
        for school, user in teachers
    )
    ClassTeacher.objects.bulk_create(
        ClassTeacher(school_class=row, user=teachers[number // 2][1])
        for number, row in enumerate(classes)
    )
    return classes


def _users(count: int, kind: UserKind, until: date, used_at: datetime) -> list[User]:
    """Accounts with codes; nine in ten have been used."""
    users = [User(kind=kind, valid_until=until) for _ in range(count)]
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users)
    codes = [AccessCode(user=user) for user in users]
    for number, code in enumerate(codes):
        code.lookup = lookup_of(code_of(code))
        code.last_used_at = used_at if number % 10 else None
    AccessCode.objects.bulk_create(codes)
    return users


def make_pupils(
    classes: list[SchoolClass],
    places: DemoPlaces,
    random: Random,
    namer: Namer,
    *,
    at: datetime,
) -> list[Pupil]:
    """1,200 pupils spread over the classes, living around their schools; every second has one guardian's access."""
    until = at.date() + timedelta(days=400)
    users = _users(PUPILS, UserKind.PUPIL, until, at)
    pupils = []
    for number, user in enumerate(users):
        school_class = classes[number % len(classes)]
        place = places.pick(random)
        birth_year = school_class.school_year - school_class.grade - 6
        pupils.append(
            Pupil(
                user=user,
                school_class=school_class,
                given_name=namer.given(),
                family_name=namer.family(),
                birth_date=date(birth_year, 9, 1) + timedelta(days=random.randint(0, 420)),
                school_key=f"D{number + 1:04d}",
                home_postal_code=place.postal_code,
                home_place=place.name,
                home_lat=place.lat,
                home_lon=place.lon,
            )
        )
    Pupil.objects.bulk_create(pupils)
    Membership.objects.bulk_create(
        Membership(
            user=p.user,
            organisation=p.school_class.school.organisation,
            role=RoleCode.PUPIL,
        )
        for p in pupils
    )
    _make_guardians(pupils[::2], until, at)
    return pupils


def _make_guardians(pupils: list[Pupil], until: date, at: datetime) -> None:
    users = _users(len(pupils), UserKind.GUARDIAN, until, at)
    Guardian.objects.bulk_create(
        Guardian(pupil=pupil, user=user) for pupil, user in zip(pupils, users, strict=True)
    )
    Membership.objects.bulk_create(
        Membership(
            user=user,
            organisation=pupil.school_class.school.organisation,
            role=RoleCode.GUARDIAN,
        )
        for pupil, user in zip(pupils, users, strict=True)
    )


def make_profiles(pupils: list[Pupil], random: Random, *, at: datetime) -> DemoPupils:
    """Profiles for nine in ten pupils, with three fields each; crowded fields are wished for more often."""
    fields = list(Field.objects.order_by("position"))
    weights = [random.choice((1, 2, 3, 5, 8)) for _ in fields]
    with_profile = [pupil for pupil in pupils if random.random() < 0.9]
    profiles = [
        Profile(
            pupil=pupil,
            travel_mode=random.choices(TravelMode.values, (1, 3, 5, 2))[0],
            max_distance_km=random.choice((8, 10, 15, 15, 20, 25)),
            likes=random.choice(LIKES),
            strengths=random.choice(STRENGTHS),
            wants_to_try=random.choice(TO_TRY),
            completed_at=at - timedelta(days=random.randint(1, 9)),
        )
        for pupil in with_profile
    ]
    Profile.objects.bulk_create(profiles)
    interests: dict[int, list[Field]] = {}
    rows = []
    for profile in profiles:
        chosen: list[Field] = []
        while len(chosen) < 3:
            field = random.choices(fields, weights)[0]
            if field not in chosen:
                chosen.append(field)
        interests[profile.pupil_id] = chosen
        rows += [
            ProfileField(profile=profile, field=f, rank=r) for r, f in enumerate(chosen, start=1)
        ]
    ProfileField.objects.bulk_create(rows)
    return DemoPupils(with_profile, interests)
