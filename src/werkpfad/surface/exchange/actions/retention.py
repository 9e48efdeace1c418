"""Imports are kept for 90 days: long enough to take one back, short enough not to become a second archive."""

from datetime import datetime, timedelta

from django.db import transaction

from werkpfad.surface.exchange.models import ImportBatch

KEPT = timedelta(days=90)


@transaction.atomic
def forget_old_imports(*, at: datetime) -> int:
    """Delete batches older than `KEPT` with their rows; what they brought stays. Returns how many."""
    old = ImportBatch.objects.filter(created_at__lt=at - KEPT)
    count = old.count()
    old.delete()
    return count
