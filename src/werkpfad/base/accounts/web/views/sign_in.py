"""Signing in: with a code from paper, a mail link, a password or a passkey; and signing out."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts import sessions
from werkpfad.base.accounts.actions import LinkNotUsable, use_link
from werkpfad.base.accounts.enums import LinkPurpose, LinkState, UserKind
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.queries import find_link
from werkpfad.base.accounts.web import doors
from werkpfad.base.accounts.web.forms.sign_in import CodeForm, LinkForm, PasswordForm
from werkpfad.base.accounts.web.next_path import next_path
from werkpfad.base.core import clock
from werkpfad.region.notifications.tasks import send_sign_in_link_to

HOME = settings.LOGIN_REDIRECT_URL
ENDED = {
    "idle": "Du warst eine Weile nicht aktiv. Zur Sicherheit ist die Anmeldung beendet.",
    "absolute": "Deine Anmeldung ist nach der längsten erlaubten Zeit beendet worden.",
    "closed": "Dieses Konto ist nicht mehr offen.",
}
ENDED_STAFF = {
    "idle": "Sie waren eine Weile nicht aktiv. Zur Sicherheit ist die Anmeldung beendet.",
    "absolute": "Ihre Anmeldung ist nach der längsten erlaubten Zeit beendet worden.",
    "closed": "Dieses Konto ist nicht mehr offen.",
}


@login_not_required
@sensitive_post_parameters("code", "password", "birthday")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One page, two doors. `door` says which form was sent."""
    at = clock.now()
    door = request.POST.get("door", "") if request.method == "POST" else ""
    data = {door: request.POST}
    forms: dict[str, Any] = {
        "code_form": CodeForm(
            data.get("code"), auto_id="code_%s", ask_birthday=doors.birthday_is_asked(at=at)
        ),
        "link_form": LinkForm(data.get("link"), auto_id="link_%s"),
        "password_form": PasswordForm(data.get("password"), auto_id="password_%s"),
    }
    answer = _OPEN[door](request, forms[f"{door}_form"]) if door in _OPEN else None
    if answer is not None:
        return answer
    ended = str(request.session.pop(sessions.ENDED_BECAUSE, ""))
    kind, _, why = ended.partition(":")
    sentences = ENDED_STAFF if kind == UserKind.STAFF else ENDED
    return render(
        request,
        "accounts/sign_in.html",
        {**forms, "next": next_path(request), "ended": sentences.get(why, ""), "door": door},
    )


def _code_door(request: HttpRequest, form: CodeForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    user = doors.by_code(request, form, at=clock.now())
    return enter(request, user, next_path(request)) if user else None


def _password_door(request: HttpRequest, form: PasswordForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    user = doors.by_password(request, form, at=clock.now())
    return enter(request, user, next_path(request)) if user else None


def _link_door(request: HttpRequest, form: LinkForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    at = clock.now()
    allowed = doors.may_send_link(request, form, at=at)
    if form.errors:
        return None
    if allowed:
        send_sign_in_link_to.enqueue(form.cleaned_data["email"], next_path(request))
    return redirect("accounts:link_sent")


_OPEN: dict[str, Callable[[HttpRequest, Any], HttpResponse | None]] = {
    "code": _code_door,
    "password": _password_door,
    "link": _link_door,
}


def enter(request: HttpRequest, user: User, wanted: str = "") -> HttpResponse:
    """Begin the session and go on: to the wanted page, or to the second factor first."""
    try:
        is_in = sessions.start_session(request, user, next_path=wanted)
    except sessions.NotAllowedIn:
        messages.error(request, "Dieses Konto ist nicht mehr offen.")
        return redirect("accounts:sign_in")
    return redirect(wanted or HOME) if is_in else redirect("accounts:second_factor")


@login_not_required
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """The same answer for every address."""
    return render(request, "accounts/link_sent.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, so that a mail scanner signs nobody in; POST uses the link up."""
    at = clock.now()
    state, link = find_link(token, purpose=LinkPurpose.SIGN_IN, at=at)
    if request.method == "POST" and link is not None and link.user is not None:
        try:
            use_link(link=link, at=at)
        except LinkNotUsable as refused:
            state = refused.state
        else:
            return enter(request, link.user, next_path(request))
    status = 200 if state is LinkState.VALID else 404 if state is LinkState.UNKNOWN else 410
    context = {"state": state, "token": token, "next": next_path(request), "link": link}
    return render(request, "accounts/sign_in_link.html", context, status=status)


@login_not_required
@require_POST
def renew_sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the address the old one went to; the answer tells nothing about it."""
    at = clock.now()
    _, link = find_link(token, purpose=LinkPurpose.SIGN_IN, at=at)
    if link is not None:
        form = LinkForm({"email": link.email})
        if form.is_valid() and doors.may_send_link(request, form, at=at):
            send_sign_in_link_to.enqueue(link.email, next_path(request))
    return redirect("accounts:link_sent")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and asks the browser to forget what it kept."""
    sessions.end_session(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
