"""Imports beside the request: a large file is checked, and an import of many rows taken over, by the worker.

Few rows go the same way without the detour over the queue, so that nobody waits for a second page.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django_tasks import task

from werkpfad.base.accounts.models import User
from werkpfad.base.core import clock, progress
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.region.network.queries import grants_for
from werkpfad.surface.exchange import actions
from werkpfad.surface.exchange.actions import Work
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.models import ImportBatch
from werkpfad.surface.exchange.permissions import can_decide
from werkpfad.surface.exchange.queries import may_load_shared, plan_file, scope_of
from werkpfad.surface.exchange.stores import ImportScope
from werkpfad.surface.exchange.tabular import FileRejected, Limits

log = logging.getLogger(__name__)

# Up to here people wait for the answer: about a second on a small machine.
FEW_ROWS = 500
SMALL_FILE = 200_000  # bytes
NOTHING = "Es wurde nichts übernommen."
CHANGED = (
    f"{NOTHING} Seit der Prüfung hat sich der Bestand geändert. "
    "Bitte sehen Sie sich die Vorschau noch einmal an."
)
NOT_ALLOWED = f"{NOTHING} Wer den Import gestartet hat, darf das inzwischen nicht mehr."
BROKEN = f"{NOTHING} Es ist ein unerwarteter Fehler aufgetreten ({{}}). Bitte versuchen Sie es noch einmal."


@task()
def carry_on(batch_id: str) -> None:
    """Check or write one batch. A second worker that gets the same one finds nothing to do."""
    work = actions.begin_work(batch_id=batch_id, at=clock.now())
    if work is None:
        return
    try:
        _do(work)
    except FileRejected as error:
        actions.fail_work(work=work, problem=str(error), at=clock.now())
    except actions.PlanChanged:
        actions.show_again(work=work, problem=CHANGED, at=clock.now())
    except actions.NotStaged:
        log.warning("import taken over by another attempt", extra={"import": batch_id})
    except Exception as error:
        log.exception("import failed", extra={"import": batch_id})
        problem = BROKEN.format(type(error).__name__)
        actions.fail_work(work=work, problem=problem, at=clock.now())
    finally:
        progress.forget(batch_id)


def _do(work: Work) -> None:
    scope, by = _scope(work.batch)
    if scope is None:
        actions.fail_work(work=work, problem=NOT_ALLOWED, at=clock.now())
    elif work.file is not None:
        _check(work, scope, by)
    else:
        actions.commit_import(
            batch=work.batch,
            scope=scope,
            by=by,
            at=clock.now(),
            progress=lambda done, total: _tell(work, done, total),
            attempt=work.attempt,
        )


def _check(work: Work, scope: ImportScope, by: Actor) -> None:
    batch, file = work.batch, work.file
    assert file is not None
    plan = plan_file(
        kind=Kind(batch.kind),
        data=bytes(file.data),
        name=batch.file_name,
        scope=scope.within(file.districts),
        limits=Limits(max_bytes=settings.UPLOAD_LIMIT),
        progress=lambda done, total: _tell(work, done, total),
    )
    actions.finish_check(work=work, plan=plan, by=by, at=clock.now())


def _tell(work: Work, done: int, total: int) -> None:
    progress.tell(work.batch.public_id, done, total, at=clock.now())


def _scope(batch: ImportBatch) -> tuple[ImportScope | None, Actor]:
    """What the person who asked may fill now; None if that is nothing any more."""
    today = clock.today()
    user = User.objects.filter(pk=batch.asked_by_id).first()
    grants = grants_for(user, today=today)
    if grants.actor is None or not can_decide(
        grants, batch, may_load_shared=may_load_shared(grants)
    ):
        return None, SYSTEM
    return scope_of(grants, batch, today=today), grants.by


def check_later(
    *, kind: Kind, data: bytes, name: str, scope: ImportScope, by: Actor, at: datetime
) -> ImportBatch:
    """Keep a large file and have it checked in the background."""
    with transaction.atomic():
        batch = actions.request_check(kind=kind, data=data, name=name, scope=scope, by=by, at=at)
        _enqueue(batch)
    return batch


def take_over(*, batch: ImportBatch, by: Actor, at: datetime) -> None:
    """Few rows at once, many in the background. Raises what `request_commit` raises."""
    with transaction.atomic():
        actions.request_commit(batch=batch, by=by, at=at)
        if batch.read > FEW_ROWS:
            _enqueue(batch)
    if batch.read <= FEW_ROWS:
        carry_on.call(batch.public_id)


def restart(*, batch: ImportBatch, by: Actor, at: datetime) -> None:
    """Have failed or given-up work done again, in the background. Raises what `restart_import` raises."""
    with transaction.atomic():
        actions.restart_import(batch=batch, by=by, at=at)
        _enqueue(batch)


def _enqueue(batch: ImportBatch) -> None:
    transaction.on_commit(lambda: carry_on.enqueue(batch.public_id))
