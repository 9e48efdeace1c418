"""Files for the tests: small ones made here, the shared reference files where they are at hand."""

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.project.files import ROOT


def shared(path: str) -> bytes:
    """A reference file kept outside of the repository; skips the test where it is missing."""
    folder = Path(os.environ.get("WERKPFAD_SHARED_DATA", ROOT.parent / "shared" / "data"))
    file = folder / path
    if not file.is_file():
        pytest.skip(f"reference file {path} is not there (set WERKPFAD_SHARED_DATA)")
    return file.read_bytes()


def xlsx(*rows: Sequence[Any], title: str = "Tabelle1") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)
