"""Occupations promise: the fields pupils choose from are always there, and loading them twice changes nothing."""

from typing import Any

from werkpfad.base.occupations.fields import START_FIELDS


def load_start_fields(field_model: Any, mapping_model: Any) -> None:
    """Create or correct the start fields. Takes the models, so that a migration can pass its historical ones."""
    for position, start in enumerate(START_FIELDS, start=1):
        row, _ = field_model.objects.update_or_create(
            code=start.code,
            defaults={
                "title": start.title,
                "sentence": start.sentence,
                "position": position,
            },
        )
        for prefix in start.kldb_prefixes:
            mapping_model.objects.get_or_create(field=row, kldb_prefix=prefix)
