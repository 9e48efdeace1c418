"""The office's care for the network: what waits for release, what is old, who is trusted."""

from datetime import datetime

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import day_of
from werkpfad.base.core.ui.parts import Action, Badge, Link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.region.atlas.actions import (
    NotPublishable,
    ask_about,
    release_entry,
    trust_entry,
)
from werkpfad.region.atlas.enums import EntryStatus
from werkpfad.region.atlas.models import MemberEntry
from werkpfad.region.atlas.permissions import can_release
from werkpfad.region.atlas.queries import maintained_entries
from werkpfad.region.atlas.rules import FRESH_FOR, fresh_share, is_fresh
from werkpfad.region.atlas.web.views.entries import stand_badge

SHOWN = (
    ("", "Alle"),
    ("wartet", "Warten auf Freigabe"),
    ("alt", "Überfällig"),
)


def _age(entry: MemberEntry, at: datetime) -> object:
    if entry.confirmed_at is None:
        return None
    if is_fresh(entry.confirmed_at, at=at):
        return entry.confirmed_at.date()
    return [day_of(entry.confirmed_at), Badge("überfällig", "warning")]


def _actions(entry: MemberEntry, at: datetime) -> list[Action]:
    url = reverse("atlas:care_step", args=[entry.public_id])
    found = []
    if entry.submitted is not None:
        found.append(
            Action("Freigeben", url, "check", "primary", post=True, fields={"step": "release"})
        )
    if entry.status == EntryStatus.PUBLIC and not is_fresh(entry.confirmed_at, at=at):
        found.append(Action("Nachfragen", url, "mail", post=True, fields={"step": "ask"}))
    step = "distrust" if entry.is_trusted else "trust"
    label = "Wieder prüfen" if entry.is_trusted else "Vertrauen"
    found.append(Action(label, url, kind="tertiary", post=True, fields={"step": step}))
    return found


ENTRIES = TableSpec(
    caption="Einträge im Netzwerk",
    default_sort="name",
    columns=(
        Column(
            "name",
            "Organisation",
            value=lambda row: Link(
                row.organisation.name, reverse("atlas:entry", args=[row.organisation.public_id])
            ),
            sort=("organisation__name_key", "pk"),
            main=True,
        ),
        Column("stand", "Stand", value=stand_badge, sort=("status", "submitted", "pk")),
        Column(
            "trust",
            "Änderungen",
            value=lambda row: "gleich öffentlich" if row.is_trusted else "erst nach Freigabe",
            sort=("is_trusted", "pk"),
        ),
        Column(
            "confirmed",
            "Zuletzt bestätigt",
            value=lambda row: _age(row, clock.now()),
            sort=("confirmed_at", "pk"),
        ),
        Column("todo", "Aktion", value=lambda row: _actions(row, clock.now()), hide_label=True),
    ),
    empty=Empty(
        "Hier ist nichts zu tun",
        "Einträge schreiben die Mitglieder selbst. Wer noch keinen hat, findet ihn im Menü unter Netzwerk.",
    ),
)


@require_safe
def care(request: HttpRequest) -> HttpResponse:
    """All entries of the region with their state; filters stand in the address."""
    grants, at = grants_of(request), clock.now()
    require(grants.has(Permission.MANAGE_ORGANISATIONS))
    rows = maintained_entries(grants)
    old = Q(status=EntryStatus.PUBLIC, confirmed_at__lt=at - FRESH_FOR)
    figures = rows.aggregate(
        waiting=Count("pk", filter=Q(submitted__isnull=False)),
        old=Count("pk", filter=old),
        public=Count("pk", filter=Q(status=EntryStatus.PUBLIC)),
    )
    confirmed = rows.filter(status=EntryStatus.PUBLIC).values_list("confirmed_at", flat=True)
    chosen = request.GET.get("stand", "")
    if chosen == "wartet":
        rows = rows.filter(submitted__isnull=False)
    elif chosen == "alt":
        rows = rows.filter(old)
    context = {
        "table": ENTRIES.bind(request, rows),
        "tabs": [
            Link(label, f"?stand={code}" if code else request.path, current=chosen == code)
            for code, label in SHOWN
        ],
        "figures": figures,
        "share": fresh_share(confirmed, at=at),
    }
    return render(request, "atlas/care.html", context)


@require_POST
def care_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Release, trust or ask again."""
    entry = load(maintained_entries(grants_of(request)).select_related("organisation"), public_id)
    require(can_release(grants_of(request), entry.organisation))
    by, at, today = grants_of(request).by, clock.now(), clock.today()
    step = request.POST.get("step")
    if step == "release":
        try:
            release_entry(entry=entry, by=by, at=at, today=today)
        except NotPublishable as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, f"{entry.organisation.name} steht jetzt auf der Karte.")
    elif step in ("trust", "distrust"):
        trust_entry(entry=entry, trusted=step == "trust", by=by, at=at)
        messages.success(
            request,
            f"Änderungen von {entry.organisation.name} sind ab jetzt "
            + ("gleich öffentlich." if step == "trust" else "erst nach Ihrer Freigabe zu sehen."),
        )
    elif step == "ask" and entry.status == EntryStatus.PUBLIC:
        ask_about(entry=entry, at=at, today=today)
        messages.success(request, f"{entry.organisation.name} bekommt eine Mail mit der Frage.")
    return redirect("atlas:care")
