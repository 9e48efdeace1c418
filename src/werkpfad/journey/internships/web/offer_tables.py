"""Tables of offers: a company's own, and the region's."""

from typing import Any

from django.urls import reverse, reverse_lazy

from werkpfad.base.core.ui.parts import Action, Badge, Link, Tone
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.journey.internships.enums import OfferStatus
from werkpfad.journey.internships.models import Offer

TONES: dict[str, Tone] = {
    OfferStatus.DRAFT: "warning",
    OfferStatus.PUBLISHED: "success",
    OfferStatus.PAUSED: "info",
    OfferStatus.CLOSED: "neutral",
}


def _to(name: str, row: Offer) -> str:
    return reverse(f"internships:{name}", args=[row.public_id])


def _title(row: Offer) -> Link:
    return Link(row.title, _to("offer_review", row))


def status_badge(row: Offer) -> Badge:
    label = row.get_status_display()
    if row.status == OfferStatus.PAUSED and row.paused_until:
        label = f"{label} bis {row.paused_until:%d.%m.%Y}"
    return Badge(label, TONES[row.status])


def _seats(row: Any) -> object:
    """Taken of all seats from today on."""
    if not row.seat_count:
        return Badge("keine Plätze", "warning") if row.status != OfferStatus.CLOSED else None
    return f"{row.taken_count} von {row.seat_count}"


def _quick(row: Offer) -> list[Action]:
    """The step that is likely next, and taking the offer into another programme."""
    again = Action("Neu auflegen", _to("offer_clone", row), kind="tertiary")
    if row.status == OfferStatus.DRAFT:
        return [Action("Weiter ausfüllen", _to("offer_review", row))]
    if row.status == OfferStatus.PUBLISHED:
        return [Action("Pausieren", _to("offer_pause", row), kind="tertiary"), again]
    if row.status == OfferStatus.PAUSED:
        return [Action("Fortsetzen", _to("offer_resume", row), post=True), again]
    return [again]


_TITLE = Column("title", "Angebot", value=_title, sort="title", main=True)
_STATUS = Column("status", "Stand", value=status_badge, sort="status")
_SEATS = Column("seats", "Vergeben", value=_seats, sort=("seat_count", "taken_count"))
_UNTIL = Column("until", "Letzter Tag", value=lambda row: row.last_slot_day, sort="last_slot_day")
_QUICK = Column("steps", "Aktionen", value=_quick, hide_label=True)

COMPANY_OFFERS = TableSpec(
    caption="Unsere Angebote",
    default_sort="status",
    columns=(_TITLE, _STATUS, _SEATS, _UNTIL, _QUICK),
    empty=Empty(
        "Noch kein Angebot",
        "In drei Minuten ist das erste fertig: was, wann, wo. Sie können jederzeit unterbrechen.",
        action_label="Erstes Angebot anlegen",
        action_url=reverse_lazy("internships:offer_new"),  # type: ignore[arg-type]
    ),
)
REGION_OFFERS = TableSpec(
    caption="Angebote der Region",
    default_sort="title",
    columns=(
        _TITLE,
        Column(
            "company",
            "Betrieb",
            value=lambda row: row.organisation.name,
            sort="organisation__name",
        ),
        Column("place", "Ort", value=lambda row: row.site.place_name, sort="site__place_name"),
        _SEATS,
        _STATUS,
    ),
    empty=Empty(
        "Kein Angebot passt zu diesen Filtern",
        "Nehmen Sie einen Filter weg, oder legen Sie für einen Betrieb ein Angebot an.",
        picture="empty-search",
    ),
)
