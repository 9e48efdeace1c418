"""The attendance sheet: the paper way beside confirming each day with one tap."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkpfad.base.core.pdf import (
    Letterhead,
    Renderer,
    Svg,
    field_of,
    qr_svg,
    render,
    spoken_address,
)

_TEMPLATE = Path(__file__).with_name("attendance.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRow:
    """One pupil on one day."""

    day: date
    pupil: str = field_of(120)
    expected: str = field_of(40, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSheet:
    """A company's days, of one pupil or several, printed in the order given; a new day starts a new group.

    ``address`` is where the company confirms on line. ``return_to`` says who gets the paper.
    """

    letterhead: Letterhead
    programme: str = field_of(80)
    company: str = field_of(160)
    supervisor: str = field_of(120, default="")
    school: str = field_of(160)
    rows: tuple[AttendanceRow, ...]
    address: str
    return_to: str = field_of(200)
    dated: date


def attendance_sheet(sheet: AttendanceSheet, *, renderer: Renderer | None = None) -> bytes:
    """Raises ValueError without rows, NotEncodable, RenderFailed."""
    if not sheet.rows:
        raise ValueError("an attendance sheet needs at least one day")
    view = _View(
        sheet=sheet,
        pupils=tuple(dict.fromkeys(row.pupil for row in sheet.rows)),
        spoken=spoken_address(sheet.address),
        picture=qr_svg(sheet.address),
    )
    return render(_TEMPLATE, view, dated=sheet.dated, renderer=renderer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    sheet: AttendanceSheet
    pupils: tuple[str, ...] = field_of(120)
    spoken: str
    picture: Svg
