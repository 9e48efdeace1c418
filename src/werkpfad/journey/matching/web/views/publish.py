"""Publishing: the one step that cannot be taken back, so it says first what it leads to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from werkpfad.base.core import clock
from werkpfad.journey.matching import actions, queries
from werkpfad.journey.matching.web.request import grants_of
from werkpfad.journey.matching.web.views.runs import own_run
from werkpfad.journey.placements.actions import publish_run


@require_http_methods(["GET", "HEAD", "POST"])
def run_publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Says what publishing leads to, then does it."""
    run = own_run(request, public_id)
    address = reverse("matching:run", args=[public_id])
    if request.method == "POST":
        try:
            published = publish_run(run=run, by=grants_of(request).by, at=clock.now())
        except actions.NotRunnable as error:
            messages.error(request, str(error))
            return redirect(address)
        messages.success(
            request,
            f"Veröffentlicht: {published.created} Plätze sind vorgeschlagen, alle sind benachrichtigt.",
        )
        return redirect("matching:round", run.round.public_id)
    with_place = queries.proposals_of(run).filter(slot__isnull=False).count()
    without = queries.proposals_of(run).filter(slot__isnull=True).count()
    round_ = run.round
    context = {
        "title": "Ergebnis veröffentlichen",
        "question": f"Das Ergebnis für „{round_.programme.title}“ wird für alle sichtbar.",
        "consequences": [
            f"{with_place} Plätze werden vorgeschlagen; die Betriebe bekommen dazu je eine Mail.",
            f"{without} Schüler:innen erfahren, dass es noch keinen Platz gibt, mit dem Grund dafür.",
            "Lehrkräfte sehen die Ergebnisse ihrer Klassen.",
            f"Betriebe, Schüler:innen und Schulen bestätigen bis zum {round_.confirm_until:%d.%m.%Y}.",
            "Der Wert des Losverfahrens wird offengelegt. Ein anderes Ergebnis kann danach nicht mehr gelten.",
        ],
        "confirm_label": "Jetzt veröffentlichen",
        "cancel_url": address,
    }
    return render(request, "core/confirm.html", context)
