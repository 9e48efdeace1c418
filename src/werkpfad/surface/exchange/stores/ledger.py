"""What a commit writes, remembered row by row so that it can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from werkpfad.base.core.models import Record


@dataclass(slots=True)
class Ledger:
    """`made` and `before` in order of writing, in the shape of `ImportBatch.ledger`."""

    made: list[list[Any]] = field(default_factory=list)
    before: list[dict[str, Any]] = field(default_factory=list)

    def note_created(self, number: int, obj: Record) -> None:
        self.made.append([number, obj._meta.label_lower, obj.pk, obj.version])

    def set_fields(self, number: int, obj: Record, **new: Any) -> list[str]:
        """Set fields and raise the version, remembering the old values; the caller saves. Returns what changed."""
        old = {
            name: getattr(obj, name) for name, value in new.items() if getattr(obj, name) != value
        }
        if not old:
            return []
        for name in old:
            setattr(obj, name, new[name])
        obj.version += 1
        self.note_changed(number, obj, **old)
        return [*old, "version", "updated_at"]

    def note_changed(self, number: int, obj: Record, **old: Any) -> None:
        """Remember what `obj` was before; it is saved, or will be, with the version it has now."""
        self.before.append(
            {
                "row": number,
                "model": obj._meta.label_lower,
                "id": obj.pk,
                "version": obj.version,
                "old": {name: _plain(value) for name, value in old.items()},
            }
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


def in_chunks(items: list[Any], size: int = 500) -> Iterable[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
