"""Reads of imports: which somebody sees, and what a file would do."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.core import progress
from werkpfad.base.core.progress import Stand
from werkpfad.region.network.models import Region
from werkpfad.region.schools.models import School
from werkpfad.region.schools.queries import visible_classes
from werkpfad.surface.exchange.enums import BatchState, Kind, Outcome
from werkpfad.surface.exchange.formats import SPECS
from werkpfad.surface.exchange.formats.planning import Plan, Planned, Progress, plan, read_drafts
from werkpfad.surface.exchange.models import ImportBatch
from werkpfad.surface.exchange.stores import STORES, ImportScope
from werkpfad.surface.exchange.tabular import Limits, read_table

COUNT_NAMES = {
    Outcome.CREATED: "created",
    Outcome.UPDATED: "updated",
    Outcome.SKIPPED: "skipped",
    Outcome.ERROR: "errors",
}
# How long work may be silent before it counts as given up: a worker tells its stand after each 500 rows.
STALLED_AFTER = timedelta(minutes=2)
# Data that belongs to no region.
SHARED_KINDS = (Kind.POSTAL_CODES, Kind.OCCUPATIONS)


def visible_batches(grants: Grants) -> QuerySet[ImportBatch]:
    """One's own; those of a region one imports for, but class lists only within their school.

    Shared data is seen by everybody who may load it. Names of pupils never reach the region's coordination.
    """
    regions = grants.regions_with(Permission.IMPORT_DATA)
    schools = grants.organisations_with(Permission.MANAGE_SCHOOL)
    mine = Q(started_by_id=grants.user_id) if grants.user_id else Q(pk__in=())
    regional = Q(region__in=regions) & ~Q(kind=Kind.PUPILS)
    own_school = Q(kind=Kind.PUPILS, school__organisation__in=schools)
    still_allowed = (
        Q(region__in=regions)
        | Q(school__organisation__in=grants.organisations_with(Permission.MANAGE_CLASSES))
        | Q(region__isnull=True)
    )
    shared = Q(kind__in=SHARED_KINDS) if may_load_shared(grants) else Q(pk__in=())
    return ImportBatch.objects.filter(
        (mine & still_allowed) | regional | own_school | shared
    ).defer("ledger")


def may_load_shared(grants: Grants) -> bool:
    """Operators; a coordination too as long as its region is the only one of the instance."""
    if grants.is_operator:
        return True
    own = grants.regions_with(Permission.IMPORT_DATA)
    return bool(own) and not Region.objects.exclude(pk__in=own).exists()


def importing_schools(grants: Grants) -> QuerySet[School]:
    """Schools whose class lists somebody may import as part of the school."""
    own = grants.organisations_with(Permission.MANAGE_CLASSES)
    return School.objects.filter(organisation__in=own).select_related("organisation__region")


def own_classes(grants: Grants, school: School | None) -> frozenset[int] | None:
    """Which classes a list may fill: a teacher's own ones (ids), or all (None)."""
    if school is None or grants.may_in_organisation(
        Permission.SEE_ALL_CLASSES, school.organisation_id
    ):
        return None
    return frozenset(visible_classes(grants).filter(school=school).values_list("pk", flat=True))


def scope_of(grants: Grants, batch: ImportBatch, *, today: date) -> ImportScope:
    """For a batch that is there already, with the rights the person has now."""
    return ImportScope(
        today=today,
        school_year=batch.school_year,
        region=batch.region,
        school=batch.school,
        classes=own_classes(grants, batch.school),
    )


def is_waiting(batch: ImportBatch) -> bool:
    """Asked for, and not begun."""
    return batch.state == BatchState.QUEUED or (
        batch.state == BatchState.CHECKING and batch.begun_at is None
    )


def is_under_way(batch: ImportBatch) -> bool:
    return batch.state in (BatchState.CHECKING, BatchState.QUEUED, BatchState.RUNNING)


def stand_of(batch: ImportBatch) -> Stand | None:
    """How many rows the work in hand has done, as far as its worker can be heard here."""
    if batch.begun_at is None:
        return None
    stand = progress.told(batch.public_id)
    return stand if stand and stand.at >= batch.begun_at else None


def is_stalled(batch: ImportBatch, *, at: datetime) -> bool:
    """Begun and silent for `STALLED_AFTER`: the worker has probably died."""
    if is_waiting(batch) or not is_under_way(batch) or batch.begun_at is None:
        return False
    stand = stand_of(batch)
    return at - (stand.at if stand else batch.begun_at) > STALLED_AFTER


def plan_file(
    *,
    kind: Kind,
    data: bytes,
    name: str,
    scope: ImportScope,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What importing this file would do now. Raises `FileRejected`."""
    spec, store = SPECS[kind], STORES[kind]
    table = read_table(data, name, limits)
    drafts, notes = read_drafts(spec, table, store.lookup(scope), progress)
    return plan(spec, drafts, store.known(scope), notes)


def rows_of(batch: ImportBatch, outcome: Outcome | None = None) -> Iterator[Planned]:
    """The stored plan of a batch in order of the file, on request only rows with one outcome."""
    parts = batch.parts.order_by("position")
    if outcome is not None:
        parts = parts.filter(**{f"{COUNT_NAMES[outcome]}__gt": 0})
    for part in parts.iterator(chunk_size=20):
        for row in part.rows:
            if outcome is None or row["outcome"] == outcome:
                yield _planned(row)


class StoredRows:
    """The rows of a batch as a list of which only the parts asked for are loaded; for pages."""

    def __init__(self, batch: ImportBatch, outcome: Outcome | None = None) -> None:
        self._batch, self._outcome = batch, outcome
        self._length: int = getattr(batch, COUNT_NAMES[outcome]) if outcome else batch.read

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, wanted: slice) -> list[Planned]:
        start, stop, _ = wanted.indices(self._length)
        found: list[Planned] = []
        passed = 0
        for position, *counts in self._batch.parts.order_by("position").values_list(
            "position", *COUNT_NAMES.values()
        ):
            here = self._here(counts)
            if passed < stop and passed + here > start:
                rows = self._rows(position)
                found += rows[max(0, start - passed) : stop - passed]
            passed += here
        return found

    def _here(self, counts: list[int]) -> int:
        by_outcome = dict(zip(COUNT_NAMES, counts, strict=True))
        return by_outcome[self._outcome] if self._outcome else sum(counts)

    def _rows(self, position: int) -> list[Planned]:
        rows = self._batch.parts.get(position=position).rows
        return [_planned(r) for r in rows if self._outcome in (None, r["outcome"])]


def _planned(row: dict[str, Any]) -> Planned:
    return Planned(
        number=row["number"],
        outcome=Outcome(row["outcome"]),
        key=row["key"],
        label=row["label"],
        values=row["values"],
        problems=tuple((column, text) for column, text in row["problems"]),
        notes=tuple(row["notes"]),
        changes={name: (old, new) for name, (old, new) in row["changes"].items()},
        target=row["target"],
        joins=row["joins"],
    )


def fate_of(rows: Iterable[Planned]) -> list[tuple[object, ...]]:
    """What is compared to see whether a plan still holds."""
    return [
        (row.number, row.outcome, row.target, {n: list(c) for n, c in row.changes.items()})
        for row in rows
    ]
