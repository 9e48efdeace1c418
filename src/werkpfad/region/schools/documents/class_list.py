"""The class on one list: who has signed in, whose guardians have answered, room for notes. It carries no codes."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkpfad.base.core.pdf import Letterhead, Renderer, field_of, render

_TEMPLATE = Path(__file__).with_name("class_list.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassListRow:
    """One pupil; the two states are words, such as "seit 3. März" or "noch nicht"."""

    name: str = field_of(120)
    signed_in: str = field_of(40)
    guardians: str = field_of(40)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassList:
    """Rows are printed in the order given."""

    letterhead: Letterhead
    school: str = field_of(120)
    class_name: str = field_of(20)
    teacher: str = field_of(80)
    rows: tuple[ClassListRow, ...]
    dated: date


def class_list(sheet: ClassList, *, renderer: Renderer | None = None) -> bytes:
    """An empty class gives a page that says so. Raises RenderFailed."""
    return render(_TEMPLATE, sheet, dated=sheet.dated, renderer=renderer)
