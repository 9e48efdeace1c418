"""Check a file and keep what it would do. The file itself is not kept."""

import hashlib
from collections import Counter
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.formats.planning import Plan, Planned
from werkpfad.surface.exchange.models import ImportBatch, ImportPart
from werkpfad.surface.exchange.queries import COUNT_NAMES, SHARED_KINDS, plan_file
from werkpfad.surface.exchange.stores import ImportScope
from werkpfad.surface.exchange.tabular import Limits


def stage_file(
    *,
    kind: Kind,
    data: bytes,
    name: str,
    scope: ImportScope,
    by: Actor,
    at: datetime,
    limits: Limits | None = None,
) -> ImportBatch:
    """Read, check and store the plan as a batch in state `staged`. Raises `FileRejected`, then nothing is stored.

    Reading comes before the transaction: on SQLite nobody else can write while one is open.
    """
    plan = plan_file(kind=kind, data=data, name=name, scope=scope, limits=limits)
    return stage_plan(plan=plan, kind=kind, data=data, name=name, scope=scope, by=by, at=at)


@transaction.atomic
def stage_plan(
    *,
    plan: Plan,
    kind: Kind,
    data: bytes,
    name: str,
    scope: ImportScope,
    by: Actor,
    at: datetime,
) -> ImportBatch:
    """Store a plan that was just made of this file."""
    batch = new_batch(kind=kind, data=data, name=name, scope=scope, by=by, at=at)
    store_plan(batch, plan)
    record("import.staged", by=by, at=at, obj=batch, region_id=batch.region_id, kind=str(kind))
    return batch


def new_batch(
    *, kind: Kind, data: bytes, name: str, scope: ImportScope, by: Actor, at: datetime
) -> ImportBatch:
    """The row of a file, without its rows."""
    return ImportBatch.objects.create(
        region=None if kind in SHARED_KINDS else scope.region,
        school=scope.school if kind == Kind.PUPILS else None,
        kind=kind,
        file_name=PurePath(name.replace("\\", "/")).name[:200],
        file_digest=hashlib.sha256(data).hexdigest(),
        school_year=scope.school_year,
        started_by_id=by.user_id,
        created_at=at,
    )


def store_plan(batch: ImportBatch, plan: Plan) -> None:
    """Replace the rows and counts of a batch by this plan."""
    batch.parts.all().delete()
    size = ImportPart.PART_SIZE
    starts = range(0, len(plan.rows), size)
    ImportPart.objects.bulk_create(
        (_part(batch, at // size, plan.rows[at : at + size]) for at in starts), batch_size=10
    )
    for name, count in plan.counts.items():
        setattr(batch, name, count)
    batch.notes = list(plan.notes)
    batch.save(update_fields=[*plan.counts, "notes", "updated_at"])


def _part(batch: ImportBatch, position: int, rows: tuple[Planned, ...]) -> ImportPart:
    seen = Counter(row.outcome for row in rows)
    counts = {name: seen[outcome] for outcome, name in COUNT_NAMES.items()}
    return ImportPart(batch=batch, position=position, rows=[_plain(row) for row in rows], **counts)


def _plain(row: Planned) -> dict[str, object]:
    """What JSON can hold; `queries.rows_of` reads it back."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
