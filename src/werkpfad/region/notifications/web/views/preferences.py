"""How one wants to hear of things."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.models import User
from werkpfad.base.core.ui.shortcuts import require
from werkpfad.region.network.request import memberships_of
from werkpfad.region.notifications.actions import set_preferences
from werkpfad.region.notifications.models import Preference
from werkpfad.region.notifications.web.forms.preferences import PreferencesForm


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Pupils and guardians get no mails and have nothing to choose: 403."""
    user = cast(User, request.user)
    require(user.kind == UserKind.STAFF)
    organisations = list(
        {m.organisation_id: m.organisation for m in memberships_of(request)}.values()
    )
    rows = Preference.objects.filter(user=user, organisation__in=organisations)
    stored = {(row.kind, row.organisation_id or 0): row.delivery for row in rows}
    data = request.POST if request.method == "POST" else None
    form = PreferencesForm(data, organisations=organisations, stored=stored)
    if form.is_valid():
        set_preferences(user=user, choices=form.choices())
        messages.success(request, "Gespeichert.")
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"form": form})
