"""Publishing and taking a publication back: each says first what it leads to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import written_out
from werkpfad.journey.matching import actions, queries
from werkpfad.journey.matching.enums import RunKind
from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.web.forms.rounds import WithdrawForm
from werkpfad.journey.matching.web.views.runs import own_run
from werkpfad.journey.placements.actions import (
    AlreadyAnswered,
    publish_fill,
    publish_run,
    withdraw_run,
)


@require_http_methods(["GET", "HEAD", "POST"])
def run_publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Says what publishing leads to, then does it."""
    run = own_run(request, public_id)
    address = reverse("matching:run", args=[public_id])
    if request.method == "POST":
        publish = publish_fill if run.kind == RunKind.FILL else publish_run
        try:
            published = publish(run=run, by=grants_of(request).by, at=clock.now())
        except actions.NotRunnable as error:
            messages.error(request, str(error))
            return redirect(address)
        messages.success(
            request,
            f"Veröffentlicht: {_places(published.created)} vorgeschlagen, alle sind benachrichtigt.",
        )
        return redirect("matching:round", run.round.public_id)
    if run.kind == RunKind.FILL:
        return render(request, "core/confirm.html", _fill_context(run))
    with_place = queries.proposals_of(run).filter(slot__isnull=False).count()
    without = queries.proposals_of(run).filter(slot__isnull=True).count()
    round_ = run.round
    context = {
        "title": "Ergebnis veröffentlichen",
        "question": f"Das Ergebnis für „{round_.programme.title}“ wird für alle sichtbar.",
        "consequences": [
            f"{_will(with_place)} vorgeschlagen; die Betriebe bekommen dazu je eine Mail.",
            f"{without} Schüler:innen erfahren, dass es noch keinen Platz gibt, mit dem Grund dafür.",
            "Lehrkräfte sehen die Ergebnisse ihrer Klassen.",
            f"Betriebe, Schüler:innen und Schulen bestätigen bis zum {written_out(round_.confirm_until)}.",
            "Der Wert des Losverfahrens wird offengelegt.",
            "Zurücknehmen können Sie das nur, solange noch niemand zugesagt hat.",
        ],
        "confirm_label": "Jetzt veröffentlichen",
        "cancel_url": address,
    }
    return render(request, "core/confirm.html", context)


def _fill_context(run: Run) -> dict[str, Any]:
    count = queries.proposals_of(run).filter(slot__isnull=False).count()
    until = run.round.leftovers_until or run.round.confirm_until
    return {
        "title": "Nachvermittlung hinausgeben",
        "question": f"Neue Vorschläge für „{run.round.programme.title}“ gehen hinaus.",
        "consequences": [
            f"{_will(count)} vorgeschlagen; was inzwischen vergeben ist, bleibt weg.",
            "Betriebe und Lehrkräfte bekommen dazu je eine Mail, die Schüler:innen sehen es bei der Anmeldung.",
            "Bestätigte und schon vorgeschlagene Plätze bleiben, wie sie sind.",
            f"Geantwortet wird spätestens bis zum {written_out(until)}.",
        ],
        "confirm_label": "Vorschläge hinausgeben",
        "cancel_url": reverse("matching:run", args=[run.public_id]),
    }


def _places(count: int) -> str:
    return "1 Platz ist" if count == 1 else f"{count} Plätze sind"


def _will(count: int) -> str:
    return "1 Platz wird" if count == 1 else f"{count} Plätze werden"


@require_http_methods(["GET", "HEAD", "POST"])
def run_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a publication back, with a reason, until the first yes."""
    run = own_run(request, public_id)
    address = reverse("matching:run", args=[public_id])
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_run(run=run, reason=reason, by=grants_of(request).by, at=clock.now())
        except (actions.NotRunnable, AlreadyAnswered) as error:
            messages.error(request, str(error))
            return redirect(address)
        messages.success(
            request,
            "Zurückgenommen. Betriebe und Schulen wissen Bescheid; Sie können neu zuteilen.",
        )
        return redirect("matching:round", run.round.public_id)
    round_ = run.round
    context = {
        "title": "Veröffentlichung zurücknehmen",
        "question": f"Das Ergebnis für „{round_.programme.title}“ gilt dann nicht mehr.",
        "consequences": [
            "Alle Vorschläge daraus werden geschlossen.",
            "Jeder Betrieb und jede Lehrkraft bekommt eine Mail. Schüler:innen lesen es auf ihrer Ergebnisseite.",
            "Wünsche und Angebote bleiben. Sie können neu rechnen und neu veröffentlichen.",
            "Der Grund steht mit Datum im Verlauf der Runde.",
        ],
        "confirm_label": "Veröffentlichung zurücknehmen",
        "confirm_kind": "danger",
        "cancel_url": address,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "core/confirm.html", context, status=status)
