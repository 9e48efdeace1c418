"""The office's settings of the leftover market, which may be changed as long as the round runs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ui.conflict import typed_over
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.matching import actions, queries
from werkpfad.journey.matching.permissions import can_run_round
from werkpfad.journey.matching.rules import NotValid
from werkpfad.journey.matching.web.forms.rounds import LeftoversForm


@require_http_methods(["GET", "HEAD", "POST"])
def round_leftovers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Until when, and whether by itself."""
    grants = grants_of(request)
    round_ = load(queries.visible_rounds(grants), public_id)
    require(can_run_round(grants, round_))
    initial = {
        "leftovers_until": round_.leftovers_until,
        "fills_nightly": round_.fills_nightly,
        "version": round_.version,
    }
    form = LeftoversForm(request.POST or None, initial=initial)
    status = 422 if request.method == "POST" else 200
    conflict: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_leftovers(
                round_=round_,
                leftovers_until=form.cleaned_data["leftovers_until"],
                fills_nightly=form.cleaned_data["fills_nightly"],
                seen_version=form.cleaned_data["version"],
                by=grants.by,
                at=clock.now(),
            )
        except NotValid as error:
            form.add_problems(error.problems)
        except EditConflict:
            round_.refresh_from_db()
            conflict = typed_over(form, round_, ("leftovers_until", "fills_nightly"))
            status = 409
        except actions.NotPossible:
            messages.error(
                request, "Die Runde ist abgeschlossen und kann nicht mehr geändert werden."
            )
            return redirect("matching:round", public_id)
        else:
            messages.success(request, "Gespeichert.")
            return redirect("placements:without_place_in", round_.programme.public_id)
    context = {"round": round_, "programme": round_.programme, "form": form} | conflict
    return render(request, "matching/round_leftovers.html", context, status=status)
