"""The second step of signing in, and signing in with a passkey alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from werkpfad.base.accounts import passkeys, sessions
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.second_factor import has_passkey, is_right_code
from werkpfad.base.accounts.web import limits
from werkpfad.base.accounts.web.forms.sign_in import PasskeyForm, SecondFactorForm
from werkpfad.base.accounts.web.next_path import next_path
from werkpfad.base.accounts.web.views.sign_in import HOME
from werkpfad.base.core import clock, throttle

REFUSED = (
    "Der Passkey wurde nicht erkannt. Versuchen Sie es noch einmal oder melden Sie sich anders an."
)


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Only for somebody who has just passed the first step in this browser; all others start again."""
    at = clock.now()
    user, wanted = sessions.pending_user(request, at=at)
    if user is None:
        return redirect("accounts:sign_in")
    form = SecondFactorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and shows_second_factor(request, form, user):
        sessions.start_session(request, user, second_factor_done=True)
        return redirect(wanted or HOME)
    question = passkeys.sign_in_question(user) if has_passkey(user) else None
    context = {"form": form, "question": question}
    return render(request, "accounts/second_factor.html", context)


def shows_second_factor(request: HttpRequest, form: SecondFactorForm, user: User) -> bool:
    """Whether the POST holds a right code or a passkey's answer; counts what is wrong and says so on the form."""
    at = clock.now()
    free_at = throttle.free_at(limits.WRONG_SECOND_FACTORS, user.public_id, at=at)
    if free_at is not None:
        form.is_valid()
        form.add_error(
            None, f"Zu viele Versuche. Ab {limits.clock_time(free_at)} Uhr geht es wieder."
        )
        return False
    passkey = PasskeyForm(request.POST)
    if passkey.is_valid():
        if _passkey_fits(user, passkey.cleaned_data["credential"]):
            return True
        form.errors.clear()
        form.add_error(None, REFUSED)
    elif not form.is_valid():
        return False
    elif is_right_code(user, form.cleaned_data["code"]):
        throttle.reset(limits.WRONG_SECOND_FACTORS, user.public_id)
        return True
    else:
        form.add_error("code", "Dieser Code stimmt nicht oder wurde schon benutzt.")
    throttle.hit(limits.WRONG_SECOND_FACTORS, user.public_id, at=at)
    return False


def _passkey_fits(user: User, answer: object) -> bool:
    try:
        _, authenticator = passkeys.sign_in_answer(user, answer)
    except passkeys.PasskeyRefused:
        return False
    authenticator.record_usage()
    return True


@login_not_required
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser asks the device; asked for by a script when somebody wants to use a passkey."""
    return JsonResponse(passkeys.sign_in_question(None))


@login_not_required
@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """A passkey alone is enough: the device has checked its owner, which makes it two factors."""
    form = PasskeyForm(request.POST)
    wanted = next_path(request)
    answer = form.cleaned_data["credential"] if form.is_valid() else None
    try:
        user, authenticator = passkeys.sign_in_answer(None, answer)
        sessions.start_session(request, user, second_factor_done=True)
    except (passkeys.PasskeyRefused, sessions.NotAllowedIn):
        messages.error(request, REFUSED)
        return redirect("accounts:sign_in")
    authenticator.record_usage()
    return redirect(wanted or HOME)
