"""Writes of programmes. A draft is stored from the first step on, so that nothing typed is ever lost."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.base.core.school_year import school_year_of
from werkpfad.journey.internships.enums import ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Programme, ProgrammeDay
from werkpfad.journey.internships.queries import days_of, plan_of
from werkpfad.journey.internships.rules import (
    ProgrammePlan,
    day_choices,
    day_problems,
    next_status,
    programme_problems,
    refuse,
)
from werkpfad.region.network.models import Region
from werkpfad.region.schools.models import School


class NotPossible(Exception):
    """The programme is not in a state that allows the step; nothing was written."""


@transaction.atomic
def create_programme(*, region: Region, plan: ProgrammePlan, by: Actor, at: datetime) -> Programme:
    """A draft. A Praktikumswoche begins with all school days of its period. Raises `NotValid`."""
    refuse(programme_problems(plan, today=day_of(at)))
    programme = Programme(region=region, kind=plan.kind)
    _apply(programme, plan)
    programme.save()
    _link_schools(programme, plan)
    if plan.kind == ProgrammeKind.WEEK:
        _store_days(programme, _proposed_days(programme))
    record(
        "programme_created",
        by=by,
        at=at,
        obj=programme,
        region_id=region.pk,
        kind=plan.kind,
    )
    return programme


@transaction.atomic
def update_programme(
    *,
    programme: Programme,
    plan: ProgrammePlan,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> Programme:
    """Change a programme that is not closed. Raises `NotValid`, `NotPossible`, or `EditConflict` if it was edited since.

    The kind never changes. Days of a week that fall out of a changed period are dropped.
    """
    stored = Programme.objects.select_for_update().get(pk=programme.pk)
    if stored.status == ProgrammeStatus.CLOSED:
        raise NotPossible
    refuse(programme_problems(plan, today=day_of(at), before=plan_of(stored)))
    _apply(stored, plan)
    save_if_unchanged(stored, seen_version=seen_version)
    _link_schools(stored, plan)
    if stored.kind == ProgrammeKind.WEEK:
        kept = [day for day in days_of(stored) if stored.first_day <= day <= stored.last_day]
        _store_days(stored, kept or _proposed_days(stored))
    record("programme_changed", by=by, at=at, obj=stored, region_id=stored.region_id)
    return stored


@transaction.atomic
def set_programme_days(
    *, programme: Programme, days: Iterable[date], by: Actor, at: datetime
) -> Programme:
    """The days of a Praktikumswoche. A day on which companies already offer seats cannot be dropped."""
    stored = Programme.objects.select_for_update().get(pk=programme.pk)
    if stored.kind != ProgrammeKind.WEEK or stored.status == ProgrammeStatus.CLOSED:
        raise NotPossible
    chosen = sorted(set(days))
    refuse(day_problems(chosen, first_day=stored.first_day, last_day=stored.last_day))
    if stored.slots.exclude(first_day__in=chosen).exists():
        raise NotPossible("Auf einem abgewählten Tag bieten Betriebe schon Plätze an.")
    _store_days(stored, chosen)
    record(
        "programme_days_set",
        by=by,
        at=at,
        obj=stored,
        region_id=stored.region_id,
        days=len(chosen),
    )
    return stored


@transaction.atomic
def open_programme(*, programme: Programme, by: Actor, at: datetime) -> Programme:
    """From now on companies publish offers for it, and schools and pupils see it."""
    return _step(programme, "open", by=by, at=at)


@transaction.atomic
def close_programme(*, programme: Programme, by: Actor, at: datetime) -> Programme:
    """No new offers, wishes or applications any more; what was agreed stays."""
    return _step(programme, "close", by=by, at=at)


def _step(programme: Programme, step: str, *, by: Actor, at: datetime) -> Programme:
    stored = Programme.objects.select_for_update().get(pk=programme.pk)
    status = next_status(stored.status, step)
    if status is None:
        raise NotPossible
    if step == "open" and stored.last_day < day_of(at):
        raise NotPossible("Der letzte Tag ist schon vorbei. Ändern Sie zuerst den Zeitraum.")
    stored.status = status
    stored.version += 1
    stored.save(update_fields=["status", "version", "updated_at"])
    record(f"programme_{status}", by=by, at=at, obj=stored, region_id=stored.region_id)
    return stored


def _apply(programme: Programme, plan: ProgrammePlan) -> None:
    programme.title = plan.title.strip()
    programme.description = plan.description.strip()
    programme.school_year = school_year_of(plan.first_day)
    programme.first_day, programme.last_day = plan.first_day, plan.last_day
    programme.offers_until = plan.offers_until
    programme.grades = sorted(plan.grades)
    programme.min_age = plan.min_age
    programme.max_distance_km = plan.max_distance_km
    programme.max_days = plan.max_days if programme.kind == ProgrammeKind.WEEK else 1
    programme.accepts_direct = plan.accepts_direct
    programme.is_school_event = plan.is_school_event


def _link_schools(programme: Programme, plan: ProgrammePlan) -> None:
    """Only schools of the programme's own region, whatever ids the form sent."""
    own = School.objects.filter(pk__in=plan.school_ids, organisation__region_id=programme.region_id)
    programme.schools.set(own)


def _proposed_days(programme: Programme) -> list[date]:
    choices = day_choices(programme.first_day, programme.last_day, programme.region.state)
    return [choice.day for choice in choices if choice.is_proposed]


def _store_days(programme: Programme, days: Iterable[date]) -> None:
    programme.days.all().delete()
    ProgrammeDay.objects.bulk_create(ProgrammeDay(programme=programme, day=day) for day in days)
