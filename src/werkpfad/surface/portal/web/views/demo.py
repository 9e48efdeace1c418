"""Stepping into a role in the demo. Exists in demo mode only; production settings refuse to start with it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from werkpfad.base.accounts.sessions import start_session
from werkpfad.surface.portal.demo.cast import cast, find


def _only_in_demo() -> None:
    if not settings.DEMO or settings.PRODUCTION:
        raise Http404


@login_not_required
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who is who in the demo, each with one click to step in."""
    _only_in_demo()
    return render(request, "portal/demo.html", {"cast": cast()})


@login_not_required
@require_POST
def step_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people; counts as second factor, because there is nothing to protect."""
    _only_in_demo()
    member = find(request.POST.get("role", ""))
    if member is None:
        raise Http404
    start_session(request, member.user, second_factor_done=True)
    return redirect("portal:start")
