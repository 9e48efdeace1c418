"""The public check of a certificate: valid or not, and no more than the paper itself shows."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.core import clock, throttle
from werkpfad.base.core.days import period
from werkpfad.base.core.ui.parts import Fact
from werkpfad.journey.placements.attested import is_untouched
from werkpfad.journey.placements.models import Certificate, DaysCertificate
from werkpfad.journey.placements.queries import (
    certificate_by_code,
    days_certificate_by_code,
    days_still_hold,
)
from werkpfad.journey.placements.visibility import short_name
from werkpfad.journey.placements.web.forms import CheckForm

CHECKS = throttle.Limit("check_certificate", 20, timedelta(minutes=10))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_form(request: HttpRequest) -> HttpResponse:
    """Type the code of a certificate; at most twenty tries in ten minutes per browser."""
    form = CheckForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if not request.session.session_key:
            request.session.create()
        key = request.session.session_key or ""
        if not throttle.hit(CHECKS, key, at=clock.now()):
            form.add_error(None, "Das waren viele Versuche. Bitte warten Sie zehn Minuten.")
            status = 429
        elif form.is_valid():
            return redirect("placements:check", form.cleaned_data["code"])
    return render(request, "placements/check_form.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What holds for a code: valid, withdrawn, or unknown (404)."""
    plain = code.lower().replace("-", "")
    certificate = certificate_by_code(plain)
    if certificate is None and (sheet := days_certificate_by_code(plain)) is not None:
        return render(request, "placements/check.html", _sheet_context(sheet))
    if certificate is None:
        return render(request, "placements/check.html", {"state": "unknown"}, status=404)
    content = certificate.content
    context = {
        "state": _state(certificate),
        "revoked_at": certificate.revoked_at,
        "facts": [
            Fact("Name", short_name(content["given_name"], content["family_name"])),
            Fact("Betrieb", content["company"]),
            Fact("Zeitraum", _period(content)),
        ],
    }
    return render(request, "placements/check.html", context)


def _sheet_context(sheet: DaysCertificate) -> dict[str, object]:
    """A sum sheet holds as long as each of its days does; it shows what stands on the paper."""
    content = sheet.content
    untouched = is_untouched(content, sheet.content_hash)
    state = "valid" if untouched else "altered"
    if untouched and not days_still_hold(sheet):
        state = "outdated"
    return {
        "state": state,
        "facts": [
            Fact("Name", short_name(content["given_name"], content["family_name"])),
            *(
                Fact(f"{date.fromisoformat(row['day']):%d.%m.%Y}", row["company"])
                for row in content["days"]
            ),
        ],
    }


def _state(certificate: Certificate) -> str:
    if certificate.revoked_at is not None:
        return "revoked"
    untouched = is_untouched(certificate.content, certificate.content_hash)
    return "valid" if untouched else "altered"


def _period(content: dict[str, str]) -> str:
    first_day = date.fromisoformat(content["first_day"])
    return period(first_day, date.fromisoformat(content["last_day"]))
