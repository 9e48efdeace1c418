"""Take over, discard, take back: one action call each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.surface.exchange import actions, tasks
from werkpfad.surface.exchange.enums import BatchState, Kind
from werkpfad.surface.exchange.models import ImportBatch
from werkpfad.surface.exchange.permissions import can_decide
from werkpfad.surface.exchange.queries import may_load_shared, visible_batches

SHOWN_OBSTACLES = 50
ALREADY = "Dieser Import ist schon entschieden oder läuft gerade."


def _load(request: HttpRequest, public_id: str) -> ImportBatch:
    grants = grants_of(request)
    batch = load(visible_batches(grants), public_id)
    require(can_decide(grants, batch, may_load_shared=may_load_shared(grants)))
    return batch


@require_POST
def import_commit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Few rows are there with the answer, many are shown with their progress; the second click changes nothing."""
    batch = _load(request, public_id)
    try:
        tasks.take_over(batch=batch, by=grants_of(request).by, at=clock.now())
    except actions.NotStaged:
        messages.info(request, ALREADY)
    except actions.HasErrors:
        messages.error(request, "Nichts wurde übernommen: Einige Zeilen haben noch Fehler.")
    return redirect("exchange:import_detail", public_id)


@require_POST
def import_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop a takeover that has not begun."""
    batch = _load(request, public_id)
    try:
        actions.withdraw_commit(batch=batch, by=grants_of(request).by, at=clock.now())
    except actions.NotStaged:
        messages.info(request, "Abbrechen ging nicht mehr: Die Übernahme hat schon begonnen.")
    else:
        messages.success(request, "Abgebrochen. Es wurde nichts übernommen.")
    return redirect("exchange:import_detail", public_id)


@require_POST
def import_restart(request: HttpRequest, public_id: str) -> HttpResponse:
    batch = _load(request, public_id)
    try:
        tasks.restart(batch=batch, by=grants_of(request).by, at=clock.now())
    except actions.NotStaged:
        messages.info(request, "Dieser Import läuft noch oder ist schon entschieden.")
    return redirect("exchange:import_detail", public_id)


@require_POST
def import_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    batch = _load(request, public_id)
    try:
        actions.discard_import(batch=batch, by=grants_of(request).by, at=clock.now())
    except actions.NotStaged:
        messages.info(request, ALREADY)
        return redirect("exchange:import_detail", public_id)
    messages.success(request, "Verworfen. Es wurde nichts übernommen.")
    return redirect("exchange:import_list")


@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET asks, POST acts; what is in the way is listed row by row."""
    batch = _load(request, public_id)
    back = reverse("exchange:import_detail", args=[public_id])
    if batch.state != BatchState.COMMITTED:
        messages.info(request, "Dieser Import kann nicht rückgängig gemacht werden.")
        return redirect(back)
    if request.method == "POST":
        try:
            actions.undo_import(batch=batch, by=grants_of(request).by, at=clock.now())
        except actions.NotUndoable as error:
            context = {
                "batch": batch,
                "obstacles": error.obstacles[:SHOWN_OBSTACLES],
                "more": max(0, len(error.obstacles) - SHOWN_OBSTACLES),
                "back_url": back,
            }
            return render(request, "exchange/import_blocked.html", context, status=409)
        messages.success(request, "Rückgängig gemacht. Der Bestand ist wieder wie vor dem Import.")
        return redirect(back)
    context = {
        "title": "Import rückgängig machen",
        "question": f"„{batch.file_name}“ ({Kind(batch.kind).label}) wieder zurücknehmen?",
        "consequences": _consequences(batch),
        "confirm_label": "Rückgängig machen",
        "confirm_kind": "danger",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)


def _consequences(batch: ImportBatch) -> list[str]:
    lines = []
    if batch.created:
        lines.append(f"{batch.created} neu angelegte Einträge werden gelöscht.")
    if batch.updated:
        lines.append(f"{batch.updated} geänderte Einträge bekommen ihre alten Angaben zurück.")
    lines.append(
        "Wenn inzwischen jemand damit arbeitet, wird nichts geändert und Sie sehen, woran es liegt."
    )
    return lines
