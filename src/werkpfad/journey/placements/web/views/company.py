"""The company's requests in the portal."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.parts import Bar, Link
from werkpfad.base.core.ui.shortcuts import require
from werkpfad.journey.applications.models import Application
from werkpfad.journey.placements.enums import Side
from werkpfad.journey.placements.models import Feedback, Placement
from werkpfad.journey.placements.questions import averages
from werkpfad.journey.placements.web.answering import Reply, say
from werkpfad.journey.placements.web.requests import Asked, Requests, asked


@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """Open requests with buttons, answered ones behind the second tab."""
    require(grants_of(request).has(Permission.ANSWER_REQUESTS))
    own = grants_of(request).organisations_with(Permission.ANSWER_REQUESTS)
    found = Requests(
        applications=Application.objects.filter(slot__offer__organisation__in=own),
        placements=Placement.objects.filter(slot__offer__organisation__in=own),
    )
    invalid: Asked | None = None
    if request.method == "POST":
        outcome = found.answer(request.POST, by=grants_of(request).by, at=clock.now())
        if isinstance(outcome, Reply):
            say(request, outcome)
            return redirect("placements:requests")
        invalid = outcome
    answered = request.GET.get("ansicht") == "beantwortet" and invalid is None
    here = reverse("placements:requests")
    open_cards = found.open_cards()
    context = {
        "tabs": [
            Link("Offen", here, current=not answered, count=len(open_cards)),
            Link("Beantwortet", f"{here}?ansicht=beantwortet", current=answered),
        ],
        "show_answered": answered,
        "open": asked(open_cards, invalid),
        "answered": found.answered_cards() if answered else [],
        "averages": _averages(found.placements) if answered else [],
    }
    return render(request, "placements/requests.html", context, status=422 if invalid else 200)


def _averages(placements: QuerySet[Placement]) -> list[Bar]:
    """What pupils said on average, once enough of them have answered that nobody can be recognised."""
    rows = Feedback.objects.filter(placement__in=placements, side=Side.PUPIL).values_list(
        "scores", "placement__slot__programme__region__min_group_size"
    )
    answers = list(rows)
    least = max((size for _, size in answers), default=1)
    found = averages(Side.PUPIL, [scores for scores, _ in answers], min_group_size=least)
    return [Bar(average.question.short, average.value) for average in found]
