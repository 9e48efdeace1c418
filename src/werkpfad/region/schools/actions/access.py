"""Codes for pupils and guardians, who need no e-mail."""

from datetime import datetime

from django.db import transaction

from werkpfad.base.accounts.actions import (
    create_access,
    create_user,
    end_sign_ins,
    renew_access,
)
from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.models import AccessCode, User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actor import Actor
from werkpfad.region.schools.actions.pupils import join_school, lock_pupil
from werkpfad.region.schools.models import Guardian, Pupil, SchoolClass


@transaction.atomic
def give_access(*, pupil: Pupil, by: Actor, at: datetime) -> AccessCode:
    """The pupil's account and code; once given, the same code is returned."""
    locked = lock_pupil(pupil)
    if locked.user is None:
        locked.user = create_user(kind=UserKind.PUPIL, by=by, at=at)
        locked.save(update_fields=["user", "updated_at"])
        join_school(locked.user, locked, RoleCode.PUPIL)
    pupil.user = locked.user
    return create_access(user=locked.user, by=by, at=at)


@transaction.atomic
def give_guardian_access(*, pupil: Pupil, by: Actor, at: datetime, position: int = 1) -> AccessCode:
    """Account and code of one guardian (position 1 or 2); once given, the same code is returned."""
    locked = lock_pupil(pupil)
    guardian = Guardian.objects.filter(pupil=locked, position=position).first()
    if guardian is None:
        user = create_user(kind=UserKind.GUARDIAN, by=by, at=at)
        guardian = Guardian.objects.create(pupil=locked, user=user, position=position)
        join_school(user, locked, RoleCode.GUARDIAN)
    return create_access(user=guardian.user, by=by, at=at)


@transaction.atomic
def give_class_access(
    *, school_class: SchoolClass, by: Actor, at: datetime, with_guardians: bool = False
) -> int:
    """Codes for all pupils of a class who have none yet, on request for a guardian each; returns how many were made."""
    made = 0
    current = school_class.pupils.filter(left_on__isnull=True)
    for pupil in current.filter(user__access_code__isnull=True):
        give_access(pupil=pupil, by=by, at=at)
        made += 1
    if with_guardians:
        for pupil in current.exclude(guardians__position=1):
            give_guardian_access(pupil=pupil, by=by, at=at)
            made += 1
    return made


@transaction.atomic
def renew_code(*, user: User, by: Actor, at: datetime) -> AccessCode:
    """A new code for a pupil or guardian whose sheet is lost; the old one ends at once, running sessions too."""
    access = renew_access(access=create_access(user=user, by=by, at=at), by=by, at=at)
    end_sign_ins(user=user, by=by, at=at)
    return access
