"""Organisations of the region: the coordinators' list, each one's page, its profile and its state."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.accounts.roles import ROLES
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.text import same_name_key
from werkpfad.base.core.ui.conflict import typed_over
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.network.actions import (
    StepNotPossible,
    create_organisation,
    edit_organisation,
)
from werkpfad.region.network.enums import OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import Merge, Organisation
from werkpfad.region.network.permissions import can_decide_on
from werkpfad.region.network.queries import (
    likely_same,
    manageable_memberships,
    managed_organisations,
    open_invitations,
)
from werkpfad.region.network.request import region_with
from werkpfad.region.network.rules import MERGEABLE, Step, roles_at, steps_from
from werkpfad.region.network.web.asking import managed
from werkpfad.region.network.web.forms.organisations import (
    BlockForm,
    NewOrganisationForm,
    OrganisationFilter,
    ProfileForm,
)
from werkpfad.region.network.web.tables import ORGANISATIONS, status_badge
from werkpfad.region.notifications.actions import decide_and_tell
from werkpfad.region.schools.models import School

READ_AND_WRITE = ["GET", "HEAD", "POST"]
DONE = {
    Step.RELEASE: "Freigegeben. Die Verantwortlichen bekommen eine Mail.",
    Step.PAUSE: "Pausiert. Angebote sind solange nicht zu sehen.",
    Step.RESUME: "Wieder aktiv.",
    Step.BLOCK: "Gesperrt. Die Menschen dort haben hier keinen Zugriff mehr.",
    Step.UNBLOCK: "Die Sperre ist aufgehoben.",
}


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations of the regions one coordinates, with search and filters."""
    grants = grants_of(request)
    require(grants.has(Permission.MANAGE_ORGANISATIONS))
    regions = grants.regions_with(Permission.MANAGE_ORGANISATIONS)
    rows = Organisation.objects.filter(region__in=regions).prefetch_related("sites")
    form = OrganisationFilter(request.GET)
    active = 0
    if form.is_valid():
        chosen = {name: value for name, value in form.cleaned_data.items() if value}
        active = len(chosen)
        if words := chosen.pop("q", ""):
            rows = rows.filter(name_key__contains=same_name_key(words))
        rows = rows.filter(**chosen)
        if "status" not in chosen:
            rows = rows.exclude(status=OrganisationStatus.MERGED)
    waiting = Organisation.objects.filter(region__in=regions, status="requested").count()
    context = {
        "table": ORGANISATIONS.bind(request, rows),
        "filter": form,
        "active": active,
        "waiting": waiting,
    }
    return render(request, "network/organisation_list.html", context)


@require_http_methods(READ_AND_WRITE)
def organisation_create(request: HttpRequest) -> HttpResponse:
    """A coordinator enters a company or partner; inviting people is the next step."""
    region = region_with(request, Permission.MANAGE_ORGANISATIONS)
    form = NewOrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = form.cleaned_data
        kind = OrganisationKind(values.pop("kind"))
        made = create_organisation(
            region=region, kind=kind, **values, by=grants_of(request).by, at=clock.now()
        )
        messages.success(request, f"{made.name} ist angelegt. Laden Sie jetzt jemanden ein.")
        return redirect("network:invite", made.public_id)
    return render(request, "network/organisation_create.html", {"form": form})


@require_safe
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything about one organisation, for those who manage it."""
    found = managed(request, public_id)
    grants, today = grants_of(request), clock.today()
    members = manageable_memberships(grants, today=today).filter(organisation=found)
    decides = can_decide_on(grants, found)
    context = {
        "organisation": found,
        "status": status_badge(found),
        "sites": list(found.sites.order_by("-is_main", "pk")),
        "contacts": list(found.contacts.order_by("position", "pk")),
        "members": [
            {"row": row, "role": ROLES[row.role].title if row.role in ROLES else row.role}
            for row in members.order_by("role", "pk")
        ],
        "invitations": [
            {
                "row": row,
                "role": ROLES[row.role].title if row.role in ROLES else row.role,
                "is_over": row.expires_at <= clock.now(),
            }
            for row in open_invitations(grants).filter(organisation=found).order_by("-pk")
        ],
        "can_invite": bool(roles_at(found.kind)),
        "decides": decides,
        "steps": steps_from(found.status) if decides else [],
        "same": list(likely_same(found)[:5]) if decides else [],
        "school": School.objects.filter(organisation=found).first(),
        "can_merge": decides and found.kind in MERGEABLE,
        "merges": list(
            Merge.objects.filter(winner=found, undone_at__isnull=True)
            .select_related("loser")
            .order_by("-pk")
        )
        if decides
        else [],
    }
    return render(request, "network/organisation.html", context)


@require_http_methods(READ_AND_WRITE)
def organisation_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The profile; when somebody else saved meanwhile, both texts are shown."""
    found = managed(request, public_id)
    names = ("name", "description", "website")
    initial = {name: getattr(found, name) for name in names} | {"version": found.version}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"organisation": found, "form": form}
    if form.is_valid():
        values = dict(form.cleaned_data)
        seen = values.pop("version")
        try:
            edit_organisation(
                organisation=found,
                **values,
                seen_version=seen,
                by=grants_of(request).by,
                at=clock.now(),
            )
        except EditConflict:
            found.refresh_from_db()
            context |= typed_over(form, found, names)
            return render(request, "network/organisation_edit.html", context, status=409)
        messages.success(request, "Gespeichert.")
        return redirect("network:organisation", public_id)
    return render(request, "network/organisation_edit.html", context)


@require_POST
def organisation_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Release, pause, resume, unblock: one POST each."""
    found = load(managed_organisations(grants_of(request)), public_id)
    require(can_decide_on(grants_of(request), found))
    try:
        step = Step(request.POST.get("step", ""))
        if step is Step.BLOCK:
            return redirect("network:organisation_block", public_id)
        decide_and_tell(
            organisation=found,
            step=step,
            by=grants_of(request).by,
            at=clock.now(),
            today=clock.today(),
        )
    except (ValueError, StepNotPossible):
        messages.error(request, "Das geht gerade nicht. Vielleicht war schon jemand schneller.")
    else:
        messages.success(request, DONE[step])
    return redirect("network:organisation", public_id)


@require_http_methods(READ_AND_WRITE)
def organisation_block(request: HttpRequest, public_id: str) -> HttpResponse:
    """Blocking asks for a reason and says what follows."""
    found = load(managed_organisations(grants_of(request)), public_id)
    require(can_decide_on(grants_of(request), found))
    form = BlockForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            decide_and_tell(
                organisation=found,
                step=Step.BLOCK,
                reason=form.cleaned_data["reason"],
                by=grants_of(request).by,
                at=clock.now(),
                today=clock.today(),
            )
        except StepNotPossible:
            messages.error(request, "Diese Organisation ist schon gesperrt.")
        else:
            messages.success(request, DONE[Step.BLOCK])
        return redirect("network:organisation", public_id)
    context = {
        "title": f"{found.name} sperren?",
        "question": "Gesperrte Organisationen sind nirgends mehr zu sehen.",
        "consequences": [
            "Ihre Menschen verlieren sofort den Zugriff für diese Organisation.",
            "Ihre Angebote verschwinden aus der Suche.",
            "Bestätigte Praktika bleiben bestehen, bis Sie sie absagen.",
        ],
        "form": form,
        "confirm_label": "Sperren",
        "confirm_kind": "danger",
        "cancel_url": reverse("network:organisation", args=[public_id]),
    }
    return render(request, "core/confirm.html", context)
