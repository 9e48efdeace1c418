"""Background work of rounds: phases that follow their dates, and the computation itself."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from werkpfad.base.core import clock
from werkpfad.base.core.actor import Actor
from werkpfad.journey.matching import actions, queries
from werkpfad.journey.matching.apart import NotComputed, NotWanted, compute_apart
from werkpfad.journey.matching.engine import compute
from werkpfad.journey.matching.enums import Equity, RunKind, RunStage
from werkpfad.journey.matching.freeze import Occupied
from werkpfad.journey.matching.models import Round, Run
from werkpfad.journey.matching.rules import Variation

log = logging.getLogger(__name__)
MORNING, EVENING = 7, 18

# So few wishes are computed before anybody could press a button; a process of its own would take longer.
INLINE_WISHES = 2_000


def advance_rounds(*, at: datetime) -> None:
    """Periodic; safe to repeat."""
    actions.advance_rounds(at=at)


def remind_of_wishes(*, at: datetime) -> None:
    """Only by day: a teacher can do nothing about it at night."""
    if MORNING <= timezone.localtime(at).hour < EVENING:
        actions.remind_of_wishes(at=at)


@task()
def run_round(run_id: str) -> None:
    """Compute one run. A second worker that gets the same run finds nothing to do."""
    compute_run(run_id)


def compute_run(run_id: str, *, inline: int = INLINE_WISHES) -> None:
    """Compute one run here if it has at most `inline` wishes, else in a process that a cancelled run ends."""
    begun = actions.begin_run(run_id=run_id, at=clock.now())
    if begun is None:
        return
    attempt, frozen = begun

    def report(stage: str) -> None:
        actions.note_stage(run_id=run_id, attempt=attempt, stage=RunStage(stage))

    def is_wanted() -> bool:
        return queries.is_under_way(run_id, attempt)

    try:
        is_small = len(frozen["wishes"]) <= inline
        result = (
            compute(frozen, report)
            if is_small
            else compute_apart(frozen, report=report, is_wanted=is_wanted)
        )
    except NotWanted:
        log.info("run ended because it was cancelled", extra={"run": run_id})
        return
    except (ValueError, ArithmeticError, MemoryError, NotComputed) as error:
        log.exception("run failed", extra={"run": run_id})
        text = f"{type(error).__name__}: {error}"
        actions.fail_run(run_id=run_id, attempt=attempt, error=text, at=clock.now())
        return
    report(RunStage.STORE)
    actions.finish_run(run_id=run_id, attempt=attempt, result=result, at=clock.now())


def request_variant(
    *,
    base: Run,
    kind: RunKind,
    variation: Variation | None,
    occupied: Occupied,
    by: Actor,
    at: datetime,
) -> Run:
    """Ask for a trial, or for the other policies on the same input, and have it computed in the background."""
    with transaction.atomic():
        run = actions.request_variant(
            base=base, kind=kind, variation=variation, occupied=occupied, by=by, at=at
        )
        transaction.on_commit(lambda: run_round.enqueue(run.public_id))
    return run


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
