"""Changes to what protects an account: a fresh proof first, a mail to the owner afterwards."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from werkpfad.base.accounts import sessions
from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.models import User
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import require
from werkpfad.region.notifications.actions import tell_of_account_change

View = Callable[Concatenate[HttpRequest, ...], HttpResponse]


def own(request: HttpRequest) -> User:
    """The signed-in person; every page that asks is behind the sign-in."""
    assert isinstance(request.user, User)
    return request.user


def staff_only(view: View) -> View:
    """Pupils and guardians sign in by code and have nothing to set here: 403."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(own(request).kind == UserKind.STAFF)
        return view(request, *args, **kwargs)

    return checked


def freshly_proven(view: View) -> View:
    """Leads to the confirmation page when the last proof is older than ten minutes, and back afterwards."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sessions.is_proven(request, at=clock.now()):
            return view(request, *args, **kwargs)
        query = urlencode({"next": request.path})
        return redirect(f"{reverse('accounts:reauthenticate')}?{query}")

    return checked


def change_and_tell(
    user: User, what: str, change: Callable[[], object], *, address: str = ""
) -> None:
    """Do the change and queue the mail about it, both or neither. `address`: where the mail goes instead."""
    with transaction.atomic():
        change()
        tell_of_account_change(user=user, what=what, address=address, at=clock.now())
