"""Cooperations: the list with those that sleep, one with its topics and plan, and the Urkunde."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.pdf import Letterhead
from werkpfad.base.core.school_year import school_year_label, school_year_of
from werkpfad.base.core.ui.parts import Badge, Fact, Link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.region.atlas.actions import (
    AlreadyCooperating,
    StepNotPossible,
    add_plan_step,
    add_topic,
    finish_plan_step,
    start_cooperation,
    take_step,
)
from werkpfad.region.atlas.documents import Charter, charter
from werkpfad.region.atlas.enums import CooperationKind, CooperationStatus, Party
from werkpfad.region.atlas.models import Cooperation
from werkpfad.region.atlas.permissions import can_steer, can_work_on
from werkpfad.region.atlas.queries import coverage_of, sleeping, visible_cooperations
from werkpfad.region.atlas.rules import Step, sleeps, steps_from
from werkpfad.region.atlas.web.forms.cooperations import (
    PlanForm,
    StartForm,
    StepForm,
    TopicForm,
)
from werkpfad.region.network.models import Organisation
from werkpfad.region.network.request import region_with

READ_AND_WRITE = ["GET", "HEAD", "POST"]
SHOWN = (("", "Alle"), ("schlafen", "Schlafen"), ("beendet", "Beendet"))
TONES = {
    CooperationStatus.BUILDING: "info",
    CooperationStatus.AGREED: "success",
    CooperationStatus.ENDED: "neutral",
}
DONE = {
    Step.AGREE: "Vereinbart. Die Urkunde liegt bereit.",
    Step.RENEW: "Verlängert.",
    Step.END: "Beendet. Was war, bleibt hier zu lesen.",
}


def _badges(row: Cooperation) -> list[Badge]:
    status = CooperationStatus(row.status)
    found = [Badge(status.label, TONES[status])]  # type: ignore[arg-type]
    if sleeps(row.status, row.active_on, today=clock.today()):
        found.append(Badge("schläft", "warning"))
    return found


COOPERATIONS = TableSpec(
    caption="Kooperationen",
    default_sort="active",
    columns=(
        Column(
            "school",
            "Schule",
            value=lambda row: Link(
                row.school.name, reverse("atlas:cooperation", args=[row.public_id])
            ),
            sort=("school__name_key", "pk"),
            main=True,
        ),
        Column(
            "partner",
            "Partner",
            value=lambda row: row.partner.name,
            sort=("partner__name_key", "pk"),
        ),
        Column("kind", "Art", value=lambda row: row.get_kind_display(), sort=("kind", "pk")),
        Column("stand", "Stand", value=_badges, sort=("status", "pk")),
        Column("until", "Gilt bis", value=lambda row: row.runs_until, sort=("runs_until", "pk")),
        Column(
            "active", "Zuletzt etwas los", value=lambda row: row.active_on, sort=("active_on", "pk")
        ),
    ),
    empty=Empty(
        "Hier ist keine Kooperation",
        "Eine Kooperation beginnt, wenn eine Schule und ein Betrieb etwas Festes miteinander vorhaben.",
    ),
)


@require_safe
def cooperation_list(request: HttpRequest) -> HttpResponse:
    """One's cooperations, the longest silent first; the office also sees how far they reach."""
    grants, today = grants_of(request), clock.today()
    require(
        grants.has(Permission.MANAGE_ORGANISATIONS)
        or grants.has(Permission.MANAGE_SCHOOL)
        or grants.has(Permission.MANAGE_COMPANY)
        or grants.has(Permission.SEE_REGION_FIGURES)
    )
    everything = visible_cooperations(grants)
    rows, chosen = everything, request.GET.get("stand", "")
    if chosen == "schlafen":
        rows = sleeping(rows, today=today)
    elif chosen == "beendet":
        rows = rows.filter(status=CooperationStatus.ENDED)
    managed = grants.regions_with(Permission.MANAGE_ORGANISATIONS)
    context = {
        "table": COOPERATIONS.bind(request, rows),
        "tabs": [
            Link(label, f"?stand={code}" if code else request.path, current=chosen == code)
            for code, label in SHOWN
        ],
        "sleeping": sleeping(everything, today=today).count(),
        "running": everything.exclude(status=CooperationStatus.ENDED).count(),
        "coverage": coverage_of(managed) if managed else [],
        "may_start": bool(managed),
    }
    return render(request, "atlas/cooperations.html", context)


@require_http_methods(READ_AND_WRITE)
def cooperation_new(request: HttpRequest) -> HttpResponse:
    """The office brings a school and a partner together."""
    region = region_with(request, Permission.MANAGE_ORGANISATIONS)
    members = Organisation.objects.filter(region=region, status="active").select_related("region")
    form = StartForm(request.POST if request.method == "POST" else None, organisations=members)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = start_cooperation(
                school=data["school"],
                partner=data["partner"],
                kind=CooperationKind(data["kind"]),
                about=data["about"],
                by=grants_of(request).by,
                at=clock.now(),
                today=clock.today(),
            )
        except AlreadyCooperating:
            form.add_error("partner", "Diese beiden haben schon eine Kooperation dieser Art.")
        else:
            messages.success(request, "Angelegt. Planen Sie jetzt die ersten Schritte.")
            return redirect("atlas:cooperation", made.public_id)
    context = {"form": form, "title": "Neue Kooperation", "back": reverse("atlas:cooperation_list")}
    return render(request, "atlas/cooperation_form.html", context)


def _visible(request: HttpRequest, public_id: str) -> Cooperation:
    """404 for a cooperation one has nothing to do with, 403 for one in which one may not write."""
    found = load(visible_cooperations(grants_of(request)), public_id)
    require(can_work_on(grants_of(request), found))
    return found


@require_safe
def cooperation(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was agreed, what is taught, and what comes next."""
    found, today = _visible(request, public_id), clock.today()
    steers = can_steer(grants_of(request), found)
    context: dict[str, Any] = {
        "cooperation": found,
        "badges": _badges(found),
        "facts": [
            Fact("Schule", found.school.name),
            Fact("Partner", found.partner.name),
            Fact("Vereinbart am", found.agreed_on or "noch nicht"),
            Fact("Gilt bis", found.runs_until or "offen"),
            Fact("Zuletzt etwas los", found.active_on),
        ],
        "topics": [
            {"row": row, "year": school_year_label(row.school_year)}
            for row in found.topics.order_by("-school_year", "grade", "pk")
        ],
        "steps": [
            {"row": row, "late": row.done_on is None and row.due_on < today}
            for row in found.steps.order_by(F("done_on").asc(nulls_first=True), "due_on", "pk")
        ],
        "transitions": [str(step) for step in steps_from(found.status)] if steers else [],
        "step_form": StepForm(),
        "sleeps": sleeps(found.status, found.active_on, today=today),
    }
    return render(request, "atlas/cooperation.html", context)


@require_POST
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Agree, renew or end."""
    found = _visible(request, public_id)
    require(can_steer(grants_of(request), found))
    form = StepForm(request.POST)
    wanted = request.POST.get("step", "")
    if form.is_valid() and wanted in set(Step):
        try:
            take_step(
                cooperation=found,
                step=Step(wanted),
                until=form.cleaned_data["until"],
                by=grants_of(request).by,
                at=clock.now(),
                today=clock.today(),
            )
        except StepNotPossible:
            messages.warning(
                request,
                "Das ging nicht: Geben Sie einen Tag an, der noch kommt. Läuft schon eine neue, arbeiten Sie dort weiter.",
            )
        else:
            messages.success(request, DONE[Step(wanted)])
    else:
        messages.warning(request, "Bitte geben Sie den Tag so an: 31.07.2027.")
    return redirect("atlas:cooperation", public_id)


@require_http_methods(READ_AND_WRITE)
def topic_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """A topic that is taught at the partner's or with them."""
    found, today = _visible(request, public_id), clock.today()
    year = school_year_of(today)
    form = TopicForm(request.POST if request.method == "POST" else None, this_year=year)
    if form.is_valid():
        add_topic(
            cooperation=found,
            **form.cleaned_data,
            by=grants_of(request).by,
            at=clock.now(),
            today=today,
        )
        messages.success(request, "Gespeichert.")
        return redirect("atlas:cooperation", public_id)
    return _form(request, found, form, "Neues Unterrichtsthema")


@require_http_methods(READ_AND_WRITE)
def plan_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """The next step: what, who, by when."""
    found = _visible(request, public_id)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        add_plan_step(
            cooperation=found,
            text=data["text"],
            party=Party(data["party"]),
            due_on=data["due_on"],
            by=grants_of(request).by,
            at=clock.now(),
            today=clock.today(),
        )
        messages.success(request, "Geplant.")
        return redirect("atlas:cooperation", public_id)
    return _form(request, found, form, "Neuer Schritt")


def _form(
    request: HttpRequest, found: Cooperation, form: TopicForm | PlanForm, title: str
) -> HttpResponse:
    back = reverse("atlas:cooperation", args=[found.public_id])
    context = {"form": form, "title": title, "back": back}
    return render(request, "atlas/cooperation_form.html", context)


@require_POST
def plan_done(request: HttpRequest, public_id: str, step_id: str) -> HttpResponse:
    """One tap: done."""
    found = _visible(request, public_id)
    planned = load(found.steps.select_related("cooperation"), step_id)
    finish_plan_step(step=planned, by=grants_of(request).by, at=clock.now(), today=clock.today())
    messages.success(request, "Erledigt.")
    return redirect("atlas:cooperation", public_id)


@require_safe
def charter_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The Urkunde of an agreed cooperation, ready to be signed."""
    found = _visible(request, public_id)
    if found.agreed_on is None or found.runs_until is None:
        raise Http404
    region = found.region
    contact = (region.contact_name, region.contact_email, region.contact_phone)
    body = charter(
        Charter(
            letterhead=Letterhead(region.name, ", ".join(part for part in contact if part)),
            title=found.get_kind_display(),
            school=found.school.name,
            partner=found.partner.name,
            about=found.about,
            topics=tuple(
                f"{row.subject}, Klasse {row.grade}: {row.text}"
                for row in found.topics.order_by("-school_year", "grade", "pk")
            ),
            agreed_on=found.agreed_on,
            runs_until=found.runs_until,
        )
    )
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="urkunde.pdf"'
    return response
