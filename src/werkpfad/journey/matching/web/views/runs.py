"""Runs: started, watched, looked at, compared, and published."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import load, paginate, require
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.matching import actions, queries, tasks
from werkpfad.journey.matching.enums import Equity, RoundPhase, RunKind, RunStatus
from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.permissions import can_manage_run, can_run_round
from werkpfad.journey.matching.web.forms.places import PlacesForm
from werkpfad.journey.matching.web.places import map_of, offer_lines
from werkpfad.journey.matching.web.results import charts, comparison, day_rows, shown, side_by_side
from werkpfad.journey.matching.web.variants import (
    changes,
    field_counts,
    policy_cards,
    policy_rows,
    seat_rows,
    trial_effect,
    with_difference,
)
from werkpfad.journey.placements.queries import may_be_withdrawn
from werkpfad.journey.placements.standing import occupied_in

FINISHED = (RunStatus.DONE, RunStatus.PUBLISHED, RunStatus.DISCARDED, RunStatus.WITHDRAWN)
PUBLISHABLE = (RunKind.FINAL, RunKind.FILL)
SEED_IS_OUT = (RunStatus.PUBLISHED, RunStatus.WITHDRAWN)
UNDER_WAY = (RunStatus.QUEUED, RunStatus.RUNNING)


@require_POST
def run_request(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start a rehearsal or the allocation itself."""
    grants = grants_of(request)
    round_ = load(queries.visible_rounds(grants), public_id)
    require(can_run_round(grants, round_))
    final = request.POST.get("art") == RunKind.FINAL
    chosen = request.POST.get("ausgleich", "")
    if chosen == Equity.PARITY and round_.programme.kind == ProgrammeKind.WEEK:
        chosen = ""
    try:
        run = tasks.request_run(
            round_=round_,
            kind=RunKind.FINAL if final else RunKind.DRY,
            equity=Equity(chosen) if chosen in Equity.values else None,
            occupied=occupied_in(round_.programme),
            by=grants.by,
            at=clock.now(),
        )
    except actions.NotRunnable as error:
        messages.error(request, str(error))
        return redirect("matching:round", public_id)
    return redirect("matching:run", run.public_id)


@require_safe
def run_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """While it computes: the progress, renewed by a link or by htmx. Afterwards: the result."""
    run = load(queries.visible_runs(grants_of(request)), public_id)
    context: dict[str, Any] = {
        "run": run,
        "round": run.round,
        "programme": run.round.programme,
        "is_under_way": run.status in UNDER_WAY,
        "is_stalled": queries.is_stalled(run, at=clock.now()),
        "is_final": run.kind == RunKind.FINAL,
        "is_week": run.round.programme.kind == ProgrammeKind.WEEK,
    }
    if run.status in UNDER_WAY:
        context["waits_for"] = run.get_stage_display() or run.get_status_display()
    if run.status in FINISHED and run.kind == RunKind.RULES:
        context |= {
            "cards": policy_cards(run),
            "rows": policy_rows(run),
            "heads": [card.title for card in policy_cards(run)],
        }
    elif run.status in FINISHED:
        context |= _variant_context(run) | {
            "summary": run.summary,
            "charts": charts(run),
            "people": shown(run, "people"),
            "placed": shown(run, "placed"),
            "without": shown(run, "without"),
            "days": day_rows(run) if run.round.programme.kind == ProgrammeKind.WEEK else [],
            "result": run.result,
            "ranks_title": "Aus welchem gewünschten Berufsfeld?"
            if run.round.programme.kind == ProgrammeKind.WEEK
            else "Wievielter Wunsch wurde erfüllt?",
            "series": ["mit Platz", "ohne Platz"],
            "may_publish": run.kind in PUBLISHABLE and run.status == RunStatus.DONE,
            "may_withdraw": may_be_withdrawn(run, today=clock.today()),
            "round_seed": run.round.seed if run.status in SEED_IS_OUT else "",
        }
    return render(request, "matching/run.html", context)


def _variant_context(run: Run) -> dict[str, Any]:
    """What a trial changed, where one more seat helps, and whether more can be tried from here."""
    phase = queries.phase_of(run.round, today=clock.today())
    may_compute = phase in (RoundPhase.WISHES, RoundPhase.ALLOCATION)
    seats = seat_rows(run)
    context: dict[str, Any] = {
        "seats": seats,
        "field_counts": field_counts(seats),
        "may_vary": may_compute
        and run.status == RunStatus.DONE
        and run.kind in (RunKind.DRY, RunKind.FINAL),
        "variants": queries.runs_of(run.round).filter(base=run),
    }
    if run.kind == RunKind.TRIAL and run.base is not None:
        context |= {
            "effect": trial_effect(run),
            "changes": changes(run),
            "rows": with_difference(side_by_side([run.base.summary, run.summary])),
            "heads": ["vorher", "nachher", "Unterschied"],
        }
    return context


@require_POST
def run_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    run = own_run(request, public_id)
    try:
        actions.cancel_run(run=run, by=grants_of(request).by, at=clock.now())
        messages.success(request, "Die Berechnung ist abgebrochen. Es wurde nichts verändert.")
    except actions.NotRunnable as error:
        messages.error(request, str(error))
    return redirect("matching:run", public_id)


@require_POST
def run_restart(request: HttpRequest, public_id: str) -> HttpResponse:
    run = own_run(request, public_id)
    try:
        tasks.restart_run(run=run, by=grants_of(request).by, at=clock.now())
    except actions.NotRunnable as error:
        messages.error(request, str(error))
    return redirect("matching:run", public_id)


def own_run(request: HttpRequest, public_id: str) -> Run:
    grants = grants_of(request)
    run = load(queries.visible_runs(grants), public_id)
    require(can_manage_run(grants, run))
    return run


@require_safe
def run_compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Up to four finished runs side by side: those ticked (`?lauf=`), or else the newest."""
    round_ = load(queries.visible_rounds(grants_of(request)), public_id)
    finished = [
        run
        for run in queries.runs_of(round_)
        if run.status in FINISHED and run.kind != RunKind.RULES
    ]
    wanted = set(request.GET.getlist("lauf"))
    chosen = [run for run in finished if run.public_id in wanted] or finished
    context = {
        "round": round_,
        "programme": round_.programme,
        "finished": finished,
        "chosen": chosen[:4],
        "rows": comparison(chosen[:4]),
    }
    return render(request, "matching/compare.html", context)


@require_safe
def run_places(request: HttpRequest, public_id: str) -> HttpResponse:
    """The result on a map and as a list of offers with filters."""
    run = load(queries.visible_runs(grants_of(request)), public_id)
    is_done = run.status in FINISHED and "assignments" in run.result
    smallest = run.round.programme.region.min_group_size
    lines = offer_lines(run) if is_done else []
    form = PlacesForm(request.GET, lines=lines)
    chosen = form.chosen(lines)
    context = {
        "run": run,
        "programme": run.round.programme,
        "is_done": is_done,
        "map": map_of(run, smallest=smallest) if is_done else None,
        "smallest": smallest,
        "form": form,
        "found": len(chosen),
        "pages": paginate(request, chosen, per_page=20),
    }
    return render(request, "matching/places.html", context)
