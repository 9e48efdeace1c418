"""The wish list: the pupil's own, or one that a teacher fills in for a pupil. Same pages, same rules."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import without_year
from werkpfad.base.core.geo import spoken_km
from werkpfad.base.core.ui.parts import Ranked
from werkpfad.base.core.ui.ranking import reordered
from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.internships.queries import days_of, open_slots
from werkpfad.journey.matching import actions, queries
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Entry, Round
from werkpfad.journey.matching.rules import (
    NotValid,
    fewest_wishes,
    guidance,
    is_open_for_wishes,
)
from werkpfad.journey.matching.web.forms.wishes import MOST_FIELDS, SubmitForm, WeekForm
from werkpfad.journey.matching.web.request import pupil_asked
from werkpfad.journey.placements.queries import has_something_in
from werkpfad.journey.placements.standing import wishes_left
from werkpfad.journey.placements.visibility import code_of
from werkpfad.region.schools.models import Pupil

BACK_TO_LEFTOVERS = "restplaetze"
CLOSED = "Die Wunschabgabe ist gerade nicht offen. Es wurde nichts geändert."


@require_safe
def wishes(request: HttpRequest, pupil_id: str | None = None) -> HttpResponse:
    """The ranked list with chances, and what to do with it now."""
    today = clock.today()
    pupil = pupil_asked(request, pupil_id, today=today)
    round_ = queries.open_round_for(pupil, ProgrammeKind.BLOCK, today=today)
    week = queries.open_round_for(pupil, ProgrammeKind.WEEK, today=today)
    context: dict[str, Any] = {
        "pupil": pupil,
        "for_other": pupil_id is not None,
        "code": code_of(pupil.public_id),
        "urls": urls(pupil_id),
        "round": round_,
        "week": week,
        "week_entry": queries.entry_of(week, pupil) if week else None,
        "undo": _undo(request, urls(pupil_id)["wish_add"]),
    }
    if round_ is not None:
        context |= _list_context(round_, pupil, for_other=pupil_id is not None)
    return render(request, "matching/wishes.html", context)


def _list_context(round_: Round, pupil: Pupil, *, for_other: bool) -> dict[str, Any]:
    today = clock.today()
    phase = queries.phase_of(round_, today=today)
    entry = queries.entry_of(round_, pupil)
    in_leftovers = phase == RoundPhase.LEFTOVERS
    wanted = wishes_left(round_) if in_leftovers else None
    rows = queries.wish_list(entry, wanted=wanted) if entry else []
    has_place = has_something_in(pupil, round_.programme)
    is_open = is_open_for_wishes(phase, has_place=has_place)
    least = fewest_wishes(phase, round_.min_wishes)
    submit = SubmitForm(initial={"takes_other": entry.takes_other if entry else True})
    if for_other:
        submit.fields["takes_other"].label = "Auch ein anderer Platz, wenn kein Wunsch klappt"
        submit.fields[
            "takes_other"
        ].help_text = "Aus den Berufsfeldern des Profils und in der Nähe."
    context: dict[str, Any] = {
        "phase": phase,
        "is_open": is_open,
        "is_published": phase == RoundPhase.PUBLISHED,
        "entry": entry,
        "rows": rows,
        "items": [_ranked(row) for row in rows],
        "warnings": [(row.wish.slot.offer.title, o) for row in rows for o in row.obstacles],
        "guidance": guidance(phase, "school" if for_other else "pupil", queries.plan_of(round_)),
        "least": least,
        "missing": max(least - len(rows), 0),
        "in_leftovers": in_leftovers,
        "open_until": (round_.leftovers_until if in_leftovers else None) or round_.wishes_until,
        "submit_form": submit,
    }
    if is_open and not in_leftovers and not for_other and len(rows) < round_.max_wishes:
        context["suggestions"] = queries.suggestions(round_, pupil)
    if for_other and is_open:
        listed = {row.wish.slot_id for row in rows}
        slots = open_slots(round_.programme).exclude(pk__in=listed)
        if in_leftovers:
            slots = slots.filter(taken__lt=F("capacity"))
        context["choices"] = slots.select_related("offer__organisation").order_by(
            "offer__organisation__name", "offer__title", "pk"
        )
    return context


def _ranked(row: queries.WishRow) -> Ranked:
    offer = row.wish.slot.offer
    way = spoken_km(row.km) if row.km is not None else ""
    parts = [offer.organisation.name, offer.site.place_name, way, row.chance]
    return Ranked(
        key=row.wish.slot.public_id,
        label=offer.title,
        note=" · ".join(part for part in parts if part),
        url=reverse("internships:offer_detail", args=[offer.public_id]),
        picture=offer.main_field.code,
    )


def urls(pupil_id: str | None) -> dict[str, str]:
    """Addresses of the pages and buttons of one list."""
    names = ("wishes", "wish_add", "wish_order", "wish_submit", "week_wishes", "leftovers")
    if pupil_id is None:
        return {name: reverse(f"matching:{name}") for name in names}
    return {name: reverse(f"matching:{name}_for", args=[pupil_id]) for name in names}


def _undo(request: HttpRequest, action: str) -> dict[str, Any] | None:
    """What was just removed, from the address the removal led to."""
    slot = (
        Slot.objects.filter(public_id=request.GET.get("entfernt", ""))
        .select_related("offer")
        .first()
    )
    if slot is None:
        return None
    fields = {"slot": slot.public_id, "platz": request.GET.get("platz", "")}
    text = f"„{slot.offer.title}“ steht nicht mehr auf der Liste."
    return {"text": text, "action": action, "fields": fields}


@require_POST
def wish_add(request: HttpRequest, pupil_id: str | None = None) -> HttpResponse:
    """Put a slot on the list. `weiter` leads back to the leftover market where the button stood there."""
    now, today = clock.now(), clock.today()
    pupil = pupil_asked(request, pupil_id, today=today)
    is_left = request.POST.get("weiter") == BACK_TO_LEFTOVERS
    back = redirect(urls(pupil_id)["leftovers" if is_left else "wishes"])
    slot = Slot.objects.filter(public_id=request.POST.get("slot", "")).first()
    round_ = queries.open_round_for(pupil, ProgrammeKind.BLOCK, today=today)
    if slot is None or round_ is None:
        messages.error(request, "Diesen Platz kann man gerade nicht auf die Liste setzen.")
        return back
    place = request.POST.get("platz", "")
    try:
        entry = actions.add_wish(
            round_=round_,
            pupil=pupil,
            slot=slot,
            place=int(place) if place.isdecimal() and len(place) < 3 else None,
            has_place=has_something_in(pupil, round_.programme),
            by=grants_of(request).by,
            at=now,
        )
    except actions.NotEligible as error:
        messages.error(request, " ".join(obstacle.text for obstacle in error.obstacles))
    except NotValid as error:
        messages.error(request, " ".join(problem.message for problem in error.problems))
    except actions.WishesClosed:
        messages.error(request, CLOSED)
    else:
        count = entry.wishes.count()
        messages.success(
            request, f"Steht auf der Liste ({count} von höchstens {round_.max_wishes})."
        )
    return back


@require_POST
def wish_order(request: HttpRequest, pupil_id: str | None = None) -> HttpResponse:
    """Up, down, remove, or a whole new order."""
    now, today = clock.now(), clock.today()
    pupil = pupil_asked(request, pupil_id, today=today)
    address = urls(pupil_id)["wishes"]
    round_ = queries.open_round_for(pupil, ProgrammeKind.BLOCK, today=today)
    entry = queries.entry_of(round_, pupil) if round_ else None
    if round_ is None or entry is None:
        return redirect(address)
    keys = list(entry.wishes.order_by("rank").values_list("slot__public_id", flat=True))
    order = reordered(keys, request.POST.get("move", ""))
    try:
        actions.order_wishes(
            round_=round_,
            pupil=pupil,
            slots=order,
            by=grants_of(request).by,
            at=now,
            has_place=has_something_in(pupil, round_.programme),
        )
    except actions.WishesClosed:
        messages.error(request, CLOSED)
        return redirect(address)
    removed = [key for key in keys if key not in order]
    if removed:
        query = urlencode({"entfernt": removed[0], "platz": keys.index(removed[0]) + 1})
        return redirect(f"{address}?{query}")
    return redirect(address)


@require_POST
def wish_submit(request: HttpRequest, pupil_id: str | None = None) -> HttpResponse:
    now, today = clock.now(), clock.today()
    pupil = pupil_asked(request, pupil_id, today=today)
    back = redirect(urls(pupil_id)["wishes"])
    round_ = queries.open_round_for(pupil, ProgrammeKind.BLOCK, today=today)
    if round_ is None:
        messages.error(request, CLOSED)
        return back
    try:
        actions.submit_wishes(
            round_=round_,
            pupil=pupil,
            takes_other=bool(request.POST.get("takes_other")),
            by=grants_of(request).by,
            at=now,
            has_place=has_something_in(pupil, round_.programme),
        )
    except NotValid as error:
        messages.error(request, " ".join(problem.message for problem in error.problems))
    except actions.WishesClosed:
        messages.error(request, CLOSED)
    else:
        messages.success(request, _handed_in(round_, today=today))
    return back


def _handed_in(round_: Round, *, today: date) -> str:
    if queries.phase_of(round_, today=today) == RoundPhase.LEFTOVERS:
        return "Abgegeben. In der nächsten Nacht wird neu vermittelt."
    return f"Abgegeben. Ändern geht noch bis zum {without_year(round_.wishes_until)}."


@require_http_methods(["GET", "HEAD", "POST"])
def week_wishes(request: HttpRequest, pupil_id: str | None = None) -> HttpResponse:
    """Fields, days and how many, for a Praktikumswoche."""
    now, today = clock.now(), clock.today()
    pupil = pupil_asked(request, pupil_id, today=today)
    round_ = queries.open_round_for(pupil, ProgrammeKind.WEEK, today=today)
    context: dict[str, Any] = {
        "pupil": pupil,
        "for_other": pupil_id is not None,
        "code": code_of(pupil.public_id),
        "urls": urls(pupil_id),
        "round": round_,
    }
    if round_ is None:
        return render(request, "matching/week_wishes.html", context)
    entry = queries.entry_of(round_, pupil)
    form = WeekForm(
        request.POST or None,
        fields=list(Field.objects.order_by("position", "title")),
        days=days_of(round_.programme),
        max_days=round_.programme.max_days,
        for_pupil=pupil_id is None,
        demand=queries.field_demand(round_),
        initial=_week_initial(entry, pupil, round_),
    )
    phase = queries.phase_of(round_, today=today)
    context |= {
        "form": form,
        "entry": entry,
        "is_open": is_open_for_wishes(phase, has_place=False),
        "guidance": guidance(phase, "school" if pupil_id else "pupil", queries.plan_of(round_)),
    }
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_week_wishes(
                round_=round_,
                pupil=pupil,
                fields=form.chosen_fields(),
                days=form.cleaned_data["days"],
                wanted_days=form.cleaned_data["wanted_days"],
                by=grants_of(request).by,
                at=now,
            )
        except NotValid as error:
            form.add_problems(error.problems)
        except actions.WishesClosed:
            form.add_error(None, CLOSED)
        else:
            messages.success(request, "Gespeichert.")
            return redirect(urls(pupil_id)["wishes"])
    status = 422 if request.method == "POST" else 200
    return render(request, "matching/week_wishes.html", context, status=status)


def _week_initial(entry: Entry | None, pupil: Pupil, round_: Round) -> dict[str, Any]:
    """What was saved; the first time, the profile's fields and all days."""
    if entry is not None and entry.days:
        ranked = entry.field_wishes.order_by("rank").values_list("field__code", flat=True)
        days, wanted = entry.days, entry.wanted_days
    else:
        profile = getattr(pupil, "profile", None)
        ranked = (
            profile.interests.order_by("rank").values_list("field__code", flat=True)
            if profile
            else []
        )
        days, wanted = [d.isoformat() for d in days_of(round_.programme)], round_.programme.max_days
    fields = {f"field_{n}": code for n, code in enumerate(list(ranked)[:MOST_FIELDS], start=1)}
    return fields | {"days": days, "wanted_days": wanted}
