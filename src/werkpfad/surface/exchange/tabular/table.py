"""Rows as they stand in the file."""

from dataclasses import dataclass


class FileRejected(Exception):
    """The file as a whole cannot be used; the text is German and says what to do."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`number` is the row as Excel counts it (empty rows included); `problem` is set if the row itself is odd."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """All rows that are not empty, the heading still among them; `notes` tell how the file was read."""

    rows: tuple[SourceRow, ...]
    notes: tuple[str, ...] = ()
