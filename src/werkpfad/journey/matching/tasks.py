"""Background work of rounds: phases that follow their dates, and the computation itself."""

import logging
from datetime import datetime

from django.db import transaction
from django_tasks import task

from werkpfad.base.core import clock
from werkpfad.base.core.actor import Actor
from werkpfad.journey.matching import actions
from werkpfad.journey.matching.engine import compute
from werkpfad.journey.matching.enums import Equity, RunKind
from werkpfad.journey.matching.freeze import Occupied
from werkpfad.journey.matching.models import Round, Run

log = logging.getLogger(__name__)


def advance_rounds(*, at: datetime) -> None:
    """Periodic; safe to repeat."""
    actions.advance_rounds(at=at)


@task()
def run_round(run_id: str) -> None:
    """Compute one run. A second worker that gets the same run finds nothing to do."""
    begun = actions.begin_run(run_id=run_id, at=clock.now())
    if begun is None:
        return
    attempt, frozen = begun
    try:
        result = compute(frozen)
    except (ValueError, ArithmeticError, MemoryError) as error:
        log.exception("run failed", extra={"run": run_id})
        text = f"{type(error).__name__}: {error}"
        actions.fail_run(run_id=run_id, attempt=attempt, error=text, at=clock.now())
        return
    actions.finish_run(run_id=run_id, attempt=attempt, result=result, at=clock.now())


def request_run(
    *,
    round_: Round,
    kind: RunKind,
    equity: Equity | None,
    occupied: Occupied,
    by: Actor,
    at: datetime,
) -> Run:
    """Ask for a run and have it computed in the background."""
    with transaction.atomic():
        run = actions.request_run(
            round_=round_, kind=kind, equity=equity, occupied=occupied, by=by, at=at
        )
        transaction.on_commit(lambda: run_round.enqueue(run.public_id))
    return run


def restart_run(*, run: Run, by: Actor, at: datetime) -> Run:
    """Start a failed, cancelled or stalled run again, with its frozen input."""
    with transaction.atomic():
        again = actions.restart_run(run=run, by=by, at=at)
        transaction.on_commit(lambda: run_round.enqueue(again.public_id))
    return again
