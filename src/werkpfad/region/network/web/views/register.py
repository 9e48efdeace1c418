"""A company registers itself. No captcha: an unseen field, limits, a mail link and a person who looks at it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.core import clock
from werkpfad.base.core.ids import new_public_id
from werkpfad.base.core.throttle import hit
from werkpfad.region.network.models import Region
from werkpfad.region.network.web import limits
from werkpfad.region.network.web.forms.entry import RegistrationForm
from werkpfad.region.notifications.actions import register_company

UNSEEN = "homepage"  # people do not see this field, programs fill it in


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Known and unknown addresses, people and programs get the same answer."""
    if not Region.objects.exists():
        return render(request, "network/register_closed.html")
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if request.POST.get(UNSEEN):
            return redirect("network:registered")
        allowed = _is_within_limits(request, form)
        if not form.errors:
            if allowed:
                values = {k: v for k, v in form.cleaned_data.items() if k != "region"}
                register_company(region=form.chosen_region(), **values, at=clock.now())
            return redirect("network:registered")
    return render(request, "network/register.html", {"form": form, "unseen": UNSEEN})


def _is_within_limits(request: HttpRequest, form: RegistrationForm) -> bool:
    at = clock.now()
    browser = request.session.setdefault(limits.BROWSER, new_public_id())
    if not hit(limits.REGISTRATIONS_PER_BROWSER, browser, at=at):
        form.add_error(
            None, "Das waren viele Anmeldungen in kurzer Zeit. Bitte in einer Stunde weiter."
        )
        return False
    email = form.cleaned_data["email"].lower()
    per_address = hit(limits.REGISTRATIONS_PER_ADDRESS, email, at=at)
    return hit(limits.REGISTRATIONS_ANYWHERE, "all", at=at) and per_address


@login_not_required
@require_safe
def registered(request: HttpRequest) -> HttpResponse:
    """What happens next, told honestly."""
    return render(request, "network/registered.html")
