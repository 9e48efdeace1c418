"""Finds the heading row of a table and which of its columns a format wants."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkpfad.base.core.text import same_name_key
from werkpfad.surface.exchange.formats.spec import Column, Spec
from werkpfad.surface.exchange.tabular import FileRejected, SourceRow, Table

# Lists from school administration have a title and the date above the heading.
ROWS_ABOVE_HEADING = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """`positions` maps our column names to places in the row; `unused` are titles nobody asked for."""

    row: SourceRow
    positions: Mapping[str, int]
    unused: tuple[str, ...]

    def read(self, row: SourceRow) -> dict[str, str]:
        cells = row.cells
        return {
            name: cells[at].strip() if at < len(cells) else ""
            for name, at in self.positions.items()
        }


def title_key(title: str) -> str:
    """A title without case, umlauts, punctuation, asterisks and remarks in parentheses."""
    bare = re.sub(r"\([^)]*\)", " ", title) if not title.strip().startswith("(") else title
    return same_name_key(bare).replace("_", "")


def find_heading(table: Table, spec: Spec) -> Heading:
    """The best of the first rows; raises `FileRejected` if a required column is missing."""
    candidates = [_match(row, spec.columns) for row in table.rows[:ROWS_ABOVE_HEADING]]
    if not candidates:
        raise FileRejected(
            "Die Datei enthält keine Zeilen. Bitte wählen Sie die Datei mit den Daten aus."
        )
    best = max(candidates, key=lambda heading: len(heading.positions))
    missing = [c.title for c in spec.columns if c.required and c.name not in best.positions]
    if missing:
        raise FileRejected(_missing(missing, best, spec))
    return best


def _match(row: SourceRow, columns: Sequence[Column]) -> Heading:
    wanted = _wanted(columns)
    positions: dict[str, int] = {}
    unused = []
    for at, title in enumerate(row.cells):
        name = wanted.get(title_key(title), "")
        if name and name not in positions:
            positions[name] = at
        elif title.strip():
            unused.append(" ".join(title.split())[:60])
    return Heading(row, positions, tuple(unused))


def _wanted(columns: Iterable[Column]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for column in columns:
        for title in (column.title, column.name, *column.synonyms):
            wanted.setdefault(title_key(title), column.name)
    return wanted


def _missing(missing: list[str], best: Heading, spec: Spec) -> str:
    columns = "Spalte" if len(missing) == 1 else "Spalten"
    found = ", ".join(f"„{' '.join(t.split())[:40]}“" for t in best.row.cells[:12] if t.strip())
    return (
        f"In der Datei fehlt die {columns} {', '.join(f'„{title}“' for title in missing)}. "
        f"Gefunden wurde: {found or 'keine Überschrift'}. "
        f"Bitte ergänzen Sie die Überschrift oder nutzen Sie die Vorlage „{spec.kind.label}“."
    )


def doubled_columns(heading: Heading, spec: Spec) -> list[str]:
    """Titles that stand twice in the file for the same column of ours."""
    wanted = _wanted(spec.columns)
    return [
        title for title in heading.unused if wanted.get(title_key(title), "") in heading.positions
    ]
