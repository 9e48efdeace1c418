"""Files to take along: empty templates and the report of what is wrong."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.surface.exchange.enums import Outcome
from werkpfad.surface.exchange.export import write_csv, write_xlsx
from werkpfad.surface.exchange.formats import SPECS
from werkpfad.surface.exchange.permissions import can_see_names
from werkpfad.surface.exchange.queries import rows_of, visible_batches
from werkpfad.surface.exchange.web.scopes import offered_kinds
from werkpfad.surface.exchange.web.views.imports import kind_or_404

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _download(data: bytes, name: str, suffix: str) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


@require_safe
def import_template(request: HttpRequest, kind: str, suffix: str) -> HttpResponse:
    """Headings with one example row; in Excel all cells are text, so that no zero gets lost."""
    what = kind_or_404(kind)
    require(what in offered_kinds(request))
    columns = SPECS[what].columns
    header, example = [c.title for c in columns], [c.example for c in columns]
    if suffix == "csv":
        return _download(write_csv(header, [example]), f"vorlage-{what}", suffix)
    if suffix == "xlsx":
        return _download(write_xlsx(header, [example], what.label), f"vorlage-{what}", suffix)
    raise Http404


@require_safe
def import_errors(request: HttpRequest, public_id: str) -> HttpResponse:
    """One line per problem, to be worked off beside the file."""
    grants = grants_of(request)
    batch = load(visible_batches(grants), public_id)
    with_names = can_see_names(grants, batch)
    lines = [
        (row.number, row.label if with_names else "", column, text)
        for row in rows_of(batch, Outcome.ERROR)
        for column, text in row.problems
    ]
    data = write_csv(("Zeile", "Eintrag", "Spalte", "Problem"), lines)
    return _download(data, f"fehler-{batch.public_id}", "csv")
