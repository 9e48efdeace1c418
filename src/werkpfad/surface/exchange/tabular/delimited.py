"""CSV as it comes from Excel, LibreOffice, school administration and county offices.

The encoding is decided by strict decoding in a fixed order, never guessed from letter frequencies:
byte order mark, UTF-8, Windows-1252.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from werkpfad.surface.exchange.tabular.formulas import unguard
from werkpfad.surface.exchange.tabular.limits import Limits
from werkpfad.surface.exchange.tabular.table import FileRejected, SourceRow, Table

DELIMITERS = (";", ",", "\t")
MOJIBAKE = re.compile("Ã[\u00a4\u00b6\u00bc\u0178\u201e\u2013\u0153]")
ENCODING_HINT = "Bitte speichern Sie die Tabelle als „CSV UTF-8“ oder „.xlsx“."


def read_delimited(data: bytes, limits: Limits) -> Table:
    """Rows of a text table; raises `FileRejected`."""
    text, encoding = _decode(data)
    if "\0" in text:
        raise FileRejected(
            f"Die Datei enthält Nullzeichen und ist keine Texttabelle. {ENCODING_HINT}"
        )
    delimiter, skip_first = _delimiter(text)
    rows = tuple(_rows(text, delimiter, skip_first, limits))
    return Table(rows, notes=(f"Gelesen als {encoding}, Trennzeichen {_name(delimiter)}.",))


def _decode(data: bytes) -> tuple[str, str]:
    for mark, codec, title in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(codec), title
            except UnicodeDecodeError as error:
                raise FileRejected(
                    "Die Datei ist beschädigt oder nicht vollständig übertragen. "
                    "Bitte speichern Sie sie neu und laden Sie sie noch einmal hoch."
                ) from error
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise FileRejected(
                "Die Datei bricht mitten in einem Buchstaben ab, sie wurde nicht vollständig übertragen. "
                "Bitte laden Sie sie noch einmal hoch."
            ) from error
    return _decode_windows(data), "Windows-1252"


def _decode_windows(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise FileRejected(f"Der Zeichensatz der Datei ist unbekannt. {ENCODING_HINT}") from error
    if broken := MOJIBAKE.search(text):
        line = text.count("\n", 0, broken.start()) + 1
        raise FileRejected(
            f"Die Datei mischt zwei Zeichensätze (zum Beispiel in Zeile {line}), Umlaute wären falsch. {ENCODING_HINT}"
        )
    return text


def _delimiter(text: str) -> tuple[str, bool]:
    """The delimiter, and whether the first line only announces it (`sep=;`, written by Excel)."""
    first = text.split("\n", 1)[0].strip("\r ")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], True
    return max(DELIMITERS, key=lambda sign: _evenness(text, sign)), False


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows have the same number of columns, and how many; `;` wins a draw as it stands first.

    Commas inside of long texts give many columns, but not the same number in each row.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for _, row in zip(range(30), reader, strict=False):
            widths[len(row)] += 1
    except csv.Error:
        pass  # the row is reported with its number when the table is read
    several = [(rows, width) for width, rows in widths.items() if width > 1]
    return max(several, default=(0, 0))


def _rows(text: str, delimiter: str, skip_first: bool, limits: Limits) -> Iterator[SourceRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = filled = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRejected(_quote_message(number, str(error))) from error
        if (skip_first and number == 1) or not any(cell.strip() for cell in cells):
            continue
        filled += 1
        if filled > limits.max_rows + 1:
            raise FileRejected(too_many_rows(limits))
        yield checked_row(number, [unguard(cell) for cell in cells], limits)


def _quote_message(number: int, reason: str) -> str:
    if "field larger" in reason:
        return f"Zeile {number}: Eine Zelle ist zu lang. Vermutlich fehlt davor ein schließendes Anführungszeichen."
    return (
        f"Zeile {number}: Ein Anführungszeichen ist nicht geschlossen oder steht mitten im Text. "
        'Bitte verdoppeln Sie Anführungszeichen im Text ("") oder laden Sie die Tabelle als „.xlsx“ hoch.'
    )


def too_many_rows(limits: Limits) -> str:
    allowed = f"{limits.max_rows:,}".replace(",", ".")
    return f"Die Datei hat mehr als {allowed} Zeilen. Bitte teilen Sie sie in mehrere Dateien auf."


def checked_row(number: int, cells: list[str], limits: Limits) -> SourceRow:
    """The row without empty cells at its end; too wide or too long is the row's own problem."""
    while cells and not cells[-1].strip():
        cells.pop()
    problem = ""
    if len(cells) > limits.max_columns:
        problem = (
            f"mehr als {limits.max_columns} Spalten. Vermutlich stimmt das Trennzeichen nicht."
        )
    elif any(len(cell) > limits.max_cell_chars for cell in cells):
        problem = "eine Zelle ist länger als 32.767 Zeichen. Bitte kürzen Sie den Text."
    return SourceRow(number, tuple(cells[: limits.max_columns]), problem)


def _name(delimiter: str) -> str:
    return {";": "Semikolon", ",": "Komma", "\t": "Tabulator"}.get(delimiter, f"„{delimiter}“")
