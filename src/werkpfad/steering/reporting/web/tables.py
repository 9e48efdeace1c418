"""Tables of the overview."""

from typing import NamedTuple

from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.journey.matching.rules import suppressed
from werkpfad.steering.reporting.rules import SchoolStanding

HIDDEN = "–"


class StandingRow(NamedTuple):
    """One school for the table; hidden groups are a dash."""

    name: str
    form: str
    pupils: str
    placed: str
    pending: str
    wishing: str
    silent: str


def standing_rows(standings: list[SchoolStanding], minimum: int) -> list[StandingRow]:
    """With `minimum` 0 every count is shown."""
    rows = []
    for standing in standings:
        groups = (standing.placed, standing.pending, standing.wishing, standing.silent)
        shown = suppressed(groups, minimum) if minimum else list(groups)
        texts = [HIDDEN if count is None else str(count) for count in shown]
        rows.append(StandingRow(standing.name, standing.form, str(standing.pupils), *texts))
    return rows


EMPTY_OFFERS = TableSpec(
    caption="Angebote ohne Wünsche",
    default_sort="title",
    columns=(
        Column("title", "Angebot", value=lambda s: s.offer.title, sort="offer__title", main=True),
        Column(
            "company",
            "Betrieb",
            value=lambda s: s.offer.organisation.name,
            sort="offer__organisation__name",
        ),
        Column(
            "place", "Ort", value=lambda s: s.offer.site.place_name, sort="offer__site__place_name"
        ),
        Column(
            "field",
            "Berufsfeld",
            value=lambda s: s.offer.main_field.title,
            sort="offer__main_field__title",
        ),
        Column("day", "Beginn", value=lambda s: s.first_day, sort="first_day"),
        Column("capacity", "Plätze", value=lambda s: s.capacity, sort="capacity", numeric=True),
    ),
    empty=Empty(
        "Kein Angebot ist leer",
        "Für jedes Angebot gibt es einen Wunsch, einen Vorschlag oder eine Zusage.",
        picture="empty-done",
    ),
)
