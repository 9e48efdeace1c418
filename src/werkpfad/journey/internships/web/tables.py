"""Tables of programmes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from werkpfad.base.core.ui.parts import Badge, Link, Tone
from werkpfad.base.core.ui.tables import Column, Empty, Table, TableSpec
from werkpfad.journey.internships.enums import ProgrammeStatus
from werkpfad.journey.internships.models import Programme

TONES: dict[str, Tone] = {
    ProgrammeStatus.DRAFT: "warning",
    ProgrammeStatus.OPEN: "success",
    ProgrammeStatus.CLOSED: "neutral",
}


def _link(row: Programme) -> Link:
    return Link(row.title, reverse("internships:programme", args=[row.public_id]))


def _dates(row: Programme) -> str:
    return f"{row.first_day:%d.%m.%Y} – {row.last_day:%d.%m.%Y}"


PROGRAMMES = TableSpec(
    caption="Programme",
    default_sort="-dates",
    columns=(
        Column("title", "Programm", value=_link, sort="title", main=True),
        Column("kind", "Art", value=lambda row: row.get_kind_display()),
        Column("dates", "Zeitraum", value=_dates, sort="first_day"),
        Column("offer_count", "Angebote", sort="offer_count", numeric=True),
        Column("seat_count", "Plätze", sort="seat_count", numeric=True),
        Column(
            "status",
            "Stand",
            value=lambda row: Badge(row.get_status_display(), TONES[row.status]),
            sort="status",
        ),
    ),
    empty=Empty(
        "Noch kein Programm",
        "Ein Programm ist ein Praktikum einer Saison mit Tagen, Schulen und Regeln.",
    ),
)


def programme_table(request: HttpRequest, rows: QuerySet[Any]) -> Table:
    return PROGRAMMES.bind(request, rows)
