"""Fill-ups: one run a night over those still open and what is free, as long as the leftover market lasts."""

from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.journey.matching.actions.locking import locked_round
from werkpfad.journey.matching.actions.runs import NotRunnable, begin_run, fail_run, finish_run
from werkpfad.journey.matching.engine import ENGINE_VERSION, compute
from werkpfad.journey.matching.enums import RoundPhase, RunKind, RunStatus
from werkpfad.journey.matching.fill import Standing, can_help, freeze_fill
from werkpfad.journey.matching.models import Round, Run
from werkpfad.journey.matching.queries import phase_of, purpose_of
from werkpfad.journey.matching.record import digest
from werkpfad.journey.matching.rules import run_seed

UNPUBLISHED = (
    RunStatus.QUEUED,
    RunStatus.RUNNING,
    RunStatus.DONE,
    RunStatus.FAILED,
    RunStatus.CANCELLED,
)


@transaction.atomic
def request_fill(
    *, round_: Round, night: date, standing: Standing, by: Actor, at: datetime
) -> Run | None:
    """Freeze the fill-up of one night. A repeat gives the run that exists; None where nobody could be helped.

    An older fill-up that was never published gives way: what was free then may not be free now.
    """
    stored = locked_round(round_.pk)
    existing = stored.runs.filter(kind=RunKind.FILL, for_day=night).first()
    if existing is not None or phase_of(stored, today=night) != RoundPhase.LEFTOVERS:
        return existing
    run = Run(round=stored, kind=RunKind.FILL, for_day=night, equity=stored.equity)
    seed = run_seed(stored.seed, purpose_of(run))
    run.seed, run.engine_version = str(seed), ENGINE_VERSION
    run.input = freeze_fill(stored, seed=seed, engine=ENGINE_VERSION, standing=standing)
    if not can_help(run.input):
        return None
    stored.runs.filter(kind=RunKind.FILL, status__in=UNPUBLISHED).update(
        status=RunStatus.DISCARDED, updated_at=at
    )
    run.input_hash = digest(run.input)
    run.save()
    region_id = stored.programme.region_id
    record("run_requested", by=by, at=at, obj=run, region_id=region_id, kind=run.kind)
    return run


def compute_fill(*, run: Run, at: datetime) -> Run:
    """Compute what is queued or was left behind by a dead worker; a second worker finds nothing to do."""
    begun = begin_run(run_id=run.public_id, at=at)
    if begun is not None:
        attempt, frozen = begun
        try:
            result = compute(frozen)
        except (ValueError, ArithmeticError, MemoryError) as error:
            text = f"{type(error).__name__}: {error}"
            fail_run(run_id=run.public_id, attempt=attempt, error=text, at=at)
        else:
            finish_run(run_id=run.public_id, attempt=attempt, result=result, at=at)
    return Run.objects.select_related("round__programme__region").get(pk=run.pk)


@transaction.atomic
def mark_fill_published(*, run: Run, by: Actor, at: datetime) -> Run:
    """Let the proposals of a fill-up out; called with the placements they become, in their transaction.

    Raises `NotRunnable` for another kind of run, one that is not finished or is out already, and after the end.
    """
    round_ = locked_round(run.round_id)
    stored = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    stored.round = round_
    if stored.kind != RunKind.FILL or stored.status != RunStatus.DONE:
        raise NotRunnable("Diese Nachvermittlung ist nicht fertig, überholt oder schon hinaus.")
    if phase_of(round_, today=day_of(at)) != RoundPhase.LEFTOVERS:
        raise NotRunnable("Die Restplatzbörse läuft gerade nicht.")
    stored.status, stored.published_at = RunStatus.PUBLISHED, at
    stored.save(update_fields=["status", "published_at", "updated_at"])
    region_id = round_.programme.region_id
    record("run_published", by=by, at=at, obj=stored, region_id=region_id, kind=stored.kind)
    return stored
