"""Take an import back: what it created goes, what it changed becomes what it was, as long as nothing depends on it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.surface.exchange.enums import BatchState
from werkpfad.surface.exchange.models import ImportBatch
from werkpfad.surface.exchange.stores.ledger import in_chunks

# What may stand in the way, in words of the screen.
WORDS = {
    "accounts.user": "Zugänge",
    "applications.application": "Bewerbungen",
    "internships.offer": "Angebote",
    "internships.programme": "Programme",
    "internships.slot": "Plätze",
    "matching.entry": "Anmeldungen zur Zuteilung",
    "matching.wish": "Wünsche",
    "network.contact": "Ansprechpersonen",
    "network.invitation": "Einladungen",
    "network.membership": "Rollen von Personen",
    "network.site": "Standorte",
    "placements.placement": "Praktika",
    "schools.classteacher": "zugeordnete Lehrkräfte",
    "schools.guardian": "Erziehungsberechtigte",
    "schools.profile": "Profile",
    "schools.pupil": "Schüler:innen",
    "schools.schoolclass": "Klassen",
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why one row cannot be taken back."""

    row: int
    reason: str


class NotUndoable(Exception):
    """Something depends on the import; nothing was written. `obstacles` says what, in German."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(f"{len(obstacles)} rows in use")
        self.obstacles = obstacles


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: Actor, at: datetime) -> None:
    """Undo a committed batch as a whole. Raises `NotUndoable`."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.state != BatchState.COMMITTED:
        raise NotUndoable([])
    obstacles = obstacles_of(locked)
    if obstacles:
        raise NotUndoable(obstacles)
    _restore(locked.ledger.get("before", []))
    _delete(locked.ledger.get("made", []))
    locked.state, locked.undone_at, locked.ledger = BatchState.UNDONE, at, {}
    locked.version += 1
    locked.save(update_fields=["state", "undone_at", "ledger", "version", "updated_at"])
    record("import.undone", by=by, at=at, obj=locked, region_id=locked.region_id, kind=locked.kind)


def obstacles_of(batch: ImportBatch) -> list[Obstacle]:
    """Everything in the way, row by row; empty if the batch can be taken back."""
    made: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for row, label, pk, version in batch.ledger.get("made", []):
        made[label][pk] = (row, version)
    found = [*_edited_created(made), *_edited_changed(batch.ledger.get("before", []))]
    for label, objects in made.items():
        found += _depending(_model(label), objects, made)
    return sorted(set(found), key=lambda obstacle: (obstacle.row, obstacle.reason))


def _model(label: str) -> Any:
    """The model class of a ledger's label, always a `Record`."""
    # The ledger names models of many rooms; importing each of them here would say nothing more.
    return apps.get_model(label)  # noqa: TID251


def _edited_created(made: dict[str, dict[int, tuple[int, int]]]) -> list[Obstacle]:
    found = []
    for label, objects in made.items():
        versions = _versions(_model(label), list(objects))
        for pk, (row, version) in objects.items():
            if pk in versions and versions[pk] != version:
                found.append(Obstacle(row, "wurde seitdem bearbeitet"))
    return found


def _edited_changed(before: list[dict[str, Any]]) -> list[Obstacle]:
    """Only the last change of an object tells the version it should have."""
    last = {(entry["model"], entry["id"]): entry for entry in before}
    by_model: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in last.values():
        by_model[entry["model"]].append(entry)
    found = []
    for label, entries in by_model.items():
        versions = _versions(_model(label), [entry["id"] for entry in entries])
        for entry in entries:
            current = versions.get(entry["id"])
            if current is None:
                found.append(Obstacle(entry["row"], "wurde seitdem gelöscht"))
            elif current != entry["version"]:
                found.append(Obstacle(entry["row"], "wurde seitdem bearbeitet"))
    return found


def _versions(model: Any, ids: list[int]) -> dict[int, int]:
    versions: dict[int, int] = {}
    for chunk in in_chunks(ids):
        rows = model.objects.filter(pk__in=chunk)
        versions.update(rows.values_list("pk", "version"))
    return versions


def _depending(
    model: Any,
    objects: dict[int, tuple[int, int]],
    made: dict[str, dict[int, tuple[int, int]]],
) -> list[Obstacle]:
    """Rows of any table that point at what was created, unless this import created them itself."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not relation.is_relation:
            continue
        if relation.many_to_many:
            continue  # its hidden table comes along by itself
        other: Any = relation.related_model
        owner: Any = other._meta.auto_created
        if owner is model:
            continue  # its own list, e.g. the fields of an offer
        name = relation.field.name
        own = set(made.get(other._meta.label_lower, ()))
        word = WORDS.get((owner or other)._meta.label_lower, "weitere Einträge")
        for chunk in in_chunks(list(objects)):
            pointing = other.objects.filter(**{f"{name}__in": chunk})
            for pk, target in pointing.values_list("pk", f"{name}_id"):
                if pk not in own:
                    found.append(Obstacle(objects[target][0], f"hat inzwischen {word}"))
    return found


def _restore(before: list[dict[str, Any]]) -> None:
    """Latest first, so that the oldest value stays. With the old content the old version is back too."""
    for entry in reversed(before):
        model = _model(entry["model"])
        obj = model.objects.get(pk=entry["id"])
        for name, value in entry["old"].items():
            field = model._meta.get_field(name.removesuffix("_id"))
            setattr(obj, name, field.to_python(value) if not field.is_relation else value)
        obj.version = entry["version"] - 1
        obj.save(update_fields=[*entry["old"], "version", "updated_at"])


def _delete(made: list[list[Any]]) -> None:
    """In the opposite order of creation, so that nothing is deleted under something else."""
    order = list(dict.fromkeys(label for _, label, _, _ in made))
    for label in reversed(order):
        ids = [pk for _, name, pk, _ in made if name == label]
        for chunk in in_chunks(ids):
            _model(label).objects.filter(pk__in=chunk).delete()
