"""Two records of one company: found, compared, made one, and parted again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import day_of, in_figures
from werkpfad.base.core.text import same_name_key
from werkpfad.base.core.ui.parts import Fact
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.models import Application
from werkpfad.journey.internships.actions import NotMergeable, merge_organisations, undo_merge
from werkpfad.journey.placements.enums import ACTIVE
from werkpfad.journey.placements.models import Placement
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.network.models import Merge, Organisation
from werkpfad.region.network.permissions import can_decide_on
from werkpfad.region.network.queries import likely_same, managed_organisations, running
from werkpfad.region.network.rules import MERGEABLE
from werkpfad.region.network.web.asking import managed
from werkpfad.region.network.web.forms.organisations import MergeForm, SearchForm

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Without `mit`: which other record? With it: both side by side, and which one stays."""
    one = managed(request, public_id)
    grants = grants_of(request)
    require(can_decide_on(grants, one) and one.kind in MERGEABLE)
    others = (
        Organisation.objects.filter(region=one.region_id, kind=one.kind)
        .exclude(pk=one.pk)
        .exclude(status=OrganisationStatus.MERGED)
    )
    if "mit" not in request.GET:
        return render(request, "network/merge_choose.html", _choice(request, one, others))
    other = load(others, request.GET["mit"])
    pair = [one, other]
    form = MergeForm(request.POST if request.method == "POST" else None, pair=pair)
    problem = ""
    if form.is_valid():
        winner = form.cleaned_data["stays"]
        loser = other if winner == one else one
        try:
            merge_organisations(loser=loser, winner=winner, by=grants.by, at=clock.now())
        except NotMergeable as error:
            problem = str(error)
        else:
            messages.success(request, f"Zusammengeführt. „{loser.name}“ ist jetzt Teil hiervon.")
            return redirect("network:organisation", winner.public_id)
    context = {
        "one": one,
        "sides": [{"organisation": side, "facts": _facts(side)} for side in pair],
        "form": form,
        "problem": problem,
    }
    status = 409 if problem else 422 if form.is_bound else 200
    return render(request, "network/merge.html", context, status=status)


def _choice(request: HttpRequest, one: Organisation, others: Any) -> dict[str, Any]:
    form = SearchForm(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    words = same_name_key(typed)
    rows = others.filter(name_key__contains=words) if words else likely_same(one)
    found = rows.prefetch_related("sites").order_by("name", "pk")[:SHOWN]
    return {"one": one, "found": list(found), "q": typed, "form": form}


def _facts(side: Organisation) -> list[Fact]:
    """What somebody needs to see which of the two is the better one, and what would move."""
    slots = {"slot__offer__organisation": side}
    open_applications = Application.objects.filter(**slots, state=ApplicationState.OPEN).count()
    placements = Placement.objects.filter(**slots, state__in=ACTIVE).count()
    people = running(side.memberships.all(), today=clock.today()).count()
    open_invitations = side.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True)
    sites = [str(site) for site in side.sites.order_by("-is_main", "pk")]
    contacts = [contact.name for contact in side.contacts.order_by("position", "pk")]
    return [
        Fact("Stand", side.get_status_display()),
        Fact("Nummer", side.external_key or "keine"),
        Fact("Angelegt", in_figures(day_of(side.created_at))),
        Fact("Standorte", "; ".join(sites) or "keine"),
        Fact("Ansprechpersonen", ", ".join(contacts) or "keine"),
        Fact("Menschen mit Zugang", people),
        Fact("Offene Einladungen", open_invitations.count()),
        Fact("Angebote", side.offers.count()),
        Fact("Offene Bewerbungen", open_applications),
        Fact("Praktikumsplätze in Arbeit oder bestätigt", placements),
    ]


@require_POST
def merge_undo(request: HttpRequest, merge_id: str) -> HttpResponse:
    """Part the two again."""
    grants = grants_of(request)
    found = load(
        Merge.objects.filter(winner__in=managed_organisations(grants)).select_related("winner"),
        merge_id,
    )
    require(
        can_decide_on(grants, found.winner)
        and grants.may_in_region(Permission.MANAGE_ORGANISATIONS, found.winner.region_id)
    )
    try:
        undo_merge(merge=found, by=grants.by, at=clock.now())
    except NotMergeable as error:
        messages.error(request, f"Nichts geändert. {error}")
    else:
        messages.success(request, "Wieder getrennt. Beide Einträge sind wie vorher.")
    return redirect("network:organisation", found.winner.public_id)
