"""Checking what somebody shows at one of the doors. Each gives the person or puts a plain error on the form."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.http import HttpRequest

from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.queries import may_sign_in, user_by_code
from werkpfad.base.accounts.web import limits
from werkpfad.base.accounts.web.birthday import is_birthday_of
from werkpfad.base.accounts.web.forms.sign_in import CodeForm, LinkForm, PasswordForm
from werkpfad.base.core import clock, throttle

WRONG_CODE = (
    "Diesen Code kennen wir nicht. Schau noch einmal auf deinen Zettel: "
    "0, 1, I, L, O und U kommen nie vor."
)
WRONG_PASSWORD = "E-Mail und Passwort passen nicht zusammen."  # noqa: S105 -- a sentence


def birthday_is_asked(*, at: datetime) -> bool:
    """Whether so many wrong codes were typed on this instance that the code alone is not enough now."""
    return throttle.is_exhausted(limits.WRONG_CODES_ANYWHERE, limits.INSTANCE, at=at)


def by_code(request: HttpRequest, form: CodeForm, *, at: datetime) -> User | None:
    browser = limits.browser_key(request)
    free_at = throttle.free_at(limits.WRONG_CODES, browser, at=at)
    if free_at is not None:
        form.add_error(
            "code",
            "Das waren zu viele falsche Codes. "
            f"Ab {limits.clock_time(free_at)} Uhr kannst du es wieder versuchen. "
            "Ist dein Zettel weg? Deine Lehrkraft druckt dir einen neuen.",
        )
        return None
    user = user_by_code(form.cleaned_data["code"])
    if user is not None and may_sign_in(user, today=clock.today()):
        if "birthday" not in form.fields or _birthday_fits(user, form, at=at):
            return user
        form.add_error("code", "Code und Geburtstag passen nicht zusammen.")
    elif "birthday" in form.fields:
        form.add_error("code", "Code und Geburtstag passen nicht zusammen.")
    else:
        form.add_error("code", WRONG_CODE)
    throttle.hit(limits.WRONG_CODES, browser, at=at)
    throttle.hit(limits.WRONG_CODES_ANYWHERE, limits.INSTANCE, at=at)
    return None


def _birthday_fits(user: User, form: CodeForm, *, at: datetime) -> bool:
    if throttle.is_exhausted(limits.WRONG_BIRTHDAYS, user.public_id, at=at):
        return False
    if is_birthday_of(user, form.cleaned_data["birthday"]):
        return True
    throttle.hit(limits.WRONG_BIRTHDAYS, user.public_id, at=at)
    return False


def by_password(request: HttpRequest, form: PasswordForm, *, at: datetime) -> User | None:
    """Limited per address, known or not; the mail link stays open, so nobody can lock anybody out."""
    email = form.cleaned_data["email"].lower()
    free_at = throttle.free_at(limits.WRONG_PASSWORDS, email, at=at)
    if free_at is not None:
        form.add_error(
            "password",
            f"Zu viele Versuche. Ab {limits.clock_time(free_at)} Uhr geht es mit Passwort wieder. "
            "Mit einem Link per Mail kommen Sie sofort hinein.",
        )
        return None
    user = authenticate(request, username=email, password=form.cleaned_data["password"])
    if isinstance(user, User) and may_sign_in(user, today=clock.today()):
        throttle.reset(limits.WRONG_PASSWORDS, email)
        return user
    throttle.hit(limits.WRONG_PASSWORDS, email, at=at)
    form.add_error("password", WRONG_PASSWORD)
    return None


def may_send_link(request: HttpRequest, form: LinkForm, *, at: datetime) -> bool:
    """Whether a mail goes out; an address that had too many is not told, a browser that asks too often is."""
    free_at = throttle.free_at(limits.LINKS_PER_BROWSER, limits.browser_key(request), at=at)
    if free_at is not None:
        form.add_error(
            "email",
            f"Von diesem Gerät wurden viele Links angefordert. "
            f"Ab {limits.clock_time(free_at)} Uhr geht es wieder.",
        )
        return False
    throttle.hit(limits.LINKS_PER_BROWSER, limits.browser_key(request), at=at)
    address_is_fine = throttle.hit(
        limits.LINKS_PER_ADDRESS, form.cleaned_data["email"].lower(), at=at
    )
    instance_is_fine = throttle.hit(limits.LINKS_ANYWHERE, limits.INSTANCE, at=at)
    return address_is_fine and instance_is_fine
