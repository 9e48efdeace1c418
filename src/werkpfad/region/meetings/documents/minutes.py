"""Minutes on paper."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkpfad.base.core.pdf import Letterhead, Renderer, field_of, prose_of, render

_TEMPLATE = Path(__file__).with_name("minutes.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesItem:
    """One item of the agenda with what was said."""

    title: str = field_of(160)
    owner: str = field_of(120, default="")
    notes: str = prose_of(10_000, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesTask:
    """`due` is a date in words or empty."""

    text: str = field_of(600)
    owner: str = field_of(120)
    due: str = field_of(40, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesDocument:
    """Approved minutes; `there` counts who was there."""

    letterhead: Letterhead
    title: str = field_of(120)
    circle: str = field_of(120)
    when: str = field_of(80)
    place: str = field_of(320)
    there: int
    items: tuple[MinutesItem, ...]
    decisions: tuple[str, ...] = field_of(600, default=())
    tasks: tuple[MinutesTask, ...] = ()
    dated: date


def minutes_pdf(document: MinutesDocument, *, renderer: Renderer | None = None) -> bytes:
    """As many pages as it takes. Raises RenderFailed."""
    return render(_TEMPLATE, document, dated=document.dated, renderer=renderer)
