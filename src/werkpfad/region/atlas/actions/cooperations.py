"""Cooperations: started, agreed, renewed, ended; whatever happens in one keeps it awake."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.region.atlas.enums import CooperationKind, CooperationStatus, Party
from werkpfad.region.atlas.models import Cooperation, LessonTopic, PlanStep
from werkpfad.region.atlas.rules import Step, next_status
from werkpfad.region.network.models import Organisation


class AlreadyCooperating(Exception):
    """These two run a cooperation of this kind; nothing was written."""


class StepNotPossible(Exception):
    """The cooperation is not in a state for this; perhaps a colleague was quicker."""


@transaction.atomic
def start_cooperation(
    *,
    school: Organisation,
    partner: Organisation,
    kind: CooperationKind,
    about: str,
    by: Actor,
    at: datetime,
    today: date,
) -> Cooperation:
    """Two begin to build something up. Raises `AlreadyCooperating`."""
    try:
        with transaction.atomic():
            made = Cooperation.objects.create(
                region=school.region,
                school=school,
                partner=partner,
                kind=kind,
                about=about,
                active_on=today,
            )
    except IntegrityError:
        raise AlreadyCooperating from None
    _record("started", made, by=by, at=at)
    return made


@transaction.atomic
def take_step(
    *,
    cooperation: Cooperation,
    step: Step,
    until: date | None,
    by: Actor,
    at: datetime,
    today: date,
) -> None:
    """Agree or renew until a day, or end. Raises `StepNotPossible`, also for an agreement without a later day."""
    locked = _locked(cooperation)
    status = next_status(locked.status, step)
    if status is None or (step is not Step.END and (until is None or until <= today)):
        raise StepNotPossible
    if step is Step.AGREE and _runs_elsewhere(locked):
        raise StepNotPossible
    locked.status = status
    if step is Step.AGREE:
        locked.agreed_on = today
    if step is not Step.END:
        locked.runs_until = until
    _touch(locked, today)
    _record(str(step), locked, by=by, at=at)


@transaction.atomic
def add_topic(
    *,
    cooperation: Cooperation,
    school_year: int,
    subject: str,
    grade: int,
    text: str,
    by: Actor,
    at: datetime,
    today: date,
) -> LessonTopic:
    """A subject's topic that a grade learns with the partner."""
    locked = _locked(cooperation)
    topic = LessonTopic.objects.create(
        cooperation=locked, school_year=school_year, subject=subject, grade=grade, text=text
    )
    _touch(locked, today)
    _record("topic_added", locked, by=by, at=at)
    return topic


@transaction.atomic
def add_plan_step(
    *,
    cooperation: Cooperation,
    text: str,
    party: Party,
    due_on: date,
    by: Actor,
    at: datetime,
    today: date,
) -> PlanStep:
    """Something one party does by a day."""
    locked = _locked(cooperation)
    step = PlanStep.objects.create(cooperation=locked, text=text, party=party, due_on=due_on)
    _touch(locked, today)
    _record("step_planned", locked, by=by, at=at)
    return step


@transaction.atomic
def finish_plan_step(*, step: PlanStep, by: Actor, at: datetime, today: date) -> None:
    """Done; doing it twice changes nothing."""
    locked = _locked(step.cooperation)
    if PlanStep.objects.filter(pk=step.pk, done_on__isnull=True).update(done_on=today):
        _touch(locked, today)
        _record("step_done", locked, by=by, at=at)


def _runs_elsewhere(cooperation: Cooperation) -> bool:
    """Whether the same two began anew while this one had ended."""
    same = Cooperation.objects.filter(
        school=cooperation.school_id, partner=cooperation.partner_id, kind=cooperation.kind
    )
    return same.exclude(pk=cooperation.pk).exclude(status=CooperationStatus.ENDED).exists()


def _locked(cooperation: Cooperation) -> Cooperation:
    return Cooperation.objects.select_for_update(of=("self",)).get(pk=cooperation.pk)


def _touch(cooperation: Cooperation, today: date) -> None:
    cooperation.active_on = today
    cooperation.version += 1
    cooperation.save()


def _record(event: str, cooperation: Cooperation, *, by: Actor, at: datetime) -> None:
    record(
        f"cooperation.{event}",
        by=by,
        at=at,
        obj=cooperation,
        region_id=cooperation.region_id,
        status=str(cooperation.status),
    )
