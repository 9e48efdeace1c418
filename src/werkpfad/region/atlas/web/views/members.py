"""A member's public page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import load
from werkpfad.region.atlas.enums import Direction
from werkpfad.region.atlas.permissions import can_edit_entry
from werkpfad.region.atlas.queries import public_contacts, public_entries
from werkpfad.region.atlas.rules import content_from, is_fresh
from werkpfad.region.atlas.web.shown import field_titles, shown_side


@login_not_required
@require_safe
def member(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a member offers and looks for, and who may be asked."""
    entry = load(public_entries().select_related("organisation__region"), public_id)
    content, titles = content_from(entry.content), field_titles()
    context: dict[str, Any] = {
        "entry": entry,
        "organisation": entry.organisation,
        "content": content,
        "offers": shown_side(content, Direction.OFFER, titles),
        "needs": shown_side(content, Direction.NEED, titles),
        "sites": list(entry.organisation.sites.order_by("-is_main", "pk")),
        "contacts": list(public_contacts([entry.organisation_id])),
        "is_fresh": is_fresh(entry.confirmed_at, at=clock.now()),
        "may_edit": can_edit_entry(grants_of(request), entry.organisation),
    }
    return render(request, "atlas/member.html", context)
