"""How often something may be tried. Counted per browser, account or instance, never per address of a school."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from werkpfad.base.core.ids import new_public_id
from werkpfad.base.core.throttle import Limit

WRONG_CODES = Limit("wrong-code-browser", 20, timedelta(minutes=15))
# Beyond this many wrong codes on the whole instance the birthday is asked for too; nobody is locked out.
WRONG_CODES_ANYWHERE = Limit("wrong-code-instance", 300, timedelta(hours=1))
WRONG_BIRTHDAYS = Limit("wrong-birthday-account", 10, timedelta(hours=1))
WRONG_PASSWORDS = Limit("wrong-password-account", 10, timedelta(minutes=15))
WRONG_SECOND_FACTORS = Limit("wrong-second-factor-account", 10, timedelta(minutes=15))
LINKS_PER_ADDRESS = Limit("sign-in-link-address", 5, timedelta(hours=1))
LINKS_PER_BROWSER = Limit("sign-in-link-browser", 20, timedelta(hours=1))
LINKS_ANYWHERE = Limit("sign-in-link-instance", 3000, timedelta(hours=1))

INSTANCE = "all"
BROWSER = "browser"


def browser_key(request: HttpRequest) -> str:
    """A name for this browser, kept in its session."""
    if BROWSER not in request.session:
        request.session[BROWSER] = new_public_id()
    return str(request.session[BROWSER])


def clock_time(moment: datetime) -> str:
    """For example 14:35, on the wall."""
    return timezone.localtime(moment).strftime("%H:%M")
