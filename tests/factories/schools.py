"""Factories for schools, classes and pupils. Names are generated and belong to nobody."""

from datetime import date
from itertools import count
from typing import Any

from tests.factories.network import make_membership, make_organisation, make_user
from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.schools.enums import SchoolForm
from werkpfad.region.schools.models import (
    ClassTeacher,
    Guardian,
    Profile,
    Pupil,
    School,
    SchoolClass,
)

_number = count(1)


def make_school(**overrides: Any) -> School:
    """`region=` places the new organisation."""
    region = overrides.pop("region", None)
    values: dict[str, Any] = {"main_form": SchoolForm.OBERSCHULE} | overrides
    if "organisation" not in values:
        n = next(_number)
        extra = {"region": region} if region else {}
        values["organisation"] = make_organisation(
            kind=OrganisationKind.SCHOOL,
            name=f"Oberschule Beispiel {n}",
            external_key=f"{90000 + n}",
            **extra,
        )
    values.setdefault("forms", [values["main_form"]])
    return School.objects.create(**values)


def make_class(**overrides: Any) -> SchoolClass:
    values: dict[str, Any] = {"school_year": 2026, "name": f"9{next(_number)}", "grade": 9}
    values |= overrides
    if "school" not in values:
        values["school"] = make_school()
    return SchoolClass.objects.create(**values)


def make_pupil(*, with_user: bool = True, **overrides: Any) -> Pupil:
    n = next(_number)
    values: dict[str, Any] = {
        "given_name": f"Mika{n}",
        "family_name": f"Probe{n}",
        "birth_date": date(2012, 3, 14),
        "school_key": f"P{n}",
        "home_postal_code": "21680",
        "home_place": "Stade",
        "home_lat": 53.6,
        "home_lon": 9.4667,
    }
    values |= overrides
    if "school_class" not in values:
        values["school_class"] = make_class()
    if with_user and "user" not in values:
        values["user"] = make_user(kind=UserKind.PUPIL)
        make_membership(
            RoleCode.PUPIL,
            user=values["user"],
            organisation=values["school_class"].school.organisation,
        )
    return Pupil.objects.create(**values)


def make_profile(**overrides: Any) -> Profile:
    values = dict(overrides)
    if "pupil" not in values:
        values["pupil"] = make_pupil()
    return Profile.objects.create(**values)


def make_guardian(**overrides: Any) -> Guardian:
    values = dict(overrides)
    if "pupil" not in values:
        values["pupil"] = make_pupil()
    if "user" not in values:
        values["user"] = make_user(kind=UserKind.GUARDIAN)
        make_membership(
            RoleCode.GUARDIAN,
            user=values["user"],
            organisation=values["pupil"].school_class.school.organisation,
        )
    return Guardian.objects.create(**values)


def make_class_teacher(**overrides: Any) -> ClassTeacher:
    values = dict(overrides)
    if "school_class" not in values:
        values["school_class"] = make_class()
    if "user" not in values:
        values["user"] = make_membership(
            RoleCode.TEACHER, organisation=values["school_class"].school.organisation
        ).user
    return ClassTeacher.objects.create(**values)
