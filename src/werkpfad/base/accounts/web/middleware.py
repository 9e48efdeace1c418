"""Sessions end by themselves, and who has not shown a needed second factor reaches only its set-up."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from werkpfad.base.accounts import sessions
from werkpfad.base.accounts.grants import NOBODY
from werkpfad.base.accounts.request import grants_of, is_half_in
from werkpfad.base.core import clock

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLife:
    """Ends a session that was idle or ran too long, and remembers why for the sign-in page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            at = clock.now()
            why = sessions.why_over(request, at=at)
            if why:
                kind = request.user.kind
                sessions.end_session(request)
                request.session[sessions.ENDED_BECAUSE] = f"{kind}:{why}"
            else:
                sessions.note_seen(request, at=at)
        return self.get_response(request)


# What somebody may open who still has to show or set up a needed second factor.
OPEN_WHEN_HALF_IN = frozenset(
    {
        "accounts:security",
        "accounts:app_add",
        "accounts:passkey_add",
        "accounts:recovery_codes",
        "accounts:reauthenticate",
        "accounts:sign_out",
        "accounts:sign_in",
        "accounts:sign_in_link",
        "accounts:link_sent",
        "network:branding",
        "healthz",
        "readyz",
    }
)


class SecondFactorGate:
    """Roles that need a second factor do nothing before it is shown. Comes after the grants were read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        grants = grants_of(request)
        missing = grants.needs_second_factor and not sessions.second_factor_shown(request)
        request.is_half_in = missing  # type: ignore[attr-defined]
        if missing:
            request.grants = replace(  # type: ignore[attr-defined]
                NOBODY, actor=grants.actor, user_id=grants.user_id, needs_second_factor=True
            )
            request.memberships = []  # type: ignore[attr-defined]
            request.membership = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not is_half_in(request):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_WHEN_HALF_IN:
            return None
        return redirect("accounts:security")
