"""Classes and who accompanies them."""

from datetime import datetime

from django.db import transaction

from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.region.network.models import Membership
from werkpfad.region.schools.models import ClassTeacher, School, SchoolClass

TEACHING = (RoleCode.TEACHER, RoleCode.SCHOOL_COORDINATOR)


class ClassNameTaken(Exception):
    """The school has a class of this name in this school year."""


class NotOfThisSchool(Exception):
    """Only people with a role at the school can accompany its classes."""


@transaction.atomic
def create_class(
    *, school: School, school_year: int, name: str, grade: int, by: Actor, at: datetime
) -> SchoolClass:
    """A new class; raises `ClassNameTaken`."""
    _require_free_name(school, school_year, name)
    made = SchoolClass.objects.create(
        school=school, school_year=school_year, name=name, grade=grade
    )
    record("class.created", by=by, at=at, obj=made, region_id=school.organisation.region_id)
    return made


@transaction.atomic
def update_class(
    *, school_class: SchoolClass, name: str, grade: int, seen_version: int, by: Actor, at: datetime
) -> None:
    """Rename a class or correct its grade; raises `ClassNameTaken` and `EditConflict`."""
    school = school_class.school
    _require_free_name(school, school_class.school_year, name, besides=school_class.pk)
    school_class.name, school_class.grade = name, grade
    save_if_unchanged(school_class, seen_version=seen_version)
    record("class.updated", by=by, at=at, obj=school_class, region_id=school.organisation.region_id)


def _require_free_name(
    school: School, school_year: int, name: str, *, besides: int | None = None
) -> None:
    same = SchoolClass.objects.select_for_update(of=("self",)).filter(
        school=school, school_year=school_year, name=name
    )
    if same.exclude(pk=besides).exists():
        raise ClassNameTaken


@transaction.atomic
def assign_teacher(
    *, school_class: SchoolClass, user: User, by: Actor, at: datetime
) -> ClassTeacher:
    """Let somebody with a role at the school accompany the class; again changes nothing."""
    organisation = school_class.school.organisation
    if not Membership.objects.filter(
        user=user, organisation=organisation, role__in=TEACHING
    ).exists():
        raise NotOfThisSchool
    teaching, is_new = ClassTeacher.objects.get_or_create(school_class=school_class, user=user)
    if is_new:
        record(
            "class.teacher_assigned",
            by=by,
            at=at,
            obj=school_class,
            region_id=organisation.region_id,
            user=user.public_id,
        )
    return teaching


@transaction.atomic
def unassign_teacher(*, teaching: ClassTeacher, by: Actor, at: datetime) -> None:
    """End somebody's view on a class; the role at the school stays."""
    school_class = teaching.school_class
    record(
        "class.teacher_unassigned",
        by=by,
        at=at,
        obj=school_class,
        region_id=school_class.school.organisation.region_id,
        user=teaching.user.public_id,
    )
    teaching.delete()
