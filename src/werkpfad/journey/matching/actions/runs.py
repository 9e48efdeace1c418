"""Runs: the input is frozen when the run is asked for, so that what is computed can be recomputed by anyone.

A run is computed outside any transaction and written in one: a killed worker leaves the run as it was, and it can
be started again. Nobody sees a result before it is published.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.base.core.days import day_of
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.matching.actions.locking import locked_round
from werkpfad.journey.matching.engine import COMPARE, ENGINE_VERSION, compute
from werkpfad.journey.matching.enums import Equity, RoundPhase, RunKind, RunStage, RunStatus
from werkpfad.journey.matching.freeze import Occupied, freeze
from werkpfad.journey.matching.models import Proposal, Round, Run
from werkpfad.journey.matching.outcome import outcomes, policy_summaries, proposals
from werkpfad.journey.matching.queries import handed_in_order, is_stalled, phase_of, purpose_of
from werkpfad.journey.matching.record import digest
from werkpfad.journey.matching.rules import (
    Variation,
    next_phase,
    progress_of,
    run_seed,
    summarise,
)

WITH_PROPOSALS = (RunKind.FINAL, RunKind.FILL)
STARTABLE = (RunStatus.FAILED, RunStatus.CANCELLED)


class NotRunnable(Exception):
    """The round's phase or the run's state does not allow this; nothing was written. The text says why, in German."""


@transaction.atomic
def request_run(
    *,
    round_: Round,
    kind: RunKind,
    by: Actor,
    at: datetime,
    equity: Equity | None = None,
    occupied: Occupied | None = None,
) -> Run:
    """Freeze the input now and queue the computation. A rehearsal may try another `equity` than the round's.

    `occupied` says what placements hold already. Raises `NotRunnable`.
    """
    stored = locked_round(round_.pk)
    if kind == RunKind.FINAL and phase_of(stored, today=day_of(at)) != RoundPhase.ALLOCATION:
        raise NotRunnable("Zugeteilt wird erst, wenn die Wunschabgabe beendet ist.")
    _may_compute(stored, at=at)
    rule = Equity(stored.equity) if kind == RunKind.FINAL or equity is None else equity
    run = Run(round=stored, kind=kind, equity=rule)
    seed = run_seed(stored.seed, purpose_of(run))
    run.seed, run.engine_version = str(seed), ENGINE_VERSION
    run.input = freeze(
        stored, equity=rule, seed=seed, engine=ENGINE_VERSION, occupied=occupied or Occupied()
    )
    run.input_hash = digest(run.input)
    run.save()
    _record("run_requested", run, by=by, at=at, input_hash=run.input_hash)
    return run


@transaction.atomic
def request_variant(
    *,
    base: Run,
    kind: RunKind,
    by: Actor,
    at: datetime,
    variation: Variation | None = None,
    occupied: Occupied | None = None,
) -> Run:
    """Ask what would be if: the input of `base` with a `variation` (a trial), or under every policy (rules).

    A variant draws the same lots as its base, so that only the change shows. Raises `NotRunnable`, also when wishes
    or seats have changed since the base was frozen: then the difference would not be the variation's alone.
    """
    stored = locked_round(base.round_id)
    _may_compute(stored, at=at)
    if base.status != RunStatus.DONE or base.kind not in (RunKind.DRY, RunKind.FINAL):
        raise NotRunnable("Verglichen wird mit einem fertigen Probelauf oder einer Zuteilung.")
    run = Run(round=stored, kind=kind, base=base, equity=base.equity, seed=base.seed)
    run.engine_version = ENGINE_VERSION
    if kind == RunKind.RULES:
        run.input = {**base.input, "ask": COMPARE, "order": handed_in_order(stored)}
    else:
        varied = variation or Variation()
        _check_variation(stored, base, varied, occupied or Occupied())
        run.variation, run.equity = varied.stored(), varied.equity or base.equity
        run.input = _frozen(stored, base, occupied or Occupied(), varied)
    run.input_hash = digest(run.input)
    run.save()
    _record("run_requested", run, by=by, at=at, input_hash=run.input_hash)
    return run


def _check_variation(round_: Round, base: Run, varied: Variation, occupied: Occupied) -> None:
    if not varied.stored():
        raise NotRunnable("Wählen Sie mindestens eine Änderung.")
    if varied.equity == Equity.PARITY and round_.programme.kind == ProgrammeKind.WEEK:
        raise NotRunnable("Diese Regel gibt es nur für das Blockpraktikum.")
    if digest(_frozen(round_, base, occupied, Variation())) != base.input_hash:
        raise NotRunnable(
            "Seit diesem Lauf haben sich Wünsche, Plätze oder Festlegungen geändert. "
            "Starten Sie einen neuen Probelauf, und vergleichen Sie mit dem."
        )


def _frozen(round_: Round, base: Run, occupied: Occupied, variation: Variation) -> dict[str, Any]:
    return freeze(
        round_,
        equity=Equity(base.equity),
        seed=int(base.seed),
        engine=ENGINE_VERSION,
        occupied=occupied,
        variation=variation,
    )


def _may_compute(stored: Round, *, at: datetime) -> None:
    if phase_of(stored, today=day_of(at)) not in (RoundPhase.WISHES, RoundPhase.ALLOCATION):
        raise NotRunnable("In dieser Phase wird nicht gerechnet.")
    if stored.runs.filter(status__in=(RunStatus.QUEUED, RunStatus.RUNNING)).exists():
        raise NotRunnable("Es rechnet schon ein Lauf. Warten Sie, oder brechen Sie ihn ab.")


@transaction.atomic
def begin_run(*, run_id: str, at: datetime) -> tuple[int, Mapping[str, Any]] | None:
    """Claim a queued (or stalled) run: its attempt and frozen input. None if there is nothing to do."""
    run = Run.objects.select_for_update().filter(public_id=run_id).first()
    if run is None or not (run.status == RunStatus.QUEUED or is_stalled(run, at=at)):
        return None
    if run.status == RunStatus.RUNNING:
        run.attempt += 1
    run.status, run.started_at = RunStatus.RUNNING, at
    run.stage, run.progress = RunStage.PREPARE, progress_of(RunStage.PREPARE)
    run.save(update_fields=["status", "started_at", "progress", "stage", "attempt", "updated_at"])
    return run.attempt, run.input


def note_stage(*, run_id: str, attempt: int, stage: RunStage) -> None:
    """Say where the computation is. Never goes back, and says nothing about a run that was cancelled."""
    progress = progress_of(stage)
    Run.objects.filter(
        public_id=run_id, attempt=attempt, status=RunStatus.RUNNING, progress__lt=progress
    ).update(stage=stage, progress=progress)


@transaction.atomic
def finish_run(*, run_id: str, attempt: int, result: Mapping[str, Any], at: datetime) -> bool:
    """Store result, figures and, for the real allocation, the proposals. False if the run was cancelled meanwhile."""
    run = _claimed(run_id, attempt)
    if run is None:
        return False
    smallest = run.round.programme.region.min_group_size
    run.result, run.result_hash = dict(result), digest(result)
    if run.kind == RunKind.RULES:
        run.summary = {"smallest": smallest, "policies": policy_summaries(run, smallest)}
    else:
        run.summary = summarise(outcomes(run), smallest=smallest)
    run.status, run.finished_at, run.progress, run.error = RunStatus.DONE, at, 100, ""
    run.save()
    if run.kind in WITH_PROPOSALS:
        Proposal.objects.filter(run=run).delete()
        Proposal.objects.bulk_create(proposals(run), batch_size=500)
    _record("run_done", run, by=SYSTEM, at=at, result_hash=run.result_hash)
    return True


@transaction.atomic
def fail_run(*, run_id: str, attempt: int, error: str, at: datetime) -> None:
    """Note that the computation failed; it can be started again with the same input."""
    run = _claimed(run_id, attempt)
    if run is None:
        return
    run.status, run.finished_at, run.error = RunStatus.FAILED, at, error[:300]
    run.save(update_fields=["status", "finished_at", "error", "updated_at"])
    _record("run_failed", run, by=SYSTEM, at=at)


@transaction.atomic
def cancel_run(*, run: Run, by: Actor, at: datetime) -> Run:
    """Stop a run that is queued or computing; its result, should it still come, is thrown away."""
    stored = _locked(run)
    if stored.status not in (RunStatus.QUEUED, RunStatus.RUNNING):
        raise NotRunnable("Dieser Lauf ist schon fertig.")
    return _set(stored, RunStatus.CANCELLED, "run_cancelled", by=by, at=at)


@transaction.atomic
def restart_run(*, run: Run, by: Actor, at: datetime) -> Run:
    """Queue a failed, cancelled or stalled run again, with the input it was frozen with."""
    stored = _locked(run)
    if stored.status not in STARTABLE and not is_stalled(stored, at=at):
        raise NotRunnable("Dieser Lauf kann nicht neu gestartet werden.")
    stored.attempt += 1
    stored.progress, stored.error, stored.started_at = 0, "", None
    stored.save(update_fields=["attempt", "progress", "error", "started_at", "updated_at"])
    return _set(stored, RunStatus.QUEUED, "run_restarted", by=by, at=at)


@transaction.atomic
def mark_run_published(*, run: Run, by: Actor, at: datetime) -> Run:
    """Make this the result of its round; called with the placements it leads to, in their transaction.

    Raises `NotRunnable` for a rehearsal, an unfinished run, or a round that is not waiting for its result.
    """
    round_ = locked_round(run.round_id)
    stored = _locked(run)
    if stored.kind != RunKind.FINAL or stored.status != RunStatus.DONE:
        raise NotRunnable("Veröffentlicht werden kann nur eine fertige Zuteilung.")
    phase = next_phase(phase_of(round_, today=day_of(at)), "publish")
    if phase is None:
        raise NotRunnable("Für diese Runde wurde schon ein Ergebnis veröffentlicht.")
    round_.phase = phase
    round_.version += 1
    round_.save(update_fields=["phase", "version", "updated_at"])
    round_.runs.filter(kind=RunKind.FINAL, status=RunStatus.DONE).exclude(pk=stored.pk).update(
        status=RunStatus.DISCARDED, updated_at=at
    )
    stored.published_at = at
    stored.save(update_fields=["published_at", "updated_at"])
    return _set(stored, RunStatus.PUBLISHED, "run_published", by=by, at=at)


@transaction.atomic
def mark_run_withdrawn(*, run: Run, reason: str, by: Actor, at: datetime) -> Run:
    """Take a result back: the round waits for an allocation again. Called with the end of the placements it led to.

    Raises `NotRunnable` without a reason, for a run that is not the round's result, and after the confirmations.
    """
    round_ = locked_round(run.round_id)
    stored = _locked(run)
    if not reason.strip():
        raise NotRunnable("Bitte nennen Sie den Grund. Er steht im Verlauf der Runde.")
    if stored.kind != RunKind.FINAL or stored.status != RunStatus.PUBLISHED:
        raise NotRunnable("Zurückgenommen werden kann nur eine veröffentlichte Zuteilung.")
    phase = next_phase(phase_of(round_, today=day_of(at)), "withdraw")
    if phase is None:
        raise NotRunnable("Die Zeit zum Bestätigen ist vorbei. Das Ergebnis bleibt.")
    round_.phase = phase
    round_.version += 1
    round_.save(update_fields=["phase", "version", "updated_at"])
    stored.withdrawn_at, stored.withdrawn_reason = at, reason.strip()
    stored.save(update_fields=["withdrawn_at", "withdrawn_reason", "updated_at"])
    return _set(stored, RunStatus.WITHDRAWN, "run_withdrawn", by=by, at=at)


def execute(*, run_id: str, at: datetime) -> None:
    """Begin, compute and finish in one go with one time; for commands and seeding."""
    begun = begin_run(run_id=run_id, at=at)
    if begun is not None:
        attempt, frozen = begun
        finish_run(run_id=run_id, attempt=attempt, result=compute(frozen), at=at)


def _set(run: Run, status: RunStatus, event: str, *, by: Actor, at: datetime) -> Run:
    run.status = status
    run.save(update_fields=["status", "updated_at"])
    _record(event, run, by=by, at=at)
    return run


def _locked(run: Run) -> Run:
    return (
        Run.objects.select_for_update(of=("self",))
        .select_related("round__programme__region")
        .get(pk=run.pk)
    )


def _claimed(run_id: str, attempt: int) -> Run | None:
    return (
        Run.objects.select_for_update(of=("self",))
        .select_related("round__programme__region")
        .filter(public_id=run_id, status=RunStatus.RUNNING, attempt=attempt)
        .first()
    )


def _record(event: str, run: Run, *, by: Actor, at: datetime, **facts: str) -> None:
    region_id = run.round.programme.region_id
    record(event, by=by, at=at, obj=run, region_id=region_id, kind=run.kind, **facts)
