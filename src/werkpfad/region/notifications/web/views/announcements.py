"""The office's announcements: what stands on start pages now, and writing one."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ui.conflict import typed_over
from werkpfad.base.core.ui.parts import Action, Badge, Link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.region.network.request import region_with
from werkpfad.region.notifications.actions import (
    announce,
    change_announcement,
    remove_announcement,
)
from werkpfad.region.notifications.models import Announcement
from werkpfad.region.notifications.permissions import can_announce
from werkpfad.region.notifications.queries import visible_announcements
from werkpfad.region.notifications.rules import AnnouncementPlan
from werkpfad.region.notifications.web.forms.announcements import AnnouncementForm

READ_AND_WRITE = ["GET", "HEAD", "POST"]
USUAL_TIME = timedelta(days=14)


def _stand(row: Announcement, today: date) -> Badge:
    if row.last_day < today:
        return Badge("vorbei", "neutral")
    return Badge("kommt noch", "info") if row.first_day > today else Badge("zu sehen", "success")


ANNOUNCEMENTS = TableSpec(
    caption="Hinweise",
    default_sort="-until",
    columns=(
        Column(
            "title",
            "Überschrift",
            value=lambda row: Link(
                row.title, reverse("notifications:announcement_edit", args=[row.public_id])
            ),
            sort="title",
            main=True,
        ),
        Column("audience", "Für", value=lambda row: row.get_audience_display(), sort="audience"),
        Column("from", "Ab", value=lambda row: row.first_day, sort="first_day"),
        Column("until", "Bis", value=lambda row: row.last_day, sort=("last_day", "pk")),
        Column("stand", "Stand", value=lambda row: _stand(row, clock.today())),
        Column(
            "remove",
            "Aktion",
            value=lambda row: Action(
                "Entfernen",
                reverse("notifications:announcement_remove", args=[row.public_id]),
                kind="tertiary",
            ),
            hide_label=True,
        ),
    ),
    empty=Empty(
        "Kein Hinweis",
        "Schreiben Sie, wenn alle etwas wissen sollen, etwa Ferien der Servicestelle.",
    ),
)


@require_safe
def announcement_list(request: HttpRequest) -> HttpResponse:
    """What the office has written, with what is to be seen now."""
    require(grants_of(request).has(Permission.MANAGE_REGION))
    table = ANNOUNCEMENTS.bind(request, visible_announcements(grants_of(request)))
    return render(request, "notifications/announcements.html", {"table": table})


@require_http_methods(READ_AND_WRITE)
def announcement_new(request: HttpRequest) -> HttpResponse:
    region = region_with(request, Permission.MANAGE_REGION)
    require(can_announce(grants_of(request), region))
    today = clock.today()
    initial = {"first_day": today, "last_day": today + USUAL_TIME}
    form = AnnouncementForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        announce(region=region, plan=form.plan(), by=grants_of(request).by, at=clock.now())
        messages.success(request, "Gespeichert. Der Hinweis steht auf den Startseiten.")
        return redirect("notifications:announcement_list")
    return render(request, "notifications/announcement_form.html", {"form": form})


@require_http_methods(READ_AND_WRITE)
def announcement_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """When a colleague saved meanwhile, both texts are shown."""
    found = load(visible_announcements(grants_of(request)), public_id)
    names = AnnouncementPlan.__slots__
    initial = {name: getattr(found, name) for name in (*names, "version")}
    form = AnnouncementForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"form": form, "announcement": found}
    if form.is_valid():
        try:
            change_announcement(
                announcement=found,
                plan=form.plan(),
                seen_version=form.cleaned_data["version"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except EditConflict:
            found.refresh_from_db()
            context |= typed_over(form, found, names)
            return render(request, "notifications/announcement_form.html", context, status=409)
        messages.success(request, "Gespeichert.")
        return redirect("notifications:announcement_list")
    return render(request, "notifications/announcement_form.html", context)


@require_http_methods(READ_AND_WRITE)
def announcement_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it down, after asking."""
    found = load(visible_announcements(grants_of(request)), public_id)
    back = reverse("notifications:announcement_list")
    if request.method == "POST":
        remove_announcement(announcement=found, by=grants_of(request).by, at=clock.now())
        messages.success(request, "Entfernt. Niemand sieht den Hinweis mehr.")
        return redirect(back)
    context = {
        "title": "Hinweis entfernen?",
        "question": f"„{found.title}“ verschwindet von allen Startseiten und lässt sich nicht zurückholen.",
        "confirm_label": "Entfernen",
        "confirm_kind": "danger",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)
