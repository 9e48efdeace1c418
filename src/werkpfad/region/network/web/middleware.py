"""Puts what the signed-in person may do on every request, once."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from werkpfad.base.accounts.grants import NOBODY
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.queries import may_sign_in
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
        today = clock.today()
        user = _acting(request, today)
        memberships = list(running_memberships(user, today=today)) if user else []
        request.memberships = memberships  # type: ignore[attr-defined]
        request.grants = grants_from(user, memberships) if user else NOBODY  # type: ignore[attr-defined]
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


def _acting(request: HttpRequest, today: date) -> User | None:
    """Whoever is signed in, unless the account was closed or ran out."""
    user = request.user
    return user if user.is_authenticated and may_sign_in(user, today=today) else None


def _chosen(request: HttpRequest, memberships: list[Membership]) -> Membership | None:
    wanted = request.session.get(SESSION_KEY) if memberships else None
    by_id = {membership.public_id: membership for membership in memberships}
    return by_id.get(wanted or "") or next(iter(memberships), None)
