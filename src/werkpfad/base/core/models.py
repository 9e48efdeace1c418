"""The base record, the audit log and the counters behind rate limits."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from werkpfad.base.core.enums import ActorKind, Channel
from werkpfad.base.core.ids import new_public_id
from werkpfad.base.core.privacy import Privacy, Retention


class Record(models.Model):
    """What every row has: a public name, timestamps, and a version against overwriting each other."""

    RECORD_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"id", "public_id", "created_at", "updated_at", "version"}
    )
    privacy: ClassVar[Privacy]

    id = models.BigAutoField(primary_key=True)
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class AuditEvent(models.Model):
    """One line of the log of what was done. Append-only; facts hold ids and codes, never names."""

    privacy = Privacy(
        purpose="Nachvollziehbarkeit von Änderungen",
        retention=Retention.TEN_YEARS_RECORD,
        open={
            "id",
            "at",
            "event",
            "actor_kind",
            "actor_user_id",
            "actor_link_id",
            "channel",
            "region_id",
            "object_kind",
            "object_id",
            "facts",
        },
    )

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_user_id = models.BigIntegerField(null=True)
    actor_link_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=10, choices=Channel)
    region_id = models.BigIntegerField(null=True)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=16, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id", "at"], name="audit_object"),
            models.Index(fields=["region_id", "at"], name="audit_region"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.object_kind} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("an audit event cannot be changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("an audit event cannot be deleted")


class ThrottleCount(models.Model):
    """How often something was tried within a window. The key is a digest: no address, no account name."""

    privacy = Privacy(
        purpose="Schutz vor massenhaftem Ausprobieren",
        retention=Retention.DAYS_7,
        open={"id", "key_digest", "window_ends_at", "count"},
    )

    id = models.BigAutoField(primary_key=True)
    key_digest = models.CharField(max_length=64, unique=True)
    window_ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} until {self.window_ends_at:%H:%M}"


class PeriodicRun(models.Model):
    """One due run of repeating work. Unique by name and due time, so that several workers start it once."""

    privacy = Privacy(
        purpose="Regelmäßige Arbeiten",
        retention=Retention.DAYS_90,
        open={"id", "name", "due_at", "queued_at"},
    )

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    queued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "due_at"], name="periodic_run_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%d.%m.%Y %H:%M}"
