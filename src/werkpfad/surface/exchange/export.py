"""CSV and Excel files that leave Werkpfad: readable in Excel, never a formula, and readable back without loss."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from werkpfad.surface.exchange.tabular.formulas import guard

Value = str | int | float | None


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with BOM and semicolons, as German Excel opens it by double click."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([guard(title) for title in header])
    for row in rows:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Value]], title: str) -> bytes:
    """One sheet; text is stored as text, so that postal codes keep their zero and nothing is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"

    def cell(value: Value, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            made.data_type = "s"
            made.number_format = "@"
        if bold:
            made.font = Font(bold=True)
        return made

    for position, name in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = max(14, len(name) + 4)
    sheet.append([cell(name, bold=True) for name in header])
    for row in rows:
        sheet.append([cell(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
