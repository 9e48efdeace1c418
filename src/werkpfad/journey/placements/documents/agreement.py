"""The agreement on a placement (Praktikumsvereinbarung).

The law asks for no form; the contents follow what chambers and school authorities expect: parties, school event,
period, place, hours within the Jugendarbeitsschutzgesetz, tasks, supervision, duties, insurance, data protection.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from werkpfad.base.core.pdf import Letterhead, Renderer, field_of, prose_of, render

_TEMPLATE = Path(__file__).with_name("agreement.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A school, company or person with what the agreement says about it; ``lines`` hold address and telephone."""

    name: str = field_of(400)
    lines: tuple[str, ...] = field_of(160, default=())
    contact: str = field_of(120, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyHours:
    """Working time of the days named by ``days`` ("Montag bis Donnerstag"); ``break_minutes`` in all."""

    days: str = field_of(60)
    starts: time
    ends: time
    break_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLimit:
    """The upper limits that hold for this pupil and where they stand, e.g. 7, 35, "§ 7 Satz 1 Nr. 2 JArbSchG"."""

    hours_per_day: int
    hours_per_week: int
    source: str = prose_of(120)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """Who agrees. With ``confirmed_at`` (local time) the digital confirmation is printed instead of a line."""

    role: str = field_of(60)
    name: str = field_of(120, default="")
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDocument:
    """One agreement about a school event. ``single_days`` replaces the period in programmes of single days.

    ``limit`` is None for adults. ``insurance``, ``proofs`` and ``data_protection`` are the region's texts for this
    programme. ``plan_attached`` says that the plan of the days is annexed. ``reference`` and ``version`` identify
    the text that was agreed.
    """

    letterhead: Letterhead
    reference: str = field_of(40)
    version: int
    programme: str = field_of(80)
    pupil: Party
    born_on: date
    class_name: str = field_of(20)
    guardians: tuple[Party, ...] = ()
    company: Party
    school: Party
    first_day: date
    last_day: date
    single_days: tuple[date, ...] = ()
    place: str = field_of(240)
    hours: tuple[DailyHours, ...]
    limit: HoursLimit | None
    activities: tuple[str, ...] = prose_of(300)
    plan_attached: bool = False
    supervisor: str = field_of(160)
    absence_contacts: str = prose_of(300)
    insurance: str = prose_of(1500)
    proofs: tuple[str, ...] = prose_of(300, default=())
    data_protection: str = prose_of(1500)
    signatures: tuple[SignatureLine, ...]
    dated: date
    is_school_event: bool = True


def agreements(
    documents: Sequence[AgreementDocument], *, renderer: Renderer | None = None
) -> bytes:
    """One file with every agreement, each counting its own pages, dated by the first.

    Raises ValueError for none, RenderFailed.
    """
    if not documents:
        raise ValueError("there is no agreement to print")
    return render(
        _TEMPLATE, {"documents": tuple(documents)}, dated=documents[0].dated, renderer=renderer
    )
