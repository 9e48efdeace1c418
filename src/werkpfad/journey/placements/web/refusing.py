"""The page on which pupil or school says no: what follows from it, the reason, and back."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.journey.placements.enums import Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.web.answering import answer_placement, say
from werkpfad.journey.placements.web.forms import REASONS, ReasonForm


def refusal(
    request: HttpRequest, placement: Placement, side: Side, words: Mapping[str, Any], *, back: str
) -> HttpResponse:
    """GET asks, POST answers no for `side` and goes `back` (a route). `words` are what `core/confirm.html` says."""
    form = ReasonForm(request.POST or None, reasons=REASONS[side], informal=side is Side.PUPIL)
    if request.method == "POST" and form.is_valid():
        reply = answer_placement(
            placement,
            side,
            yes=False,
            by=grants_of(request).by,
            at=clock.now(),
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
        )
        say(request, reply)
        return redirect(back)
    context = {**words, "confirm_kind": "danger", "cancel_url": reverse(back), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "core/confirm.html", context, status=status)
