"""Name, password and address of one's own account."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts import sessions
from werkpfad.base.accounts.actions import (
    AddressTaken,
    LinkNotUsable,
    change_email,
    end_sign_ins,
    rename_user,
    set_password,
    use_link,
)
from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.models import ActionLink
from werkpfad.base.accounts.queries import find_link
from werkpfad.base.accounts.web.forms.account import NameForm, NewEmailForm, NewPasswordForm
from werkpfad.base.accounts.web.step_up import change_and_tell, freshly_proven, own, staff_only
from werkpfad.base.core import clock
from werkpfad.base.core.actor import by_link, person
from werkpfad.region.notifications.actions import send_address_link

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@staff_only
@require_http_methods(READ_AND_WRITE)
def name(request: HttpRequest) -> HttpResponse:
    """How others see one in Werkpfad."""
    user = own(request)
    known = {"given_name": user.given_name, "family_name": user.family_name}
    form = NameForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        rename_user(user=user, **form.cleaned_data, by=person(user.pk), at=clock.now())
        messages.success(request, "Ihr Name ist gespeichert.")
        return redirect("accounts:account")
    return render(request, "accounts/name.html", {"form": form})


@staff_only
@sensitive_post_parameters("new_password", "repeated")
@require_http_methods(READ_AND_WRITE)
@freshly_proven
def password(request: HttpRequest) -> HttpResponse:
    """Set or change it; whoever came in by a mail link a moment ago needs no old one."""
    user = own(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        at = clock.now()
        change = partial(
            set_password,
            user=user,
            password=form.cleaned_data["new_password"],
            by=person(user.pk),
            at=at,
        )
        change_and_tell(user, "Ihr Passwort wurde geändert.", change)
        sessions.keep_after_password_change(request, user)
        end_sign_ins(user=user, by=person(user.pk), at=at, keep=request.session.session_key)
        messages.success(request, "Ihr neues Passwort gilt. Alle anderen Geräte sind abgemeldet.")
        return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form})


@staff_only
@require_http_methods(READ_AND_WRITE)
@freshly_proven
def email(request: HttpRequest) -> HttpResponse:
    """Ask for another address; it counts once the link sent there was used."""
    user = own(request)
    form = NewEmailForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        send_address_link(user=user, email=form.cleaned_data["email"], at=clock.now())
        messages.info(
            request,
            "Wir haben an die neue Adresse geschrieben. Bis Sie dort den Link öffnen, gilt die alte.",
        )
        return redirect("accounts:account")
    return render(request, "accounts/email.html", {"form": form})


@login_not_required
@require_http_methods(READ_AND_WRITE)
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, POST moves the account to the address the link was sent to."""
    at = clock.now()
    state, link = find_link(token, purpose=LinkPurpose.CONFIRM_EMAIL, at=at)
    is_taken = False
    if request.method == "POST" and link is not None and link.user is not None:
        try:
            _move(link)
        except LinkNotUsable as refused:
            state = refused.state
        except AddressTaken:
            is_taken = True
        else:
            messages.success(request, "Die neue Adresse gilt. Melden Sie sich ab jetzt damit an.")
            return redirect("accounts:sign_in")
    status = 200 if state is LinkState.VALID else 404 if state is LinkState.UNKNOWN else 410
    context = {"state": state, "link": link, "is_taken": is_taken}
    return render(request, "accounts/confirm_email.html", context, status=status)


def _move(link: ActionLink) -> None:
    """Use the link up and tell the old address; all or nothing."""
    user, at = link.user, clock.now()
    assert user is not None
    old = user.email or ""

    def change() -> None:
        use_link(link=link, at=at)
        change_email(user=user, email=link.email, by=by_link(link.pk), at=at)

    what = (
        "Ihr Konto hat jetzt eine andere Mail-Adresse. An diese Adresse schreiben wir nicht mehr."
    )
    change_and_tell(user, what, change, address=old)
