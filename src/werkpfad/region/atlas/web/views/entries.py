"""Writing one's own entry in the network."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ids import new_public_id
from werkpfad.base.core.ui.conflict import with_version
from werkpfad.base.core.ui.parts import Badge, Event
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.atlas.actions import (
    NotPublishable,
    confirm_entry,
    publish_entry,
    save_content,
    withdraw_entry,
)
from werkpfad.region.atlas.enums import Direction, EntryStand
from werkpfad.region.atlas.models import MemberEntry
from werkpfad.region.atlas.permissions import can_edit_entry, can_release
from werkpfad.region.atlas.queries import history_of, latest_content
from werkpfad.region.atlas.rules import (
    MOST_ITEMS,
    Content,
    changes,
    content_from,
    is_fresh,
    label_of,
    stand_of,
    with_item,
    without_item,
)
from werkpfad.region.atlas.web.forms.entries import (
    IntroForm,
    ItemForm,
    intro_initial,
    item_initial,
)
from werkpfad.region.atlas.web.shown import field_titles, shown_side
from werkpfad.region.network.models import Organisation
from werkpfad.region.network.permissions import can_manage_organisation
from werkpfad.region.network.queries import visible_organisations
from werkpfad.region.network.request import membership_of

Change = Callable[[Content], Content]
READ_AND_WRITE = ["GET", "HEAD", "POST"]
TONES = {
    EntryStand.DRAFT: "neutral",
    EntryStand.WAITING: "warning",
    EntryStand.CHANGED: "warning",
    EntryStand.PUBLIC: "success",
    EntryStand.WITHDRAWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class Own:
    """An organisation the visitor may write for, with its entry as far as there is one."""

    organisation: Organisation
    entry: MemberEntry | None
    content: Content

    @property
    def version(self) -> int:
        return self.entry.version if self.entry else 0


def own_entry(request: HttpRequest, public_id: str) -> Own:
    """404 for an organisation the visitor does not see, 403 for one they do not speak for."""
    organisation = load(
        visible_organisations(grants_of(request)).select_related("region"), public_id
    )
    require(can_edit_entry(grants_of(request), organisation))
    entry = MemberEntry.objects.filter(organisation=organisation).first()
    return Own(organisation, entry, latest_content(entry))


def existing(request: HttpRequest, public_id: str) -> tuple[Own, MemberEntry]:
    own = own_entry(request, public_id)
    if own.entry is None:
        raise Http404
    return own, own.entry


def stand_badge(entry: MemberEntry | None) -> Badge:
    stand = EntryStand.DRAFT if entry is None else _stand(entry)
    return Badge(stand.label, TONES[stand])  # type: ignore[arg-type]


def _stand(entry: MemberEntry) -> EntryStand:
    return stand_of(
        entry.status,
        latest=entry.latest,
        submitted=entry.submitted,
        published=entry.published,
    )


@require_safe
def my_entry(request: HttpRequest) -> HttpResponse:
    """The entry of the organisation one acts for."""
    membership = membership_of(request)
    if membership is None:
        raise Http404
    require(can_edit_entry(grants_of(request), membership.organisation))
    return redirect("atlas:entry", membership.organisation.public_id)


@require_safe
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """What has been written, what is public of it, and what to do next."""
    own = own_entry(request, public_id)
    titles, found = field_titles(), own.entry
    stand = EntryStand.DRAFT if found is None else _stand(found)
    grants = grants_of(request)
    context = {
        "own": own,
        "organisation": own.organisation,
        "entry": found,
        "badge": stand_badge(found),
        "stand": str(stand),
        "may_publish": stand in (EntryStand.DRAFT, EntryStand.CHANGED, EntryStand.WITHDRAWN),
        "offers": shown_side(own.content, Direction.OFFER, titles),
        "needs": shown_side(own.content, Direction.NEED, titles),
        "contacts": list(own.organisation.contacts.order_by("position", "pk")),
        "manages": can_manage_organisation(grants, own.organisation),
        "releases": can_release(grants, own.organisation),
        "history": _history(found) if found else [],
        "is_fresh": found is not None and is_fresh(found.confirmed_at, at=clock.now()),
    }
    return render(request, "atlas/entry.html", context)


def _history(entry: MemberEntry) -> list[Event]:
    """Who changed what, the newest first."""
    rows = history_of(entry)
    contents = [content_from(row.content) for row in rows]
    if rows and rows[-1].number == 1:
        contents.append(Content())
    return [
        Event(
            what=", ".join(changes(before, after)) or "gespeichert, ohne Änderung",
            who=row.author.display_name if row.author else "",
            at=row.saved_at,
            note="das lesen alle" if row.number == entry.published else "",
        )
        for row, (after, before) in zip(rows, pairwise(contents), strict=False)
    ]


@require_http_methods(READ_AND_WRITE)
def intro(request: HttpRequest, public_id: str) -> HttpResponse:
    """Introduction and links."""
    own = own_entry(request, public_id)
    form = IntroForm(
        request.POST if request.method == "POST" else None,
        initial=intro_initial(own.content, own.version),
    )

    def change(content: Content) -> Content:
        return replace(content, intro=form.cleaned_data["intro"], links=form.links())

    return _edit(request, own, form, change, title="Vorstellung und Links")


@require_http_methods(READ_AND_WRITE)
def item(request: HttpRequest, public_id: str, key: str = "") -> HttpResponse:
    """A new offer or need, or a change of one."""
    own = own_entry(request, public_id)
    known = own.content.item(key) if key else None
    if key and known is None:
        raise Http404
    if known is None and len(own.content.items) >= MOST_ITEMS:
        messages.warning(request, f"Mehr als {MOST_ITEMS} Punkte liest niemand. Ändern Sie einen.")
        return redirect("atlas:entry", public_id)
    wanted = request.GET.get("art")
    initial = (
        item_initial(known, own.version)
        if known
        else {
            "direction": wanted if wanted in Direction.values else None,
            "version": own.version,
        }
    )
    form = ItemForm(request.POST if request.method == "POST" else None, initial=initial)
    made = key or new_public_id()

    def change(content: Content) -> Content:
        return with_item(content, form.item(made))

    title = label_of(known) if known else "Neuer Punkt"
    return _edit(request, own, form, change, title=title)


def _edit(
    request: HttpRequest, own: Own, form: IntroForm | ItemForm, change: Change, *, title: str
) -> HttpResponse:
    """Store what was typed; when a colleague saved meanwhile, nothing is lost and the page says so."""
    context: dict[str, Any] = {"form": form, "organisation": own.organisation, "title": title}
    if request.method == "POST" and form.is_valid():
        try:
            save_content(
                organisation=own.organisation,
                content=change(own.content),
                seen_version=form.cleaned_data["version"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except EditConflict:
            context |= {
                "form": type(form)(with_version(form, own.version)),
                "was_changed": True,
            }
            return render(request, "atlas/entry_form.html", context, status=409)
        messages.success(request, "Gespeichert. Andere sehen es, sobald Sie es veröffentlichen.")
        return redirect("atlas:entry", own.organisation.public_id)
    return render(request, "atlas/entry_form.html", context)


@require_http_methods(READ_AND_WRITE)
def item_remove(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Take one offer or need out, after asking."""
    own, found = existing(request, public_id)
    known = own.content.item(key)
    if known is None:
        raise Http404
    back = reverse("atlas:entry", args=[public_id])
    if request.method == "POST":
        try:
            save_content(
                organisation=own.organisation,
                content=without_item(own.content, key),
                seen_version=found.version,
                by=grants_of(request).by,
                at=clock.now(),
            )
        except EditConflict:
            messages.warning(request, "Jemand hat gerade gespeichert. Bitte noch einmal.")
        else:
            messages.success(request, "Entfernt. Andere sehen es, sobald Sie es veröffentlichen.")
        return redirect(back)
    context = {
        "title": "Diesen Punkt entfernen?",
        "question": f"{label_of(known)}: „{known.text}“",
        "confirm_label": "Entfernen",
        "confirm_kind": "danger",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)


@require_POST
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand in, or show at once where the office trusts."""
    own, found = existing(request, public_id)
    try:
        is_public = publish_entry(
            entry=found, by=grants_of(request).by, at=clock.now(), today=clock.today()
        )
    except NotPublishable as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(
            request,
            "Veröffentlicht. Ihr Eintrag steht auf der Netzwerkkarte."
            if is_public
            else "Abgeschickt. Die Koordination schaut den Eintrag an und gibt ihn frei.",
        )
    return redirect("atlas:entry", own.organisation.public_id)


@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """All is still right."""
    own, found = existing(request, public_id)
    confirm_entry(entry=found, by=grants_of(request).by, at=clock.now())
    messages.success(request, "Danke. Der Eintrag gilt wieder als frisch.")
    return redirect("atlas:entry", own.organisation.public_id)


@require_http_methods(READ_AND_WRITE)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the entry off the map, after asking."""
    own, found = existing(request, public_id)
    back = reverse("atlas:entry", args=[public_id])
    if request.method == "POST":
        withdraw_entry(entry=found, by=grants_of(request).by, at=clock.now())
        messages.success(request, "Zurückgezogen. Niemand sieht den Eintrag mehr.")
        return redirect(back)
    context = {
        "title": "Eintrag zurückziehen?",
        "question": f"{own.organisation.name} verschwindet von der Netzwerkkarte.",
        "consequences": [
            "Was Sie geschrieben haben, bleibt hier stehen.",
            "Sie können ihn jederzeit wieder veröffentlichen.",
        ],
        "confirm_label": "Zurückziehen",
        "confirm_kind": "danger",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)
