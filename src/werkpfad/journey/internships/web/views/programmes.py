"""Programmes: the list and one of them for everybody in the region, all steps for the coordinators."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ui.conflict import differences, with_version
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.internships import actions, queries
from werkpfad.journey.internships.enums import ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.internships.permissions import can_create_programme, can_manage_programme
from werkpfad.journey.internships.rules import NotValid, day_choices
from werkpfad.journey.internships.web.forms.programmes import (
    LABELS,
    DaysForm,
    ProgrammeForm,
    initial_of,
)
from werkpfad.journey.internships.web.tables import programme_table
from werkpfad.journey.matching.actions import close_programme
from werkpfad.journey.matching.queries import log_of, readiness, round_of
from werkpfad.journey.matching.steps import (
    creation_steps,
    guidance_for,
    phase_steps,
    way_on,
)
from werkpfad.region.network.models import Region
from werkpfad.region.network.request import region_with
from werkpfad.region.schools.models import School


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    grants = grants_of(request)
    require(bool(grants.regions))
    rows = queries.with_counts(queries.visible_programmes(grants))
    may_create = grants.has(Permission.MANAGE_PROGRAMMES)
    context = {
        "table": programme_table(request, rows),
        "may_create": may_create,
        "may_run": grants.has(Permission.RUN_ROUNDS),
    }
    return render(request, "internships/programme_list.html", context)


@require_safe
def programme(request: HttpRequest, public_id: str) -> HttpResponse:
    grants, today = grants_of(request), clock.today()
    found = load(queries.visible_programmes(grants), public_id)
    manages = can_manage_programme(grants, found)
    round_ = round_of(found)
    way = way_on(round_, found, grants, today=today)
    context: dict[str, Any] = {
        "programme": found,
        "round": round_,
        "days": queries.days_of(found),
        "steps": phase_steps(found, round_, today=today),
        "guidance": guidance_for(found, round_, grants, today=today),
        "way": (reverse(way[0]), way[1]) if way else None,
        "may_manage": manages,
        "is_week": found.kind == ProgrammeKind.WEEK,
    }
    if manages:
        context |= {
            "counts": queries.counts_of(found, today=today),
            "readiness": readiness(round_, today=today) if round_ else None,
            "log": list(log_of(round_)[:8]) if round_ else [],
        }
    return render(request, "internships/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_create(request: HttpRequest) -> HttpResponse:
    """First the kind (`?art=block|week`), then what is decided about it."""
    region = region_with(request, Permission.MANAGE_PROGRAMMES)
    require(can_create_programme(grants_of(request), region.pk))
    kind = request.GET.get("art", "")
    if kind not in ProgrammeKind.values:
        return render(request, "internships/programme_kind.html", {"steps": creation_steps("", 1)})
    initial = {"max_distance_km": region.max_distance_km, "is_school_event": True}
    form = ProgrammeForm(request.POST or None, kind=kind, schools=_schools(region), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            created = actions.create_programme(
                region=region, plan=form.plan(), by=grants_of(request).by, at=clock.now()
            )
        except NotValid as error:
            form.add_problems(error.problems)
        else:
            return redirect(_next_step(created))
    context = {"form": form, "kind": kind, "steps": creation_steps(kind, 1)}
    status = 422 if request.method == "POST" else 200
    return render(request, "internships/programme_create.html", context, status=status)


def _next_step(created: Programme) -> str:
    if created.kind == ProgrammeKind.WEEK:
        return f"{reverse('internships:programme_days', args=[created.public_id])}?neu=1"
    return f"{reverse('matching:round_create', args=[created.public_id])}?neu=1"


def _schools(region: Region) -> list[School]:
    rows = School.objects.filter(organisation__region=region).select_related("organisation")
    return list(rows.order_by("organisation__name", "pk"))


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    found = load(queries.visible_programmes(grants_of(request)), public_id)
    require(can_manage_programme(grants_of(request), found))
    schools, plan = _schools(found.region), queries.plan_of(found)
    form = ProgrammeForm(
        request.POST or None,
        kind=found.kind,
        schools=schools,
        initial=initial_of(plan, schools, found.version),
    )
    context: dict[str, Any] = {"programme": found, "form": form}
    if request.method != "POST":
        return render(request, "internships/programme_edit.html", context)
    if not form.is_valid():
        return render(request, "internships/programme_edit.html", context, status=422)
    try:
        actions.update_programme(
            programme=found,
            plan=form.plan(),
            seen_version=form.cleaned_data["version"] or 0,
            by=grants_of(request).by,
            at=clock.now(),
        )
    except NotValid as error:
        form.add_problems(error.problems)
        return render(request, "internships/programme_edit.html", context, status=422)
    except actions.NotPossible:
        messages.error(request, "Ein abgeschlossenes Programm kann nicht geändert werden.")
        return redirect("internships:programme", public_id)
    except EditConflict:
        data = with_version(form, found.version)
        context |= {
            "differences": differences(LABELS, plan, form.plan()),
            "form": ProgrammeForm(data, kind=found.kind, schools=schools),
        }
        return render(request, "internships/programme_edit.html", context, status=409)
    messages.success(request, "Gespeichert.")
    return redirect("internships:programme", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_days(request: HttpRequest, public_id: str) -> HttpResponse:
    """The days of a Praktikumswoche; with `?neu=1` the second step of creating one."""
    found = load(queries.visible_programmes(grants_of(request)), public_id)
    require(can_manage_programme(grants_of(request), found))
    if found.kind != ProgrammeKind.WEEK:
        return redirect("internships:programme", public_id)
    is_new = request.GET.get("neu") == "1"
    choices = day_choices(found.first_day, found.last_day, found.region.state)
    chosen: list[date] = queries.days_of(found)
    form = DaysForm(
        request.POST or None,
        choices=choices,
        initial={"days": [day.isoformat() for day in chosen]},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_programme_days(
                programme=found,
                days=form.cleaned_data["days"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except NotValid as error:
            form.add_problems(error.problems)
        except actions.NotPossible as error:
            form.add_error(None, str(error) or "Das Programm ist abgeschlossen.")
        else:
            next_url = reverse("matching:round_create", args=[public_id])
            return redirect(
                f"{next_url}?neu=1"
                if is_new
                else reverse("internships:programme", args=[public_id])
            )
    if request.method == "POST":
        status = 422
    steps = creation_steps(found.kind, 2) if is_new else []
    context = {"programme": found, "form": form, "steps": steps, "is_new": is_new}
    return render(request, "internships/programme_days.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_open(request: HttpRequest, public_id: str) -> HttpResponse:
    found = load(queries.visible_programmes(grants_of(request)), public_id)
    require(can_manage_programme(grants_of(request), found))
    if request.method == "POST":
        try:
            actions.open_programme(programme=found, by=grants_of(request).by, at=clock.now())
            messages.success(request, "Das Programm ist offen.")
        except actions.NotPossible as error:
            messages.error(request, str(error) or "Das Programm ist schon offen.")
        return redirect("internships:programme", public_id)
    counts = queries.counts_of(found, today=clock.today())
    context = {
        "title": "Programm öffnen",
        "question": f"„{found.title}“ wird für alle in der Region sichtbar.",
        "consequences": [
            "Betriebe können Angebote für dieses Programm veröffentlichen.",
            f"{counts.schools} Schulen mit derzeit {counts.pupils} Schüler:innen sehen das Programm.",
            "Die Phasen der Zuteilung beginnen an ihren Tagen von selbst."
            if round_of(found)
            else "Eine Zuteilung ist nicht geplant. Sie können sie jederzeit hinzufügen.",
        ],
        "confirm_label": "Jetzt öffnen",
        "cancel_url": reverse("internships:programme", args=[public_id]),
    }
    return render(request, "core/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_close(request: HttpRequest, public_id: str) -> HttpResponse:
    found = load(queries.visible_programmes(grants_of(request)), public_id)
    require(can_manage_programme(grants_of(request), found))
    if request.method == "POST":
        try:
            close_programme(programme=found, by=grants_of(request).by, at=clock.now())
            messages.success(request, "Das Programm ist abgeschlossen.")
        except actions.NotPossible:
            messages.error(request, "Nur ein offenes Programm kann abgeschlossen werden.")
        return redirect("internships:programme", public_id)
    consequences = [
        "Betriebe können keine neuen Plätze mehr anbieten, Schüler:innen sich nichts mehr wünschen.",
        "Eine laufende Zuteilungsrunde wird beendet, eine laufende Berechnung abgebrochen.",
        "Vereinbarte Praktika, Anwesenheit und Bescheinigungen bleiben, wie sie sind.",
    ]
    if found.status != ProgrammeStatus.OPEN:
        consequences = ["Dieses Programm ist nicht offen."]
    context = {
        "title": "Programm abschließen",
        "question": f"„{found.title}“ wird abgeschlossen.",
        "consequences": consequences,
        "confirm_label": "Abschließen",
        "confirm_kind": "danger",
        "cancel_url": reverse("internships:programme", args=[public_id]),
    }
    return render(request, "core/confirm.html", context)
