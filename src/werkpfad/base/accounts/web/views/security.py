"""The second factor of one's own account: app, passkeys, recovery codes; and proving again who one is."""

from functools import partial

import segno
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts import passkeys, sessions
from werkpfad.base.accounts.actions import (
    LastFactor,
    add_app,
    add_passkey,
    remove_factor,
    rename_passkey,
    renew_recovery_codes,
)
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.request import grants_of, is_half_in
from werkpfad.base.accounts.second_factor import (
    app_address,
    factors_of,
    fits_app_secret,
    has_passkey,
    has_second_factor,
    new_app_secret,
    recovery_codes_of,
)
from werkpfad.base.accounts.web import limits
from werkpfad.base.accounts.web.forms.account import (
    AppForm,
    PasskeyAddForm,
    PasskeyNameForm,
    ReauthenticateForm,
)
from werkpfad.base.accounts.web.forms.sign_in import SecondFactorForm
from werkpfad.base.accounts.web.next_path import next_path
from werkpfad.base.accounts.web.step_up import change_and_tell, freshly_proven, own, staff_only
from werkpfad.base.accounts.web.views.second_factor import REFUSED, shows_second_factor
from werkpfad.base.core import clock, throttle
from werkpfad.base.core.actor import person

APP_SECRET = "app_secret"  # noqa: S105 -- the name of a place in the session
READ_AND_WRITE = ["GET", "HEAD", "POST"]


@staff_only
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """What protects the account. Also the page one is led to while a needed second factor is missing."""
    user = own(request)
    if is_half_in(request) and has_second_factor(user):
        sessions.end_session(request)
        return redirect("accounts:sign_in")
    context = {
        "factors": factors_of(user),
        "codes_left": len(recovery_codes_of(user)),
        "is_half_in": is_half_in(request),
        "is_needed": grants_of(request).needs_second_factor,
        "has_password": user.has_usable_password(),
    }
    return render(request, "accounts/security.html", context)


@staff_only
@require_http_methods(READ_AND_WRITE)
@freshly_proven
def app_add(request: HttpRequest) -> HttpResponse:
    """An authenticator app: scan, type the code it shows, done."""
    user = own(request)
    secret = request.session.setdefault(APP_SECRET, new_app_secret())
    form = AppForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if fits_app_secret(secret, form.cleaned_data["code"]):
            is_first = not has_second_factor(user)
            at = clock.now()
            change = partial(add_app, user=user, secret=secret, by=person(user.pk), at=at)
            change_and_tell(user, "Eine App für den zweiten Faktor wurde eingerichtet.", change)
            del request.session[APP_SECRET]
            return _after_adding(request, is_first=is_first)
        form.add_error("code", "Der Code passt nicht. Stimmt die Uhrzeit auf Ihrem Handy?")
    address = app_address(user, secret)
    context = {
        "form": form,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "picture": segno.make(address, error="m", micro=False).svg_data_uri(scale=5, light="#fff"),
        "address": address,
    }
    return render(request, "accounts/app_add.html", context)


@staff_only
@require_http_methods(READ_AND_WRITE)
@freshly_proven
def passkey_add(request: HttpRequest) -> HttpResponse:
    """A passkey of this device or a security key."""
    user = own(request)
    form = PasskeyAddForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_first = not has_second_factor(user)
        try:
            credential = passkeys.registration_answer(form.cleaned_data["credential"])
        except passkeys.PasskeyRefused:
            form.add_error(None, REFUSED)
        else:
            change = partial(
                add_passkey,
                user=user,
                name=form.cleaned_data["name"],
                credential=credential,
                by=person(user.pk),
                at=clock.now(),
            )
            change_and_tell(user, "Ein Passkey wurde hinzugefügt.", change)
            return _after_adding(request, is_first=is_first)
    question = passkeys.registration_question(user)
    return render(request, "accounts/passkey_add.html", {"form": form, "question": question})


def _after_adding(request: HttpRequest, *, is_first: bool) -> HttpResponse:
    """A factor that was just set up in a proven session is a shown one."""
    sessions.note_proof(request, at=clock.now(), second_factor=True)
    messages.success(request, "Eingerichtet. Ihr Konto ist jetzt doppelt geschützt.")
    return redirect("accounts:recovery_codes" if is_first else "accounts:security")


def _own_factor(user: User, factor_id: str) -> Authenticator:
    factor = next((row for row in factors_of(user) if str(row.pk) == factor_id), None)
    if factor is None:
        raise Http404
    return factor


@staff_only
@require_http_methods(READ_AND_WRITE)
def passkey_rename(request: HttpRequest, factor_id: str) -> HttpResponse:
    """Another name for a passkey, so that its owner can tell it from the others."""
    user = own(request)
    factor = _own_factor(user, factor_id)
    if factor.type != Authenticator.Type.WEBAUTHN:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = PasskeyNameForm(data, initial={"name": factor.wrap().name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        rename_passkey(passkey=factor, name=name, by=person(user.pk), at=clock.now())
        messages.success(request, f"Der Passkey heißt jetzt „{name}“.")
        return redirect("accounts:security")
    return render(request, "accounts/passkey_rename.html", {"form": form})


@staff_only
@require_http_methods(READ_AND_WRITE)
@freshly_proven
def factor_remove(request: HttpRequest, factor_id: str) -> HttpResponse:
    """Take an app or passkey away, after asking."""
    user = own(request)
    factor = _own_factor(user, factor_id)
    is_app = factor.type == Authenticator.Type.TOTP
    name = "die App" if is_app else f"den Passkey „{factor.wrap().name}“"
    if request.method == "POST":
        change = partial(
            remove_factor,
            factor=factor,
            is_needed=grants_of(request).needs_second_factor,
            by=person(user.pk),
            at=clock.now(),
        )
        try:
            change_and_tell(user, "Ein zweiter Faktor wurde entfernt.", change)
            messages.success(request, "Entfernt.")
        except LastFactor:
            messages.error(
                request,
                "Ihre Rolle braucht einen zweiten Faktor. Richten Sie zuerst einen anderen ein.",
            )
        return redirect("accounts:security")
    context = {
        "title": "Zweiten Faktor entfernen?",
        "question": f"Möchten Sie {name} wirklich entfernen?",
        "confirm_label": "Entfernen",
        "confirm_kind": "danger",
        "cancel_url": "/konto/sicherheit/",
    }
    return render(request, "core/confirm.html", context)


@staff_only
@require_http_methods(READ_AND_WRITE)
@freshly_proven
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The unused codes, to print; a POST makes ten new ones."""
    user = own(request)
    if not factors_of(user):
        return redirect("accounts:security")
    if request.method == "POST":
        change = partial(renew_recovery_codes, user=user, by=person(user.pk), at=clock.now())
        change_and_tell(user, "Neue Notfallcodes wurden erzeugt.", change)
        messages.success(request, "Das sind Ihre neuen Notfallcodes. Die alten gelten nicht mehr.")
        return redirect("accounts:recovery_codes")
    codes = [f"{code[:4]} {code[4:]}" for code in recovery_codes_of(user)]
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@staff_only
@sensitive_post_parameters("password", "code")
@require_http_methods(READ_AND_WRITE)
def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Prove again who you are: password, second factor, or (by the sign-in page) a fresh mail link."""
    user = own(request)
    wanted = next_path(request) or "/konto/sicherheit/"
    has_factor = has_second_factor(user)
    form = _proof_form(request, has_factor=has_factor)
    if request.method == "POST" and form is not None and _is_proof(request, form):
        sessions.note_proof(request, at=clock.now())
        return redirect(wanted)
    question = passkeys.sign_in_question(user) if has_passkey(user) else None
    context = {"form": form, "question": question, "next": wanted}
    return render(request, "accounts/reauthenticate.html", context)


def _proof_form(
    request: HttpRequest, *, has_factor: bool
) -> ReauthenticateForm | SecondFactorForm | None:
    data = request.POST if request.method == "POST" else None
    if has_factor:
        return SecondFactorForm(data)
    return ReauthenticateForm(data) if own(request).has_usable_password() else None


def _is_proof(request: HttpRequest, form: ReauthenticateForm | SecondFactorForm) -> bool:
    user = own(request)
    if isinstance(form, SecondFactorForm):
        return shows_second_factor(request, form, user)
    if not form.is_valid():
        return False
    key = (user.email or "").lower()
    if throttle.is_exhausted(limits.WRONG_PASSWORDS, key, at=clock.now()):
        form.add_error("password", "Zu viele Versuche. Bitte warten Sie eine Viertelstunde.")
        return False
    if user.check_password(form.cleaned_data["password"]):
        return True
    throttle.hit(limits.WRONG_PASSWORDS, key, at=clock.now())
    form.add_error("password", "Dieses Passwort stimmt nicht.")
    return False
