"""Pages every public service has: help, imprint, privacy, accessibility; and the files machines ask for."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkpfad.base.core import clock
from werkpfad.base.core.addresses import absolute
from werkpfad.region.network.models import Region
from werkpfad.region.network.request import membership_of


def _regions(request: HttpRequest) -> list[Region]:
    """The visitor's region, or all of the instance: each region answers for itself."""
    membership = membership_of(request)
    if membership is not None:
        return [membership.organisation.region]
    return list(Region.objects.order_by("name"))


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html", {"regions": _regions(request)})


@login_not_required
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/imprint.html", {"regions": _regions(request)})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {"regions": _regions(request)})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html", {"regions": _regions(request)})


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; the contact is the operator's, from the settings."""
    if not settings.SECURITY_CONTACT:
        return HttpResponse("", status=404, content_type="text/plain")
    expires = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: de, en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may find offers, nothing else; the demo is not to be found at all."""
    lines = ["User-agent: *"]
    lines += ["Disallow: /"] if settings.DEMO else ["Allow: /$", "Allow: /angebote/", "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
