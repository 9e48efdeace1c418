"""Imports as they were checked, taken over and, if need be, taken back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.region.network.models import Region
from werkpfad.region.schools.models import School
from werkpfad.surface.exchange.enums import BatchState, Kind


class ImportBatch(Record):
    """One file. `region` is empty for data that all regions share, `school` is set for its own class lists.

    Counts are rows of the file; created, updated, skipped and errors add up to `read`. After the commit `ledger`
    lists in order of writing what was created, [row, model, id, version], and what was changed,
    {"row", "model", "id", "version", "old"}: enough to take it back.
    `asked_by_id` is who asked to take it over, `begun_at` when the work in hand began (None: it waits), `attempt` counts
    the beginnings, and `problem` says in German why the last one came to nothing.
    """

    privacy = Privacy(
        purpose="Import von Daten",
        retention=Retention.DAYS_90,
        personal={"file_name", "started_by_id", "asked_by_id", "ledger"},
        open={
            "region",
            "school",
            "kind",
            "state",
            "file_digest",
            "school_year",
            "notes",
            "read",
            "created",
            "updated",
            "skipped",
            "errors",
            "attempt",
            "begun_at",
            "problem",
            "committed_at",
            "undone_at",
        },
    )

    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="imports"
    )
    school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.CASCADE, related_name="imports"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.STAGED)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    school_year = models.PositiveSmallIntegerField()
    started_by_id = models.BigIntegerField(null=True, blank=True)
    asked_by_id = models.BigIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    notes = models.JSONField(default=list)
    ledger = models.JSONField(default=dict)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    committed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="import_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=BatchState.values), name="import_state_known"
            ),
            models.CheckConstraint(
                condition=Q(read=F("created") + F("updated") + F("skipped") + F("errors")),
                name="import_counts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(errors=0) | Q(committed_at__isnull=True),
                name="import_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(committed_at__isnull=False)
                | ~Q(state__in=(BatchState.COMMITTED, BatchState.UNDONE)),
                name="import_committed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["region", "-created_at"], name="import_history")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class ImportFile(Record):
    """A large file until it is checked in the background; then the row is deleted, whatever the check says."""

    privacy = Privacy(
        purpose="Import von Daten",
        retention=Retention.DAYS_90,
        personal={"data"},
        open={"batch", "districts"},
    )

    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, related_name="file")
    data = models.BinaryField()
    districts = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"file of {self.batch_id}"


class ImportPart(Record):
    """Up to `PART_SIZE` rows of a file and what happens to them, in order of the file.

    `rows` holds what `rows_of` of the queries gives back. Rows are looked at page by page and written together, never
    one by one: a table row for each would only cost time (23,000 rows of postal codes: 20 times as long).
    """

    PART_SIZE: ClassVar[int] = 500

    privacy = Privacy(
        purpose="Import von Daten",
        retention=Retention.DAYS_90,
        personal={"rows"},
        open={"batch", "position", "created", "updated", "skipped", "errors"},
    )

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="import_part_once")
        ]

    def __str__(self) -> str:
        return f"part {self.position} of {self.batch_id}"
