"""Factories for imports."""

from typing import Any

from werkpfad.surface.exchange.enums import BatchState, Kind
from werkpfad.surface.exchange.models import ImportBatch, ImportPart


def make_batch(**overrides: Any) -> ImportBatch:
    """A staged file of two schools, one of which has an error; counts and rows fit each other."""
    values: dict[str, Any] = {
        "kind": Kind.SCHOOLS,
        "state": BatchState.STAGED,
        "file_name": "schulen.csv",
        "file_digest": "0" * 64,
        "school_year": 2026,
        "read": 2,
        "created": 1,
        "errors": 1,
    }
    batch = ImportBatch.objects.create(**values | overrides)
    blank: dict[str, Any] = {
        "key": "",
        "label": "",
        "values": {},
        "problems": [],
        "notes": [],
        "changes": {},
        "target": None,
        "joins": None,
    }
    rows = [
        blank | {"number": 2, "outcome": "created", "label": "Schule A"},
        blank | {"number": 3, "outcome": "error", "problems": [["Name", "fehlt. Bitte ergänzen."]]},
    ]
    ImportPart.objects.create(batch=batch, position=0, created=1, errors=1, rows=rows)
    return batch
