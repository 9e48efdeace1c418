"""Applying to one slot, as the pupil or as a teacher for the pupil, and taking it back."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import period
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.applications import actions
from werkpfad.journey.applications.actions import CannotApply
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.permissions import can_apply_for, can_withdraw
from werkpfad.journey.applications.queries import (
    applicant_of,
    target_of,
    visible_applications,
    with_details,
)
from werkpfad.journey.applications.rules import SENTENCES, NotPossible, barriers
from werkpfad.journey.applications.web.forms import ApplyForm, ApplyForPupilForm
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.queries import leftovers_of
from werkpfad.journey.placements.queries import has_place_at
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.queries import current_pupil, taught_pupils


def _slot(request: HttpRequest, public_id: str) -> Slot:
    """A slot of one's regions; whether one may apply is said on the page, not by a 404."""
    slots = Slot.objects.select_related(
        "programme__region", "offer__organisation__region", "offer__site", "offer__main_field"
    ).filter(programme__region__in=grants_of(request).regions)
    return load(slots, public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of a slot for pupils; teachers choose for whom."""
    slot = _slot(request, public_id)
    pupil = current_pupil(grants_of(request), today=clock.today())
    if pupil is not None:
        return _apply_myself(request, slot, pupil)
    require(grants_of(request).has(Permission.APPROVE_PLACEMENTS))
    return _apply_for_pupil(request, slot)


def _apply_myself(request: HttpRequest, slot: Slot, pupil: Pupil) -> HttpResponse:
    form = ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _submit(request, slot, pupil, form):
        messages.success(request, "Deine Bewerbung ist beim Betrieb.")
        return redirect("placements:my_internship")
    applicant = applicant_of(pupil, has_place=has_place_at(pupil, slot))
    target = target_of(slot, is_leftover=_is_leftover(slot))
    # What was just refused stands in the form, with everything that was typed.
    found = [] if form.errors else barriers(applicant, target, today=clock.today())
    context = _context(slot, form) | {"obstacles": [SENTENCES[b] for b in found], "informal": True}
    return render(request, "applications/apply.html", context, status=_status(request))


def _apply_for_pupil(request: HttpRequest, slot: Slot) -> HttpResponse:
    form = ApplyForPupilForm(request.POST or None, pupils=_pupils(request, slot))
    if request.method == "POST" and form.is_valid():
        pupil = form.cleaned_data["pupil"]
        require(can_apply_for(grants_of(request), pupil))
        if _submit(request, slot, pupil, form):
            messages.success(request, f"Die Bewerbung für {pupil.full_name} ist beim Betrieb.")
            return redirect("placements:approvals")
    context = _context(slot, form) | {"obstacles": [], "informal": False}
    return render(request, "applications/apply.html", context, status=_status(request))


def _pupils(request: HttpRequest, slot: Slot) -> QuerySet[Pupil]:
    """One's pupils in the grades of the programme."""
    pupils = taught_pupils(grants_of(request)).filter(left_on__isnull=True)
    if slot.programme.grades:
        pupils = pupils.filter(school_class__grade__in=slot.programme.grades)
    return pupils.order_by("school_class__name", "family_name", "given_name")


def _submit(request: HttpRequest, slot: Slot, pupil: Pupil, form: ApplyForm) -> bool:
    try:
        actions.apply_for_slot(
            pupil=pupil,
            slot=slot,
            message=form.cleaned_data["message"],
            has_place=has_place_at(pupil, slot),
            is_leftover=_is_leftover(slot),
            by=grants_of(request).by,
            at=clock.now(),
        )
    except CannotApply as refused:
        form.add_error(None, list(refused.sentences))
        return False
    return True


def _is_leftover(slot: Slot) -> bool:
    return leftovers_of(slot.programme, today=clock.today()) is not None


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _context(slot: Slot, form: ApplyForm) -> dict[str, object]:
    offer = slot.offer
    return {
        "slot_id": slot.public_id,
        "offer": offer.title,
        "company": offer.organisation.name,
        "place": offer.site.place_name,
        "period": period(slot.first_day, slot.last_day),
        "picture": offer.main_field.code,
        "form": form,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an open application back, after a page that says what follows."""
    application = load(with_details(visible_applications(grants_of(request))), public_id)
    require(can_withdraw(grants_of(request), application))
    back = _back(request, application)
    if request.method == "POST":
        try:
            actions.withdraw(application=application, by=grants_of(request).by, at=clock.now())
        except NotPossible:
            messages.warning(request, "Die Bewerbung ist schon geschlossen.")
        else:
            messages.success(request, "Die Bewerbung ist zurückgezogen.")
        return redirect(back)
    if application.closed_at is not None:
        raise Http404
    offer = application.slot.offer
    context = {
        "title": "Bewerbung zurückziehen",
        "question": f"Bewerbung bei {offer.organisation.name} („{offer.title}“) zurückziehen?",
        "consequences": [
            "Der Betrieb bekommt eine Mail.",
            "Eine neue Bewerbung ist später möglich, solange Plätze frei sind.",
        ],
        "confirm_label": "Bewerbung zurückziehen",
        "confirm_kind": "danger",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)


def _back(request: HttpRequest, application: Application) -> str:
    mine = application.pupil.user_id == grants_of(request).user_id
    return reverse("placements:my_internship" if mine else "placements:approvals")
