"""Where a class is: the teacher's list of placements, with those who have none yet."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkpfad.base.core.pdf import Letterhead, Renderer, field_of, render

_TEMPLATE = Path(__file__).with_name("placement_list.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRow:
    """One pupil's placement, or with ``company`` empty a pupil without; ``state`` is the word on the screen."""

    pupil: str = field_of(120)
    company: str = field_of(160, default="")
    place: str = field_of(120, default="")
    supervisor: str = field_of(120, default="")
    telephone: str = field_of(40, default="")
    period: str = field_of(60, default="")
    state: str = field_of(60)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementList:
    """Rows are printed in the order given."""

    letterhead: Letterhead
    school: str = field_of(120)
    class_name: str = field_of(20)
    teacher: str = field_of(80)
    programme: str = field_of(80)
    rows: tuple[PlacementRow, ...]
    dated: date


def placement_list(sheet: PlacementList, *, renderer: Renderer | None = None) -> bytes:
    """An empty class gives a page that says so. Raises RenderFailed."""
    return render(_TEMPLATE, sheet, dated=sheet.dated, renderer=renderer)
