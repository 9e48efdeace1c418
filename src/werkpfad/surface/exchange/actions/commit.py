"""Take over what was checked: all rows or none."""

from datetime import datetime

from django.db import IntegrityError, transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.surface.exchange.actions.stage import store_plan
from werkpfad.surface.exchange.enums import BatchState, Kind, Outcome
from werkpfad.surface.exchange.formats import SPECS
from werkpfad.surface.exchange.formats.planning import Plan, Planned, Progress, refresh
from werkpfad.surface.exchange.models import ImportBatch
from werkpfad.surface.exchange.queries import fate_of, rows_of
from werkpfad.surface.exchange.stores import STORES, ImportScope, Ledger, MissingReference, Work


class NotStaged(Exception):
    """The batch was taken over, taken back or discarded already; nothing was written."""


class HasErrors(Exception):
    """Rows are wrong; nothing was written."""


class PlanChanged(Exception):
    """The data changed since the check; nothing was taken over, the preview shows the new state."""


def commit_import(
    *,
    batch: ImportBatch,
    scope: ImportScope,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
    attempt: int | None = None,
) -> ImportBatch:
    """Write all rows of a staged batch, or of a running one as its `attempt`.

    Raises `NotStaged`, `HasErrors` or `PlanChanged`. What the rows meet is looked up again under a lock: only the plan
    that was shown is carried out.
    """
    try:
        with transaction.atomic():
            fresh = _commit(batch, scope, by=by, at=at, progress=progress, attempt=attempt)
    except (MissingReference, IntegrityError) as error:
        raise PlanChanged from error
    if fresh is not None:
        with transaction.atomic():
            store_plan(batch, fresh)
        raise PlanChanged
    batch.refresh_from_db()
    return batch


def _commit(
    batch: ImportBatch,
    scope: ImportScope,
    *,
    by: Actor,
    at: datetime,
    progress: Progress | None,
    attempt: int | None,
) -> Plan | None:
    """Write, or return the new plan if it no longer is the one that was shown."""
    locked = lock_staged(batch) if attempt is None else _lock_running(batch, attempt)
    if locked.errors:
        raise HasErrors
    kind = Kind(locked.kind)
    rows = list(rows_of(locked))
    fresh = refresh(SPECS[kind], rows, STORES[kind].known(scope))
    if fate_of(fresh) != fate_of(rows):
        return Plan(tuple(fresh), tuple(locked.notes))
    ledger = Ledger()
    STORES[kind].write(Work(_to_write(fresh), scope, ledger, by, at, progress or _silent))
    locked.ledger = {"made": ledger.made, "before": ledger.before}
    locked.state, locked.committed_at, locked.problem = BatchState.COMMITTED, at, ""
    locked.version += 1
    locked.save(
        update_fields=["ledger", "state", "committed_at", "problem", "version", "updated_at"]
    )
    if SPECS[kind].personal:
        _forget_names(locked)
    record(
        "import.committed",
        by=by,
        at=at,
        obj=locked,
        region_id=locked.region_id,
        kind=str(kind),
        read=locked.read,
        created=locked.created,
        updated=locked.updated,
        skipped=locked.skipped,
    )
    return None


def _to_write(rows: list[Planned]) -> list[Planned]:
    """Joined rows are already part of the row they complement."""
    written = (Outcome.CREATED, Outcome.UPDATED)
    return [row for row in rows if row.outcome in written and row.joins is None]


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


def _forget_names(batch: ImportBatch) -> None:
    """Once taken over, pupils stand in their class; a second copy of names is not kept."""
    bare = {"key": "", "label": "", "values": {}, "changes": {}, "notes": []}
    for part in batch.parts.all():
        part.rows = [row | bare for row in part.rows]
        part.save(update_fields=["rows", "updated_at"])


def lock_staged(batch: ImportBatch) -> ImportBatch:
    """The stored row, locked until the transaction ends. Raises `NotStaged` once it is decided or being written."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.state != BatchState.STAGED:
        raise NotStaged
    return locked


def _lock_running(batch: ImportBatch, attempt: int) -> ImportBatch:
    """The lock is held until the end: while it is, the worker lives (see `background.restart_import`)."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if (locked.state, locked.attempt) != (BatchState.RUNNING, attempt):
        raise NotStaged
    return locked
