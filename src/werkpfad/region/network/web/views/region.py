"""The region's settings, and its colour as a stylesheet."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ui.conflict import typed_over
from werkpfad.base.core.ui.shortcuts import require
from werkpfad.region.network.actions import edit_region
from werkpfad.region.network.models import Region
from werkpfad.region.network.permissions import can_manage_region
from werkpfad.region.network.request import membership_of, region_with
from werkpfad.region.network.web.forms.region import RegionForm


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """For coordinators; two of them on this form never overwrite each other silently."""
    region = region_with(request, Permission.MANAGE_REGION)
    require(can_manage_region(grants_of(request), region))
    names = tuple(RegionForm.base_fields)
    initial = {name: getattr(region, name) for name in names}
    form = RegionForm(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"region": region, "form": form}
    if form.is_valid():
        values = dict(form.cleaned_data)
        seen = values.pop("version")
        try:
            edit_region(
                region=region,
                values=values,
                seen_version=seen,
                by=grants_of(request).by,
                at=clock.now(),
            )
        except EditConflict:
            region.refresh_from_db()
            context |= typed_over(form, region, tuple(values))
            return render(request, "network/region.html", context, status=409)
        messages.success(request, "Gespeichert.")
        return redirect("network:region")
    return render(request, "network/region.html", context)


@login_not_required
@require_safe
def branding(request: HttpRequest) -> HttpResponse:
    """The accent of the visitor's region; on public pages of an instance with one region, of that one."""
    membership = membership_of(request)
    if membership is not None:
        region: Region | None = membership.organisation.region
    else:
        regions = list(Region.objects.order_by("pk")[:2])
        region = regions[0] if len(regions) == 1 else None
    hue = region.accent_hue if region is not None else None
    css = f":root {{ --wp-accent-h: {hue:d}; }}\n" if hue is not None else ""
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    return response
