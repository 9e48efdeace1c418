"""Pupils come, move and leave."""

from datetime import date, datetime

from django.db import transaction

from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.base.core.ids import new_public_id
from werkpfad.region.network.models import Membership
from werkpfad.region.schools.models import PastClass, Pupil, SchoolClass
from werkpfad.region.schools.rules import OWN_KEY_PREFIX, last_day_of_access

ACCESS_ROLES = (RoleCode.PUPIL, RoleCode.GUARDIAN)


class KeyTaken(Exception):
    """Another pupil of the class has this key (Schülernummer)."""


class OtherSchool(Exception):
    """A pupil moves within a school only; the next school takes up its own pupils."""


@transaction.atomic
def add_pupil(
    *,
    school_class: SchoolClass,
    given_name: str,
    family_name: str,
    birth_date: date,
    by: Actor,
    at: datetime,
    school_key: str = "",
    is_full_time_compulsory: bool = True,
) -> Pupil:
    """A new pupil without access yet (see `give_access`); raises `KeyTaken`.

    Without a Schülernummer the pupil gets a key of its own: two pupils may share name and birthday.
    """
    key = school_key.strip() or OWN_KEY_PREFIX + new_public_id()
    _require_free_key(school_class, key)
    pupil = Pupil.objects.create(
        school_class=school_class,
        given_name=given_name,
        family_name=family_name,
        birth_date=birth_date,
        school_key=key,
        is_full_time_compulsory=is_full_time_compulsory,
    )
    record("pupil.added", by=by, at=at, obj=pupil, region_id=region_of(school_class))
    return pupil


@transaction.atomic
def update_pupil(
    *,
    pupil: Pupil,
    given_name: str,
    family_name: str,
    birth_date: date,
    school_key: str,
    is_full_time_compulsory: bool,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Correct what the school knows of a pupil; raises `KeyTaken` and `EditConflict`. An empty key keeps the old one."""
    key = school_key.strip() or pupil.school_key
    _require_free_key(pupil.school_class, key, besides=pupil.pk)
    pupil.given_name, pupil.family_name, pupil.birth_date = given_name, family_name, birth_date
    pupil.school_key, pupil.is_full_time_compulsory = key, is_full_time_compulsory
    save_if_unchanged(pupil, seen_version=seen_version)
    record("pupil.updated", by=by, at=at, obj=pupil, region_id=region_of(pupil.school_class))


@transaction.atomic
def move_pupil(*, pupil: Pupil, to_class: SchoolClass, by: Actor, at: datetime) -> None:
    """Into another class of the same school; wishes and placements go along. Raises `OtherSchool`, `KeyTaken`."""
    locked = lock_pupil(pupil)
    if locked.school_class.school_id != to_class.school_id:
        raise OtherSchool
    if locked.school_class_id == to_class.pk:
        return
    _require_free_key(to_class, locked.school_key, besides=locked.pk)
    PastClass.objects.filter(pupil=locked, school_class=to_class).delete()
    PastClass.objects.get_or_create(
        pupil=locked,
        school_class=locked.school_class,
        defaults={"until": day_of(at)},
    )
    locked.school_class = to_class
    locked.version += 1
    locked.save(update_fields=["school_class", "version", "updated_at"])
    pupil.school_class, pupil.version = to_class, locked.version
    record("pupil.moved", by=by, at=at, obj=pupil, region_id=region_of(to_class))


@transaction.atomic
def remove_pupil(*, pupil: Pupil, left_on: date, by: Actor, at: datetime) -> None:
    """End a pupil's time at the school: `left_on` is the first day without. Access ends, nothing is deleted."""
    locked = lock_pupil(pupil)
    _set_left(locked, left_on)
    for user in _users_of(locked):
        user.valid_until = last_day_of_access(left_on)
        user.save(update_fields=["valid_until", "updated_at"])
    pupil.left_on, pupil.version = left_on, locked.version
    record("pupil.left", by=by, at=at, obj=pupil, region_id=region_of(locked.school_class))


@transaction.atomic
def bring_back_pupil(*, pupil: Pupil, by: Actor, at: datetime) -> None:
    """Undo `remove_pupil`: the same codes work again."""
    locked = lock_pupil(pupil)
    _set_left(locked, None)
    for user in _users_of(locked):
        user.valid_until = None
        user.save(update_fields=["valid_until", "updated_at"])
    pupil.left_on, pupil.version = None, locked.version
    record("pupil.brought_back", by=by, at=at, obj=pupil, region_id=region_of(locked.school_class))


def lock_pupil(pupil: Pupil) -> Pupil:
    """The stored row with its school, locked until the transaction ends."""
    return (
        Pupil.objects.select_for_update(of=("self",))
        .select_related("school_class__school__organisation")
        .get(pk=pupil.pk)
    )


def region_of(school_class: SchoolClass) -> int:
    return school_class.school.organisation.region_id


def _set_left(pupil: Pupil, left_on: date | None) -> None:
    pupil.left_on = left_on
    pupil.version += 1
    pupil.save(update_fields=["left_on", "version", "updated_at"])


def _users_of(pupil: Pupil) -> list[User]:
    """The pupil's and the guardians' accounts, also when they stand on their own rows."""
    users = [pupil.user] if pupil.user else []
    return users + [guardian.user for guardian in pupil.guardians.select_related("user")]


def _require_free_key(school_class: SchoolClass, key: str, *, besides: int | None = None) -> None:
    same = Pupil.objects.filter(school_class=school_class, school_key=key)
    if same.exclude(pk=besides).exists():
        raise KeyTaken


def join_school(user: User, pupil: Pupil, role: RoleCode) -> None:
    """The membership by which a pupil or guardian belongs to the school's region."""
    Membership.objects.get_or_create(
        user=user, organisation=pupil.school_class.school.organisation, role=str(role)
    )
