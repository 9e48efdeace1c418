"""Choose, upload, look: nothing is taken over here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.parts import Link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.surface.exchange import tasks
from werkpfad.surface.exchange.actions import stage_file
from werkpfad.surface.exchange.enums import BatchState, Kind, Outcome
from werkpfad.surface.exchange.formats import SPECS
from werkpfad.surface.exchange.models import ImportBatch
from werkpfad.surface.exchange.permissions import can_decide, can_see_names
from werkpfad.surface.exchange.queries import (
    COUNT_NAMES,
    StoredRows,
    is_stalled,
    is_under_way,
    is_waiting,
    may_load_shared,
    stand_of,
    visible_batches,
)
from werkpfad.surface.exchange.tabular import FileRejected
from werkpfad.surface.exchange.web.forms import ImportForm, limits
from werkpfad.surface.exchange.web.scopes import new_scope, offered_kinds
from werkpfad.surface.exchange.web.tables import HISTORY, rows_table, state_badge

ALL = "alle"
EXPLAINED = {
    Kind.POSTAL_CODES: "Damit Entfernungen und die Suche nach Orten stimmen. Einmal laden genügt.",
    Kind.OCCUPATIONS: "Die Berufe der Bundesagentur für Arbeit. Einmal laden genügt.",
    Kind.SCHOOLS: "Aus dem Register des Landes oder einer eigenen Liste, erkannt an der Schulnummer.",
    Kind.PUPILS: "Klassenlisten aus der Schulverwaltung. E-Mail-Adressen werden nicht gebraucht.",
    Kind.COMPANIES: "Mit Adresse und Ansprechperson, erkannt an Nummer oder Postleitzahl und Name.",
    Kind.OFFERS: "Die Plätze einer Saison. Betriebe und Programm müssen schon angelegt sein.",
}


def kind_or_404(value: str) -> Kind:
    try:
        return Kind(value)
    except ValueError:
        raise Http404 from None


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    kinds = offered_kinds(request)
    require(bool(kinds))
    batches = visible_batches(grants_of(request))
    cards = [
        {
            "kind": kind,
            "text": EXPLAINED[kind],
            "url": reverse("exchange:import_create", args=[kind]),
        }
        for kind in kinds
    ]
    context = {"cards": cards, "table": HISTORY.bind(request, batches)}
    return render(request, "exchange/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_create(request: HttpRequest, kind: str) -> HttpResponse:
    """The upload. A small file is checked at once, a large one in the background; what comes next is the preview."""
    what = kind_or_404(kind)
    scope = new_scope(request, what)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        kind=what,
        region=scope.region,
        today=scope.today,
    )
    if request.method == "POST" and not form.is_bound:
        form = ImportForm({}, {}, kind=what, region=scope.region, today=scope.today)
    if form.is_bound and form.is_valid():
        try:
            batch = _stage(request, what, form)
        except FileRejected as error:
            form.add_error("file", str(error))
        else:
            return redirect("exchange:import_detail", batch.public_id)
    context = {
        "form": form,
        "kind": what,
        "explained": EXPLAINED[what],
        "columns": SPECS[what].columns,
        "school": scope.school,
        "only_own_classes": scope.classes is not None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "exchange/import_create.html", context, status=status)


def _stage(request: HttpRequest, kind: Kind, form: ImportForm) -> ImportBatch:
    file = form.cleaned_data["file"]
    scope = new_scope(
        request,
        kind,
        school_year=form.cleaned_data.get("school_year"),
        district=form.cleaned_data.get("district", ""),
    )
    given: dict[str, Any] = {
        "kind": kind,
        "data": file.read(),
        "name": file.name or "Datei",
        "scope": scope,
        "by": grants_of(request).by,
        "at": clock.now(),
    }
    if file.size > tasks.SMALL_FILE:
        return tasks.check_later(**given)
    return stage_file(**given, limits=limits())


@require_safe
def import_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every row and its fate; errors first as long as there are any."""
    grants = grants_of(request)
    batch = load(visible_batches(grants), public_id)
    if is_under_way(batch) or (batch.state == BatchState.FAILED and not batch.read):
        return render(request, "exchange/import_progress.html", _progress_context(request, batch))
    return render(request, "exchange/import_detail.html", detail_context(request, batch))


def _progress_context(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """While somebody works on it: how far, renewed by a link or by htmx."""
    grants, stand = grants_of(request), stand_of(batch)
    return {
        "batch": batch,
        "kind": Kind(batch.kind),
        "badge": state_badge(batch),
        "stand": stand,
        "note": f"{stand.done} von {stand.total} Zeilen" if stand else "",
        "is_check": batch.state == BatchState.CHECKING,
        "is_waiting": is_waiting(batch),
        "is_stalled": is_stalled(batch, at=clock.now()),
        "may_decide": can_decide(grants, batch, may_load_shared=may_load_shared(grants)),
    }


def detail_context(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    grants = grants_of(request)
    shown = _shown_outcome(request, batch)
    with_names = can_see_names(grants, batch)
    table = rows_table(batch, with_names=with_names)
    rows: Any = StoredRows(batch, shown)
    decides = can_decide(grants, batch, may_load_shared=may_load_shared(grants))
    return {
        "batch": batch,
        "kind": Kind(batch.kind),
        "badge": state_badge(batch),
        "table": table.bind(request, rows),
        "tabs": _tabs(batch, shown),
        "with_names": with_names,
        "writes": batch.created + batch.updated,
        "is_staged": batch.state == BatchState.STAGED,
        "is_failed": batch.state == BatchState.FAILED,
        "is_large": batch.read > tasks.FEW_ROWS,
        "is_committed": batch.state == BatchState.COMMITTED,
        "may_decide": decides,
    }


def _shown_outcome(request: HttpRequest, batch: ImportBatch) -> Outcome | None:
    wanted = request.GET.get("zeige", "")
    if wanted in Outcome.values:
        return Outcome(wanted)
    return Outcome.ERROR if batch.errors and wanted != ALL else None


def _tabs(batch: ImportBatch, shown: Outcome | None) -> list[Link]:
    words = {
        Outcome.ERROR: "Fehler",
        Outcome.CREATED: "Neu",
        Outcome.UPDATED: "Geändert",
        Outcome.SKIPPED: "Übersprungen",
    }
    tabs = [Link("Alle", f"?zeige={ALL}", current=shown is None, count=batch.read)]
    for outcome, word in words.items():
        count = getattr(batch, COUNT_NAMES[outcome])
        if count or shown is outcome:
            tabs.append(Link(word, f"?zeige={outcome}", current=shown is outcome, count=count))
    return tabs
