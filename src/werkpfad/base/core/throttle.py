"""Rate limits by account, browser or purpose; never by the address of a school behind one router."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from werkpfad.base.core.models import ThrottleCount


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` tries of `purpose` per key within `window`."""

    purpose: str
    count: int
    window: timedelta


def _digest(limit: Limit, key: str) -> str:
    return hashlib.sha256(f"{limit.purpose}\0{key}".encode()).hexdigest()


@transaction.atomic
def hit(limit: Limit, key: str, *, at: datetime) -> bool:
    """Count one try; True while it is within the limit. Safe under concurrency on both databases."""
    row, _ = ThrottleCount.objects.select_for_update(of=("self",)).get_or_create(
        key_digest=_digest(limit, key), defaults={"window_ends_at": at + limit.window}
    )
    if row.window_ends_at <= at:
        row.window_ends_at, row.count = at + limit.window, 0
        row.save(update_fields=["window_ends_at", "count"])
    ThrottleCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return row.count < limit.count


def is_exhausted(limit: Limit, key: str, *, at: datetime) -> bool:
    """Whether the next try would be refused; counts nothing."""
    return ThrottleCount.objects.filter(
        key_digest=_digest(limit, key), window_ends_at__gt=at, count__gte=limit.count
    ).exists()


def free_at(limit: Limit, key: str, *, at: datetime) -> datetime | None:
    """When the next try will be let through; None if it is let through now."""
    row = ThrottleCount.objects.filter(
        key_digest=_digest(limit, key), window_ends_at__gt=at, count__gte=limit.count
    ).first()
    return row.window_ends_at if row else None


def reset(limit: Limit, key: str) -> None:
    ThrottleCount.objects.filter(key_digest=_digest(limit, key)).delete()
