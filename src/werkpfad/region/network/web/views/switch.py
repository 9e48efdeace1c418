"""Acting for another of one's organisations."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from werkpfad.region.network.request import memberships_of
from werkpfad.region.network.web.middleware import SESSION_KEY


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Choose by a membership's public id; anything that is not one's own changes nothing."""
    wanted = request.POST.get("organisation", "")
    if any(membership.public_id == wanted for membership in memberships_of(request)):
        request.session[SESSION_KEY] = wanted
    return redirect(settings.LOGIN_REDIRECT_URL)
