"""Puts what the signed-in person may do on every request, once."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from werkpfad.base.accounts.grants import NOBODY, Grants
from werkpfad.base.core import clock
from werkpfad.region.network.models import Membership
from werkpfad.region.network.queries import grants_from, running_memberships
from werkpfad.region.network.web.asking import MergedAway

SESSION_KEY = "membership"


class GrantsMiddleware:
    """Sets `request.grants`, `request.memberships` and `request.membership` (the one chosen in the switcher).

    Read afresh on each request, so that a role taken away stops working with the next click.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        memberships = _memberships(request)
        request.memberships = memberships  # type: ignore[attr-defined]
        request.grants = _grants(request, memberships)  # type: ignore[attr-defined]
        request.membership = _chosen(request, memberships)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """An old link to an organisation that was merged answers with the one it is part of now."""
        if not isinstance(error, MergedAway):
            return None
        gone = error.organisation
        assert gone.merged_into is not None
        messages.info(request, f"„{gone.name}“ gehört jetzt zu diesem Eintrag.")
        return redirect("network:organisation", gone.merged_into.public_id)


def _memberships(request: HttpRequest) -> list[Membership]:
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return []
    today = clock.today()
    if user.valid_until is not None and user.valid_until < today:
        return []
    return list(running_memberships(user, today=today))


def _grants(request: HttpRequest, memberships: list[Membership]) -> Grants:
    if not request.user.is_authenticated or not request.user.is_active:
        return NOBODY
    return grants_from(request.user, memberships)


def _chosen(request: HttpRequest, memberships: list[Membership]) -> Membership | None:
    wanted = request.session.get(SESSION_KEY) if memberships else None
    by_id = {membership.public_id: membership for membership in memberships}
    return by_id.get(wanted or "") or next(iter(memberships), None)
