"""The two tables of the import pages: past imports, and the rows of one."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse

from werkpfad.base.core.ui.parts import Badge, Link, Tone
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.surface.exchange.enums import BatchState, Kind, Outcome
from werkpfad.surface.exchange.formats import SPECS
from werkpfad.surface.exchange.formats.planning import Planned
from werkpfad.surface.exchange.models import ImportBatch

STATE_TONES: dict[str, Tone] = {
    BatchState.CHECKING: "info",
    BatchState.STAGED: "warning",
    BatchState.QUEUED: "info",
    BatchState.RUNNING: "info",
    BatchState.FAILED: "danger",
    BatchState.COMMITTED: "success",
    BatchState.UNDONE: "neutral",
    BatchState.DISCARDED: "neutral",
}
OUTCOME_TONES: dict[str, Tone] = {
    Outcome.CREATED: "success",
    Outcome.UPDATED: "info",
    Outcome.SKIPPED: "neutral",
    Outcome.ERROR: "danger",
}


def state_badge(batch: ImportBatch) -> Badge:
    return Badge(BatchState(batch.state).label, STATE_TONES[batch.state])


def _link(batch: ImportBatch) -> Link:
    return Link(batch.file_name, reverse("exchange:import_detail", args=[batch.public_id]))


def _when(batch: ImportBatch) -> datetime:
    return batch.created_at


HISTORY = TableSpec(
    caption="Bisherige Importe",
    default_sort="-when",
    columns=(
        Column("file", "Datei", value=_link, main=True),
        Column("kind", "Inhalt", value=lambda batch: Kind(batch.kind).label),
        Column("when", "Wann", value=_when, sort="created_at"),
        Column("state", "Stand", value=state_badge),
        Column("created", "Neu", numeric=True),
        Column("updated", "Geändert", numeric=True),
        Column("errors", "Fehler", numeric=True),
    ),
    empty=Empty(
        "Noch kein Import",
        "Wählen Sie oben, was Sie laden möchten. Vor dem Übernehmen sehen Sie jede Zeile.",
    ),
)


def rows_table(batch: ImportBatch, *, with_names: bool) -> TableSpec:
    """Rows of one file; without names only numbers, outcome and problems are shown."""
    names: tuple[Column, ...] = ()
    if with_names:
        names = (Column("label", "Eintrag"),)
    return TableSpec(
        caption="Zeilen der Datei",
        per_page=50,
        columns=(
            Column("number", "Zeile", value=lambda row: f"Zeile {row.number}", main=True),
            *names,
            Column("outcome", "Ergebnis", value=_outcome),
            Column("remarks", "Hinweise", value=_remarks(Kind(batch.kind), with_names=with_names)),
        ),
        empty=Empty("Keine Zeilen", "In dieser Auswahl gibt es keine Zeilen."),
    )


def _outcome(row: Planned) -> Badge:
    return Badge(row.outcome.label, OUTCOME_TONES[row.outcome])


def _remarks(kind: Kind, *, with_names: bool) -> Callable[[Planned], list[str]]:
    titles = {column.name: column.title for column in SPECS[kind].columns}

    def remarks(row: Planned) -> list[str]:
        if row.problems:
            return row.sentences
        found: list[str] = []
        if with_names:
            found += [
                f"{titles.get(name, name)}: {_shown(old)} → {_shown(new)}"
                for name, (old, new) in row.changes.items()
            ]
        return found + list(row.notes)

    return remarks


def _shown(value: object) -> str:
    """A value in a few words; lists and long texts are cut."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "leer")
    return f"„{text[:60]}…“" if len(text) > 60 else f"„{text}“"
