"""Tables of rounds."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from werkpfad.base.core.ui.parts import Badge, Link
from werkpfad.base.core.ui.tables import Column, Empty, Table, TableSpec
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries import phase_of


def round_table(request: HttpRequest, rows: QuerySet[Any], *, today: date) -> Table:
    """Rounds with their phase of today and the number of lists handed in."""

    def phase(row: Round) -> Badge:
        found = phase_of(row, today=today)
        waits = found in (RoundPhase.ALLOCATION, RoundPhase.PUBLISHED)
        return Badge(str(found.label), "info" if waits else "neutral")

    submitted = Count("entries", filter=Q(entries__submitted_at__isnull=False))
    spec = TableSpec(
        caption="Zuteilungsrunden",
        default_sort="-until",
        columns=(
            Column("programme", "Programm", value=_link, sort="programme__title", main=True),
            Column("phase", "Phase", value=phase),
            Column("until", "Wünsche bis", value=lambda row: row.wishes_until, sort="wishes_until"),
            Column("publish", "Ergebnis am", value=lambda row: row.publish_on, sort="publish_on"),
            Column(
                "lists", "Listen", value=lambda row: row.list_count, sort="list_count", numeric=True
            ),
        ),
        empty=Empty("Noch keine Runde", "Eine Zuteilung planen Sie auf der Seite eines Programms."),
    )
    return spec.bind(request, rows.annotate(list_count=submitted))


def _link(row: Round) -> Link:
    return Link(row.programme.title, reverse("matching:round", args=[row.public_id]))
