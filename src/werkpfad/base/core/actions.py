"""Core promises: what is recorded stays recorded, and two editors never overwrite each other silently."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F

from werkpfad.base.core.actor import Actor
from werkpfad.base.core.models import AuditEvent, Record


class EditConflict(Exception):
    """Somebody else saved the same record in the meantime; nothing was written."""


def record(
    event: str,
    *,
    by: Actor,
    at: datetime,
    obj: models.Model | None = None,
    region_id: int | None = None,
    **facts: Any,
) -> AuditEvent:
    """Append to the audit log, in the caller's transaction. `facts` are ids, codes and numbers, never names."""
    return AuditEvent.objects.create(
        at=at,
        event=event,
        actor_kind=by.kind,
        actor_user_id=by.user_id,
        actor_link_id=by.link_id,
        channel=by.channel,
        region_id=region_id,
        object_kind=obj._meta.label_lower if obj else "",
        object_id=getattr(obj, "public_id", "") if obj else "",
        facts=facts,
    )


def save_if_unchanged(obj: Record, *, seen_version: int) -> None:
    """Save all fields of `obj` if the stored row still has `seen_version`; raise `EditConflict` otherwise.

    Call inside a transaction: the version moves first, so a second editor waits or loses, never overwrites.
    """
    moved = (
        type(obj)
        .objects.filter(pk=obj.pk, version=seen_version)  # type: ignore[attr-defined]
        .update(version=F("version") + 1)
    )
    if not moved:
        raise EditConflict
    obj.version = seen_version + 1
    obj.save()
