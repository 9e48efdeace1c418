"""One's own account: who one is here, where one is signed in, and how to end that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from werkpfad.base.accounts import sessions
from werkpfad.base.accounts.actions import end_sign_in, end_sign_ins
from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.queries import running_sign_ins
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.accounts.roles import ROLES
from werkpfad.base.accounts.second_factor import has_second_factor
from werkpfad.base.accounts.web.step_up import own
from werkpfad.base.core import clock
from werkpfad.base.core.actor import person
from werkpfad.base.core.ui.shortcuts import load
from werkpfad.region.network.permissions import can_manage_organisation
from werkpfad.region.network.request import memberships_of


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Staff see all of their account; pupils and guardians what concerns them: where they are signed in."""
    user = own(request)
    memberships, grants = memberships_of(request), grants_of(request)
    rows = running_sign_ins(user)
    here = request.session.session_key
    context = {
        "is_staff": user.kind == UserKind.STAFF,
        "is_pupil": user.kind == UserKind.PUPIL,
        "sign_ins": [{"row": row, "is_here": row.session_key == here} for row in rows],
        "memberships": memberships,
        "roles": [
            {
                "organisation": membership.organisation,
                "title": ROLES[membership.role].title if membership.role in ROLES else "",
                "can_open": can_manage_organisation(grants, membership.organisation),
            }
            for membership in memberships
        ],
        "has_password": user.has_usable_password(),
        "has_factor": has_second_factor(user),
        "life": sessions.LIFETIMES[UserKind(user.kind)],
    }
    return render(request, "accounts/account.html", context)


@require_POST
def end_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """End one of one's own sessions; ending the present one signs out."""
    user = own(request)
    row = load(running_sign_ins(user), public_id)
    if row.session_key == request.session.session_key:
        sessions.end_session(request)
        return redirect("accounts:sign_in")
    end_sign_in(session_key=row.session_key, by=person(user.pk), at=clock.now())
    messages.success(request, f"Beendet: {row.device}.")
    return redirect("accounts:account")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Everywhere else this account is signed out."""
    user = own(request)
    ended = end_sign_ins(
        user=user, by=person(user.pk), at=clock.now(), keep=request.session.session_key
    )
    text = "Es gab keine weitere Anmeldung." if not ended else "Überall sonst abgemeldet."
    messages.success(request, text)
    return redirect("accounts:account")
