"""Work on a file beside the request: asked for, begun, ended, given up, and begun again after a worker died.

A batch is claimed in a transaction of its own, worked on without one as long as possible, and written in one. So a
killed worker leaves nothing behind but the claim, and whoever believes it dead takes a new `attempt`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.surface.exchange.actions.commit import HasErrors, NotStaged, lock_staged
from werkpfad.surface.exchange.actions.stage import new_batch, store_plan
from werkpfad.surface.exchange.enums import BatchState, Kind
from werkpfad.surface.exchange.formats.planning import Plan
from werkpfad.surface.exchange.models import ImportBatch, ImportFile
from werkpfad.surface.exchange.queries import is_stalled, is_under_way, is_waiting
from werkpfad.surface.exchange.stores import ImportScope


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker has claimed. `file` is the file still to be checked, None when rows are to be written."""

    batch: ImportBatch
    attempt: int
    file: ImportFile | None


@transaction.atomic
def request_check(
    *, kind: Kind, data: bytes, name: str, scope: ImportScope, by: Actor, at: datetime
) -> ImportBatch:
    """Keep a large file until a worker has checked it."""
    batch = new_batch(kind=kind, data=data, name=name, scope=scope, by=by, at=at)
    _save(batch, state=BatchState.CHECKING, asked_by_id=by.user_id)
    ImportFile.objects.create(batch=batch, data=data, districts=sorted(scope.districts))
    return batch


@transaction.atomic
def request_commit(*, batch: ImportBatch, by: Actor, at: datetime) -> None:
    """Ask to take a staged batch over. Raises `NotStaged` (also for the second of two clicks) or `HasErrors`."""
    locked = lock_staged(batch)
    if locked.errors:
        raise HasErrors
    _save(locked, state=BatchState.QUEUED, asked_by_id=by.user_id, begun_at=None, problem="")
    _record("import.requested", locked, by=by, at=at)


@transaction.atomic
def begin_work(*, batch_id: str, at: datetime) -> Work | None:
    """Claim what waits or was given up. None if there is nothing to do, or somebody is at it."""
    batch = _lock_if_free(batch_id)
    if batch is None or not (is_waiting(batch) or is_stalled(batch, at=at)):
        return None
    state = BatchState.CHECKING if batch.state == BatchState.CHECKING else BatchState.RUNNING
    _save(batch, state=state, begun_at=at, attempt=batch.attempt + 1)
    file = ImportFile.objects.get(batch=batch) if state == BatchState.CHECKING else None
    return Work(batch, batch.attempt, file)


@transaction.atomic
def finish_check(*, work: Work, plan: Plan, by: Actor, at: datetime) -> None:
    """Store the plan; the file goes. Does nothing if the work was taken from this worker meanwhile."""
    batch = _claimed(work)
    if batch is None:
        return
    store_plan(batch, plan)
    ImportFile.objects.filter(batch=batch).delete()
    _save(batch, state=BatchState.STAGED, begun_at=None, problem="")
    record("import.staged", by=by, at=at, obj=batch, region_id=batch.region_id, kind=batch.kind)


@transaction.atomic
def show_again(*, work: Work, problem: str, at: datetime) -> None:
    """Back to the preview, nothing written; `problem` says in German why."""
    batch = _claimed(work)
    if batch is not None:
        _save(batch, state=BatchState.STAGED, begun_at=None, problem=problem)
        _record("import.refused", batch, by=SYSTEM, at=at)


@transaction.atomic
def fail_work(*, work: Work, problem: str, at: datetime) -> None:
    """Nothing was written; `problem` says in German why. A file that could not be checked goes."""
    batch = _claimed(work)
    if batch is None:
        return
    ImportFile.objects.filter(batch=batch).delete()
    _save(batch, state=BatchState.FAILED, begun_at=None, problem=problem[:300])
    _record("import.failed", batch, by=SYSTEM, at=at)


@transaction.atomic
def withdraw_commit(*, batch: ImportBatch, by: Actor, at: datetime) -> None:
    """Back to the preview, as long as nobody has begun. Raises `NotStaged`."""
    locked = _lock_if_free(batch.public_id)
    if locked is None or locked.state != BatchState.QUEUED:
        raise NotStaged
    _save(locked, state=BatchState.STAGED)
    _record("import.withdrawn", locked, by=by, at=at)


@transaction.atomic
def restart_import(*, batch: ImportBatch, by: Actor, at: datetime) -> None:
    """Have failed or given-up work done again. Raises `NotStaged` if there is none, or its worker is alive after all.

    On PostgreSQL a worker that writes holds the row: whoever cannot lock it knows that it lives.
    """
    locked = _lock_if_free(batch.public_id)
    failed = locked is not None and locked.state == BatchState.FAILED and locked.read > 0
    if locked is None or not (failed or is_stalled(locked, at=at)):
        raise NotStaged
    state = BatchState.CHECKING if locked.state == BatchState.CHECKING else BatchState.QUEUED
    _save(
        locked,
        state=state,
        asked_by_id=by.user_id,
        begun_at=None,
        attempt=locked.attempt + 1,
        problem="",
    )
    _record("import.restarted", locked, by=by, at=at)


@transaction.atomic
def discard_import(*, batch: ImportBatch, by: Actor, at: datetime) -> None:
    """Give up what is not taken over and not being worked on: its rows go at once. Raises `NotStaged`."""
    locked = _lock_if_free(batch.public_id)
    if locked is None or not _may_be_discarded(locked, at=at):
        raise NotStaged
    locked.parts.all().delete()
    ImportFile.objects.filter(batch=locked).delete()
    _save(locked, state=BatchState.DISCARDED, begun_at=None)
    _record("import.discarded", locked, by=by, at=at)


def _may_be_discarded(batch: ImportBatch, *, at: datetime) -> bool:
    if is_under_way(batch):
        return is_waiting(batch) or is_stalled(batch, at=at)
    return batch.state in (BatchState.STAGED, BatchState.FAILED)


def _lock_if_free(batch_id: str) -> ImportBatch | None:
    """None too if another transaction holds the row; on SQLite there is only one at a time."""
    rows = ImportBatch.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.select_related("region", "school__organisation").filter(public_id=batch_id).first()


def _claimed(work: Work) -> ImportBatch | None:
    """The batch, locked, if it still is this worker's."""
    return (
        ImportBatch.objects.select_for_update(of=("self",))
        .filter(
            pk=work.batch.pk,
            attempt=work.attempt,
            state__in=(BatchState.CHECKING, BatchState.RUNNING),
        )
        .first()
    )


def _save(batch: ImportBatch, **new: Any) -> None:
    for name, value in new.items():
        setattr(batch, name, value)
    batch.version += 1
    batch.save(update_fields=[*new, "version", "updated_at"])


def _record(event: str, batch: ImportBatch, *, by: Actor, at: datetime) -> None:
    record(event, by=by, at=at, obj=batch, region_id=batch.region_id, kind=batch.kind)
