"""One door for every file: size, then type by content, then rows."""

from pathlib import PurePath

from werkpfad.surface.exchange.tabular.delimited import read_delimited
from werkpfad.surface.exchange.tabular.limits import MEGABYTE, Limits
from werkpfad.surface.exchange.tabular.table import FileRejected, Table
from werkpfad.surface.exchange.tabular.workbook import read_workbook

TEXT_SUFFIXES = {".csv", ".txt", ".tsv"}
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_KINDS = (
    (b"%PDF", "eine PDF-Datei"),
    (b"\x89PNG", "ein Bild"),
    (b"\xff\xd8\xff", "ein Bild"),
    (b"GIF8", "ein Bild"),
    (b"\x1f\x8b", "ein gepacktes Archiv"),
    (b"7z\xbc\xaf", "ein gepacktes Archiv"),
    (b"Rar!", "ein gepacktes Archiv"),
    (b"{\\rtf", "ein Textdokument"),
)
SAVE_AGAIN = "Bitte öffnen Sie die Tabelle in Excel oder LibreOffice und speichern Sie sie als „.xlsx“ oder „CSV UTF-8“."


def check_size(size: int, limits: Limits) -> None:
    """Refuse by size alone, before a single byte is read."""
    if size > limits.max_bytes:
        allowed = limits.max_bytes // MEGABYTE
        raise FileRejected(
            f"Die Datei ist mit {max(1, round(size / MEGABYTE))} MB zu groß; erlaubt sind {allowed} MB. "
            "Bitte teilen Sie sie in mehrere Dateien auf oder löschen Sie Spalten, die nicht gebraucht werden."
        )
    if size == 0:
        raise FileRejected("Die Datei ist leer. Bitte wählen Sie die Datei mit den Daten aus.")


def read_table(data: bytes, name: str, limits: Limits | None = None) -> Table:
    """Rows of `data`; `name` is the file name as uploaded. Raises `FileRejected`."""
    limits = limits or Limits()
    check_size(len(data), limits)
    suffix = PurePath(name).suffix.lower()
    _refuse_foreign(data)
    if data.startswith(ZIP_MAGIC):
        if suffix in TEXT_SUFFIXES:
            raise FileRejected(
                f"Die Datei heißt „{suffix}“, enthält aber eine Excel-Tabelle oder ein Archiv. "
                "Bitte geben Sie ihr die Endung „.xlsx“ oder speichern Sie sie neu als CSV."
            )
        return read_workbook(data, limits)
    if suffix in {".xlsx", ".xlsm", ".xls", ".ods"}:
        raise FileRejected(
            f"Die Datei heißt „{suffix}“, ist aber keine Excel-Tabelle oder beschädigt. {SAVE_AGAIN}"
        )
    return read_delimited(data, limits)


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(OLE_MAGIC):
        raise FileRejected(
            "Das ist eine alte Excel-Datei („.xls“) oder eine mit Kennwort geschützte. "
            "Bitte speichern Sie sie in Excel ohne Kennwort als „.xlsx“."
        )
    for magic, what in OTHER_KINDS:
        if data.startswith(magic):
            raise FileRejected(f"Das ist {what}, keine Tabelle. {SAVE_AGAIN}")
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise FileRejected(f"Das ist eine Webseite oder XML-Datei, keine Tabelle. {SAVE_AGAIN}")
