"""The coordinator's rounds: planned, watched, and moved on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ui.conflict import differences, with_version
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.queries import visible_programmes
from werkpfad.journey.matching import actions, queries
from werkpfad.journey.matching.enums import RoundPhase, RunKind, RunStatus
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.permissions import can_create_round, can_run_round
from werkpfad.journey.matching.rules import BY_HAND, NotValid, guidance, steps_by_hand
from werkpfad.journey.matching.steps import creation_steps, phase_steps
from werkpfad.journey.matching.web.forms.rounds import (
    LABELS,
    RoundForm,
    equity_choices,
    initial_of,
    proposed,
)
from werkpfad.journey.matching.web.log import log_lines
from werkpfad.journey.matching.web.results import shown
from werkpfad.journey.matching.web.tables import round_table

BEFORE_RESULT = (RoundPhase.PLANNED, RoundPhase.WISHES, RoundPhase.ALLOCATION)


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    grants = grants_of(request)
    require(grants.has(Permission.RUN_ROUNDS))
    table = round_table(request, queries.visible_rounds(grants), today=clock.today())
    return render(request, "matching/round_list.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: HttpRequest, programme_id: str) -> HttpResponse:
    """With `?neu=1` a step of creating the programme."""
    grants, today = grants_of(request), clock.today()
    programme = load(visible_programmes(grants), programme_id)
    require(can_create_round(grants, programme))
    form = RoundForm(
        request.POST or None, kind=programme.kind, initial=proposed(programme, today=today)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.create_round(
                programme=programme, plan=form.plan(), by=grants.by, at=clock.now()
            )
        except NotValid as error:
            form.add_problems(error.problems)
        except actions.NotPossible:
            form.add_error(None, "Für dieses Programm läuft schon eine Zuteilung.")
        else:
            messages.success(request, "Die Zuteilung ist geplant.")
            return redirect("internships:programme", programme_id)
    is_new = request.GET.get("neu") == "1"
    current = 3 if programme.kind == ProgrammeKind.WEEK else 2
    context = {
        "programme": programme,
        "form": form,
        "is_new": is_new,
        "steps": creation_steps(programme.kind, current) if is_new else [],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "matching/round_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    grants = grants_of(request)
    round_ = load(queries.visible_rounds(grants), public_id)
    require(can_run_round(grants, round_))
    plan, kind = queries.plan_of(round_), round_.programme.kind
    form = RoundForm(request.POST or None, kind=kind, initial=initial_of(plan, round_.version))
    context: dict[str, Any] = {"programme": round_.programme, "round": round_, "form": form}
    if request.method != "POST":
        return render(request, "matching/round_form.html", context)
    if not form.is_valid():
        return render(request, "matching/round_form.html", context, status=422)
    try:
        actions.update_round(
            round_=round_,
            plan=form.plan(),
            seen_version=form.cleaned_data["version"] or 0,
            by=grants.by,
            at=clock.now(),
        )
    except NotValid as error:
        form.add_problems(error.problems)
        return render(request, "matching/round_form.html", context, status=422)
    except EditConflict:
        context |= {
            "differences": differences(LABELS, plan, form.plan()),
            "form": RoundForm(with_version(form, round_.version), kind=kind),
        }
        return render(request, "matching/round_form.html", context, status=409)
    except actions.NotPossible:
        messages.error(
            request, "Nach der Veröffentlichung kann die Runde nicht mehr geändert werden."
        )
    else:
        messages.success(request, "Gespeichert.")
    return redirect("matching:round", public_id)


@require_safe
def round_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """How the round stands, what to do now, and all its runs."""
    grants, today = grants_of(request), clock.today()
    round_ = load(queries.visible_rounds(grants), public_id)
    phase = queries.phase_of(round_, today=today)
    runs = list(queries.runs_of(round_))
    context = {
        "round": round_,
        "programme": round_.programme,
        "phase": phase,
        "steps": phase_steps(round_.programme, round_, today=today),
        "guidance": guidance(phase, "coordinator", queries.plan_of(round_)),
        "readiness": queries.readiness(round_, today=today),
        "is_week": round_.programme.kind == ProgrammeKind.WEEK,
        "runs": [(run, shown(run, "placed") if run.summary else "") for run in runs],
        "comparable": sum(run.status in (RunStatus.DONE, RunStatus.PUBLISHED) for run in runs) > 1,
        "by_hand": [(step, BY_HAND[step]) for step in steps_by_hand(phase)],
        "may_edit": phase in BEFORE_RESULT,
        "is_after_result": phase in (RoundPhase.PUBLISHED, RoundPhase.LEFTOVERS),
        "may_try": phase in (RoundPhase.WISHES, RoundPhase.ALLOCATION),
        "may_allocate": phase == RoundPhase.ALLOCATION,
        "equities": equity_choices(round_.programme.kind),
        "kinds": RunKind,
        "ruling_count": queries.in_force(round_).count(),
        "log": log_lines(queries.log_of(round_)[:12]),
    }
    return render(request, "matching/round.html", context)


@require_POST
def round_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open or end the wishes by hand."""
    grants = grants_of(request)
    round_ = load(queries.visible_rounds(grants), public_id)
    require(can_run_round(grants, round_))
    try:
        actions.step_round(
            round_=round_, step=request.POST.get("schritt", ""), by=grants.by, at=clock.now()
        )
    except actions.NotPossible:
        messages.error(request, "Dieser Schritt ist in der jetzigen Phase nicht möglich.")
    return redirect(_address(round_))


def _address(round_: Round) -> str:
    return reverse("matching:round", args=[round_.public_id])
