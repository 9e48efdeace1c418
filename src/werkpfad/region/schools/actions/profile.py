"""The profile: each step is saved by itself, any step may be passed over, all may be changed later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.occupations.models import Field
from werkpfad.region.network.models import Place
from werkpfad.region.schools.enums import ProfileStep, TravelMode
from werkpfad.region.schools.models import Profile, ProfileField, Pupil
from werkpfad.region.schools.rules import MAX_INTERESTS, progress_of

ANSWERS = (ProfileStep.LIKES, ProfileStep.STRENGTHS, ProfileStep.WANTS_TO_TRY)


class UnknownPlace(Exception):
    """No place with this postal code and name is known."""


@transaction.atomic
def save_interests(*, pupil: Pupil, fields: Sequence[Field], by: Actor, at: datetime) -> Profile:
    """The fields in order, dearest first; beyond `MAX_INTERESTS` and doubles nothing is kept."""
    profile = _locked_profile(pupil)
    chosen = list(dict.fromkeys(fields))[:MAX_INTERESTS]
    profile.interests.all().delete()
    ProfileField.objects.bulk_create(
        ProfileField(profile=profile, field=field, rank=rank)
        for rank, field in enumerate(chosen, start=1)
    )
    return _finish(profile, ProfileStep.INTERESTS, by=by, at=at)


@transaction.atomic
def save_home(*, pupil: Pupil, postal_code: str, place: str, by: Actor, at: datetime) -> Profile:
    """Where the pupil lives, as the middle of a place: no street is asked. Raises `UnknownPlace`."""
    found = Place.objects.filter(postal_code=postal_code, name=place).first()
    if found is None:
        raise UnknownPlace
    profile = _locked_profile(pupil)
    pupil.home_postal_code, pupil.home_place = found.postal_code, found.name
    pupil.home_lat, pupil.home_lon = found.lat, found.lon
    pupil.save(
        update_fields=["home_postal_code", "home_place", "home_lat", "home_lon", "updated_at"]
    )
    return _finish(profile, ProfileStep.HOME, by=by, at=at)


@transaction.atomic
def save_travel(
    *, pupil: Pupil, mode: TravelMode, max_distance_km: int, by: Actor, at: datetime
) -> Profile:
    """How and how far (straight line, km) the pupil can travel."""
    profile = _locked_profile(pupil)
    profile.travel_mode, profile.max_distance_km = mode, max_distance_km
    return _finish(profile, ProfileStep.TRAVEL, by=by, at=at)


@transaction.atomic
def save_answer(*, pupil: Pupil, step: ProfileStep, text: str, by: Actor, at: datetime) -> Profile:
    """One of the three short questions; `step` is one of `ANSWERS`."""
    if step not in ANSWERS:
        raise ValueError(f"{step} is no question")
    profile = _locked_profile(pupil)
    setattr(profile, step.value, text.strip())
    return _finish(profile, step, by=by, at=at)


@transaction.atomic
def skip_step(*, pupil: Pupil, step: ProfileStep, by: Actor, at: datetime) -> Profile:
    """Pass a step over; what was said before stays."""
    return _finish(_locked_profile(pupil), step, by=by, at=at)


@transaction.atomic
def save_profile(
    *,
    pupil: Pupil,
    fields: Sequence[Field],
    mode: TravelMode,
    max_distance_km: int,
    answers: Mapping[ProfileStep, str],
    by: Actor,
    at: datetime,
) -> Profile:
    """A whole profile at once, e.g. when a teacher fills it in with the pupil; the home place stays as it is."""
    save_interests(pupil=pupil, fields=fields, by=by, at=at)
    save_travel(pupil=pupil, mode=mode, max_distance_km=max_distance_km, by=by, at=at)
    for step in ANSWERS:
        save_answer(pupil=pupil, step=step, text=answers.get(step, ""), by=by, at=at)
    return skip_step(pupil=pupil, step=ProfileStep.HOME, by=by, at=at)


def _locked_profile(pupil: Pupil) -> Profile:
    """The pupil row is the lock, so that two first saves do not make two profiles."""
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    profile, _ = Profile.objects.get_or_create(pupil=pupil)
    return profile


def _finish(profile: Profile, step: ProfileStep, *, by: Actor, at: datetime) -> Profile:
    if step.value not in profile.done_steps:
        profile.done_steps = [*profile.done_steps, step.value]
    facts: dict[str, Any] = {"step": step.value}
    if profile.completed_at is None and progress_of(profile.done_steps).is_complete:
        profile.completed_at, facts["complete"] = at, True
    profile.version += 1
    profile.save()
    record(
        "profile.saved",
        by=by,
        at=at,
        obj=profile,
        region_id=profile.pupil.school_class.school.organisation.region_id,
        **facts,
    )
    return profile
