"""The page behind the yearly mail: it shows the entry, and only a button changes anything."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.queries import find_link
from werkpfad.base.core import clock
from werkpfad.base.core.actor import by_link
from werkpfad.region.atlas.actions import answer_by_link
from werkpfad.region.atlas.enums import Direction
from werkpfad.region.atlas.models import MemberEntry
from werkpfad.region.atlas.queries import public_contacts, public_entries
from werkpfad.region.atlas.rules import content_from
from werkpfad.region.atlas.web.shown import field_titles, shown_side

STATUS = {LinkState.UNKNOWN: 404}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm or withdraw without an account; a link that ended says so."""
    at = clock.now()
    state, link = find_link(token, purpose=LinkPurpose.ENTRY_CHECK, at=at)
    entry = _entry(link.object_id) if link else None
    if link is None or entry is None or state is not LinkState.VALID:
        shown = state if entry is not None else LinkState.UNKNOWN
        context: dict[str, Any] = {"state": str(shown)}
        return render(request, "atlas/link_closed.html", context, status=STATUS.get(shown, 410))
    answer = request.POST.get("answer")
    if request.method == "POST" and answer in ("yes", "withdraw"):
        answer_by_link(
            link=link, entry=entry, still_right=answer == "yes", by=by_link(link.pk), at=at
        )
        context = {"entry": entry, "kept": answer == "yes"}
        return render(request, "atlas/still_right_done.html", context)
    content, titles = content_from(entry.content), field_titles()
    context = {
        "entry": entry,
        "content": content,
        "offers": shown_side(content, Direction.OFFER, titles),
        "needs": shown_side(content, Direction.NEED, titles),
        "contacts": list(public_contacts([entry.organisation_id])),
        "missed": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "atlas/still_right.html", context, status=status)


def _entry(public_id: str) -> MemberEntry | None:
    return public_entries().select_related("organisation").filter(public_id=public_id).first()
