"""Who fits us: suggestions with a reason each, and one click that makes both known to each other."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import period
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.internships.enums import ProgrammeStatus
from werkpfad.journey.internships.models import Programme
from werkpfad.region.atlas.actions import AlreadyIntroduced, NobodyToAsk, introduce
from werkpfad.region.atlas.enums import Direction
from werkpfad.region.atlas.models import MemberEntry
from werkpfad.region.atlas.permissions import can_edit_entry
from werkpfad.region.atlas.queries import introduced, public_entries, side_of, sides_of
from werkpfad.region.atlas.rules import Fit, best_fit, reason, suggestions
from werkpfad.region.atlas.web.shown import field_titles
from werkpfad.region.network.models import Organisation
from werkpfad.region.network.request import membership_of


class LetterForm(forms.Form):
    text = forms.CharField(
        label="Ihre Nachricht",
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Beide Seiten bekommen diese Mail, mit der Adresse der anderen. Bitte keine Namen von Schüler:innen.",
    )


def acting(request: HttpRequest) -> Organisation:
    """The organisation one acts for, if one may speak for it."""
    membership = membership_of(request)
    require(membership is not None)
    assert membership is not None
    require(can_edit_entry(grants_of(request), membership.organisation))
    return membership.organisation


@require_safe
def fitting(request: HttpRequest) -> HttpResponse:
    """Suggested partners, the best first."""
    me = acting(request)
    side, titles = side_of(me), field_titles()
    fits = suggestions(side, sides_of(me.region_id)) if side.content.items else []
    entries = public_entries().filter(organisation__in=[fit.key for fit in fits])
    by_key = {row.organisation_id: row for row in entries.select_related("organisation")}
    known, programmes = introduced(me), _programmes(me, [fit.key for fit in fits])
    context = {
        "organisation": me,
        "has_items": bool(side.content.items),
        "cards": [
            {
                "entry": by_key[fit.key],
                "reason": reason(fit, titles),
                "text": fit.theirs.text,
                "programme": programmes.get(fit.key, ""),
                "is_known": fit.theirs.kind in known.get(fit.key, ()),
            }
            for fit in fits
        ],
    }
    return render(request, "atlas/fitting.html", context)


def _programmes(me: Organisation, keys: list[int]) -> dict[int, str]:
    """The next internship in which a suggested school takes part, in words."""
    rows = Programme.objects.filter(
        region=me.region_id, status=ProgrammeStatus.OPEN, last_day__gte=clock.today()
    ).order_by("first_day", "pk")
    found: dict[int, str] = {}
    for programme in rows.prefetch_related("schools"):
        for school in programme.schools.all():
            if school.organisation_id in keys:
                when = period(programme.first_day, programme.last_day)
                found.setdefault(school.organisation_id, f"{programme.title} {when}")
    return found


def _fit(me: Organisation, other: Organisation) -> Fit | None:
    theirs = next((s for s in sides_of(me.region_id) if s.key == other.pk), None)
    return best_fit(side_of(me), theirs) if theirs else None


@require_http_methods(["GET", "HEAD", "POST"])
def introduce_to(request: HttpRequest, public_id: str) -> HttpResponse:
    """The prepared text, to be changed, and one button that writes to both."""
    me = acting(request)
    mine = public_entries().filter(region=me.region_id).exclude(organisation=me)
    entry = load(mine.select_related("organisation"), public_id)
    fit = _fit(me, entry.organisation)
    if fit is None:
        raise Http404
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        initial={"text": _prepared(me, entry, fit)},
    )
    if form.is_valid():
        try:
            introduce(
                asking=me,
                other=entry.organisation,
                kind=fit.theirs.kind,
                text=form.cleaned_data["text"],
                by=grants_of(request).by,
                at=clock.now(),
                today=clock.today(),
            )
        except AlreadyIntroduced:
            messages.info(
                request,
                "Sie haben sich darüber schon geschrieben. Es geht keine zweite Mail hinaus.",
            )
        except NobodyToAsk:
            messages.warning(request, "Dort liest noch niemand Mails. Fragen Sie die Koordination.")
        else:
            messages.success(
                request, f"Geschrieben. {entry.organisation.name} und Sie haben dieselbe Mail."
            )
        return redirect("atlas:fitting")
    context: dict[str, Any] = {
        "form": form,
        "entry": entry,
        "reason": reason(fit, field_titles()),
        "back": reverse("atlas:fitting"),
    }
    return render(request, "atlas/introduce.html", context)


def _prepared(me: Organisation, entry: MemberEntry, fit: Fit) -> str:
    """A letter ready to be sent as it is."""
    we_seek = fit.ours.direction is Direction.NEED
    wish = (
        f"wir suchen: {fit.ours.kind.label}. Sie bieten das an"
        if we_seek
        else f"Sie suchen: {fit.theirs.kind.label}. Wir bieten das an"
    )
    return (
        f"Guten Tag {entry.organisation.name},\n\n{wish}, das passt gut zusammen.\n\n"
        f"Von uns: {fit.ours.text}\nVon Ihnen: {fit.theirs.text}\n\n"
        "Haben Sie in den nächsten zwei Wochen Zeit für ein kurzes Telefonat?\n\n"
        f"Viele Grüße\n{me.name}"
    )
