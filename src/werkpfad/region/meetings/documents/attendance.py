"""The list at the door, and the certificate for who was there."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkpfad.base.core.pdf import Letterhead, Renderer, field_of, render

_SHEET = Path(__file__).with_name("attendance_sheet.typ")
_CERTIFICATE = Path(__file__).with_name("attendance_certificate.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRow:
    """One registered person; `how` is a word such as vor Ort."""

    name: str = field_of(120)
    organisation: str = field_of(160)
    how: str = field_of(40)
    group: str = field_of(120, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSheet:
    """Rows are printed in the order given, with room for signatures; `when` is a sentence."""

    letterhead: Letterhead
    title: str = field_of(120)
    circle: str = field_of(120)
    when: str = field_of(80)
    place: str = field_of(320)
    rows: tuple[AttendanceRow, ...]
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceCertificate:
    """That one person was at one meeting; `topics` are the titles of the agenda."""

    letterhead: Letterhead
    name: str = field_of(120)
    organisation: str = field_of(160)
    title: str = field_of(120)
    circle: str = field_of(120)
    when: str = field_of(80)
    hours: str = field_of(40)
    topics: tuple[str, ...] = field_of(160, default=())
    signer: str = field_of(120)
    dated: date


def attendance_sheet(sheet: AttendanceSheet, *, renderer: Renderer | None = None) -> bytes:
    """Without registrations, a sheet with empty lines. Raises RenderFailed."""
    return render(_SHEET, sheet, dated=sheet.dated, renderer=renderer)


def attendance_certificate(
    paper: AttendanceCertificate, *, renderer: Renderer | None = None
) -> bytes:
    """One page. Raises RenderFailed."""
    return render(_CERTIFICATE, paper, dated=paper.dated, renderer=renderer)
