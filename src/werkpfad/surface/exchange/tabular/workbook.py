"""Excel files (.xlsx): unpacked only after the sums of the archive are known, read row by row."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from werkpfad.surface.exchange.tabular.delimited import checked_row, too_many_rows
from werkpfad.surface.exchange.tabular.limits import Limits
from werkpfad.surface.exchange.tabular.table import FileRejected, SourceRow, Table

DAMAGED = (
    "Die Excel-Datei ist beschädigt oder nicht vollständig übertragen. "
    "Bitte öffnen Sie sie in Excel, speichern Sie sie neu und laden Sie sie noch einmal hoch."
)
TOO_BIG = (
    "Die Excel-Datei ist ausgepackt ungewöhnlich groß und wurde nicht gelesen. "
    "Bitte kopieren Sie nur die Tabelle in eine neue Datei."
)
FORMULA_ERRORS = frozenset(
    (
        "#NV",
        "#N/A",
        "#REF!",
        "#BEZUG!",
        "#DIV/0!",
        "#VALUE!",
        "#WERT!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#ZAHL!",
        "#GETTING_DATA",
    )
)


def read_workbook(data: bytes, limits: Limits) -> Table:
    """Rows of the first visible sheet that has any; raises `FileRejected`."""
    _check_archive(data, limits)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return _first_filled_sheet(book, limits)
    except FileRejected:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        EOFError,
        OSError,
    ) as error:
        raise FileRejected(DAMAGED) from error


def _check_archive(data: bytes, limits: Limits) -> None:
    """Sums first: zipfile never unpacks more of a member than its header says, so the headers are enough."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                raise FileRejected(_foreign(names))
            unpacked = sum(member.file_size for member in members)
            if unpacked > limits.max_unpacked or len(members) > 2_000:
                raise FileRejected(TOO_BIG)
            if any(member.flag_bits & 0x1 for member in members):
                raise FileRejected(
                    "Die Datei ist mit Kennwort geschützt. Bitte speichern Sie sie ohne."
                )
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(1_024):
                            raise FileRejected(DAMAGED)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise FileRejected(DAMAGED) from error


def _foreign(names: set[str]) -> str:
    if "content.xml" in names:
        return (
            "Das ist eine LibreOffice-Datei. Bitte speichern Sie sie als „.xlsx“ oder „CSV UTF-8“."
        )
    if "word/document.xml" in names:
        return "Das ist ein Word-Dokument. Bitte kopieren Sie die Tabelle nach Excel und speichern Sie sie als „.xlsx“."
    return "Das ist ein Archiv, keine Excel-Tabelle. Bitte packen Sie es aus und wählen Sie die Tabelle."


def _first_filled_sheet(book: Workbook, limits: Limits) -> Table:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets:
        # The stored size of a sheet may be wrong or hostile; rows tell the truth.
        sheet.reset_dimensions()
        rows = tuple(_rows(sheet.iter_rows(values_only=True), limits))
        if rows:
            note = f"Gelesen wurde das Blatt „{sheet.title}“."
            more = f" Weitere Blätter: {len(sheets) - 1}, nicht gelesen." if len(sheets) > 1 else ""
            return Table(rows, notes=(note + more,))
    return Table(())


def _rows(source: Iterator[tuple[Any, ...]], limits: Limits) -> Iterator[SourceRow]:
    cells_seen = filled = 0
    for number, values in enumerate(source, start=1):
        cells_seen += len(values)
        if cells_seen > limits.max_cells:
            raise FileRejected(TOO_BIG)
        cells = [_text(value) for value in values]
        if not any(cells):
            continue
        filled += 1
        if filled > limits.max_rows + 1:
            raise FileRejected(too_many_rows(limits))
        row = checked_row(number, cells, limits)
        if broken := next((cell for cell in row.cells if cell in FORMULA_ERRORS), ""):
            row = SourceRow(
                number, row.cells, f"eine Formel ergibt „{broken}“. Bitte tragen Sie den Wert ein."
            )
        yield row


def _text(value: Any) -> str:
    """What a person sees in the cell: 26721.0 is 26721, a day has no midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value).replace("\0", "").replace("_x000D_", "")
