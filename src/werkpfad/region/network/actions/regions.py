"""The region's own settings."""

from datetime import datetime
from typing import Any

from django.db import transaction

from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.region.network.models import Region


@transaction.atomic
def edit_region(
    *, region: Region, values: dict[str, Any], seen_version: int, by: Actor, at: datetime
) -> None:
    """Store changed settings. Raises EditConflict if somebody saved since `seen_version`."""
    for name, value in values.items():
        setattr(region, name, value)
    save_if_unchanged(region, seen_version=seen_version)
    record("region.edited", by=by, at=at, obj=region, region_id=region.pk, fields=sorted(values))
