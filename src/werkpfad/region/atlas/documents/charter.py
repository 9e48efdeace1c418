"""The Urkunde of a cooperation: what two agreed, until when, and three lines to sign on."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkpfad.base.core.pdf import Letterhead, Renderer, field_of, prose_of, render

_TEMPLATE = Path(__file__).with_name("charter.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """One page; `topics` are lines such as "Physik, Klasse 9: Strom messen"."""

    letterhead: Letterhead
    title: str = field_of(60)
    school: str = field_of(160)
    partner: str = field_of(160)
    about: str = prose_of(1500)
    topics: tuple[str, ...] = prose_of(400, default=())
    agreed_on: date
    runs_until: date


def charter(document: Charter, *, renderer: Renderer | None = None) -> bytes:
    """Dated by the day of the agreement. Raises RenderFailed."""
    return render(_TEMPLATE, document, dated=document.agreed_on, renderer=renderer)
