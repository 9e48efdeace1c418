"""The map on somebody else's website: a frame in that site's colour, and a small script that puts it there."""

from pathlib import Path
from typing import cast

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from werkpfad.base.core.ui.pagination import with_params
from werkpfad.region.atlas.queries import teasers
from werkpfad.region.atlas.web.views.network import cards_of, page_of
from werkpfad.region.network.models import Region

SCRIPT = Path(__file__).resolve().parents[1] / "embed.js"
HUES = range(360)


@login_not_required
@require_safe
def frame(request: HttpRequest, slug: str) -> HttpResponse:
    """List and map without header and footer; only sites the region named may show it in a frame."""
    region = get_object_or_404(Region, slug=slug)
    context = page_of(request, region)
    hue = _hue(request)
    colour = reverse("atlas:embed_colour", args=[slug])
    context |= {
        "region": region,
        "cards": cards_of(teasers(context["pages"]), context["search"].origin),
        "colour_url": f"{colour}?farbton={hue}" if hue is not None else colour,
        "full_url": reverse("atlas:network") + with_params(request.GET, region=slug, farbton=None),
    }
    hosts = region.embed_hosts.split() or ["'none'"]

    @xframe_options_exempt
    @csp_replace({"frame-ancestors": hosts})
    def answer(request: HttpRequest) -> HttpResponse:
        return render(request, "atlas/embed.html", context)

    return cast(HttpResponse, answer(request))


def _hue(request: HttpRequest) -> int | None:
    typed = request.GET.get("farbton", "")
    return int(typed) if typed.isdecimal() and len(typed) <= 3 and int(typed) in HUES else None


@login_not_required
@require_safe
def colour(request: HttpRequest, slug: str) -> HttpResponse:
    """The accent of the framing site, else of the region. Lightness stays ours, and so does contrast."""
    region = get_object_or_404(Region, slug=slug)
    hue = _hue(request)
    hue = region.accent_hue if hue is None else hue
    css = f":root {{ --wp-accent-h: {hue:d}; }}\n" if hue is not None else ""
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


@login_not_required
@require_safe
def component(request: HttpRequest) -> HttpResponse:
    """The script of `<werkpfad-netzwerk>`; other sites load it, so it says that they may."""
    if not SCRIPT.is_file():
        raise Http404
    response = HttpResponse(
        SCRIPT.read_text("utf-8"), content_type="text/javascript; charset=utf-8"
    )
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "public, max-age=3600"
    return response
