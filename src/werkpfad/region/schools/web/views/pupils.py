"""One pupil as teachers see them: stand, wishes, profile, history; and the changes a school makes."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.school_year import age_on
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.schools import queries
from werkpfad.region.schools.actions import (
    KeyTaken,
    add_pupil,
    bring_back_pupil,
    move_pupil,
    remove_pupil,
    update_pupil,
)
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.permissions import can_edit_pupil, can_manage_classes
from werkpfad.region.schools.rules import shown_key
from werkpfad.region.schools.web.board import board, programmes_of
from werkpfad.region.schools.web.forms import LeaveForm, MoveForm, PupilForm, pupil_initial
from werkpfad.region.schools.web.history import history_of
from werkpfad.region.schools.web.standing import applications_of, placements_of, wishes_of
from werkpfad.region.schools.web.tables import access_badge
from werkpfad.region.schools.web.views.classes import CONFLICT, require_teacher

TAKEN = "Diese Schülernummer hat in der Klasse schon jemand anderes."


def own_pupil(request: HttpRequest, public_id: str) -> Pupil:
    """A pupil of one's classes (else 404) whom one may change (else 403)."""
    require_teacher(request)
    grants = grants_of(request)
    pupil = load(queries.taught_pupils(grants), public_id)
    require(can_edit_pupil(grants, pupil))
    return pupil


@require_safe
def pupil_page(request: HttpRequest, public_id: str) -> HttpResponse:
    pupil, today = own_pupil(request, public_id), clock.today()
    lines = [(p, board([pupil], p)[0]) for p in programmes_of(pupil.school_class)]
    return render(
        request,
        "schools/pupil_page.html",
        {
            "pupil": pupil,
            "age": age_on(pupil.birth_date, today),
            "school_key": shown_key(pupil.school_key),
            "access": access_badge(pupil),
            "lines": lines,
            "placements": placements_of(pupil),
            "applications": applications_of(pupil),
            "wishes": wishes_of(pupil),
            "interests": queries.ranked_interests(pupil),
            "profile": queries.profile_of(pupil),
            "progress": queries.profile_progress(pupil),
            "history": history_of(pupil),
            "has_left": pupil.left_on is not None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pupil_new(request: HttpRequest, public_id: str) -> HttpResponse:
    require_teacher(request)
    grants = grants_of(request)
    school_class = load(queries.visible_classes(grants), public_id)
    require(can_manage_classes(grants, school_class.school))
    form = PupilForm(request.POST or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        values = {key: form.cleaned_data[key] for key in form.cleaned_data if key != "version"}
        try:
            pupil = add_pupil(school_class=school_class, by=grants.by, at=clock.now(), **values)
        except KeyTaken:
            form.add_error("school_key", TAKEN)
        else:
            messages.success(
                request, f"{pupil.full_name} gehört jetzt zur Klasse {school_class.name}."
            )
            if "another" in request.POST:
                return redirect("schools:pupil_new", public_id)
            return redirect("schools:class_page", public_id)
    return render(
        request,
        "schools/form.html",
        {
            "form": form,
            "title": f"Neu in der Klasse {school_class.name}",
            "back_url": reverse("schools:class_page", args=[public_id]),
            "another": True,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pupil_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    pupil = own_pupil(request, public_id)
    name = pupil.full_name
    form = PupilForm(request.POST or None, initial=pupil_initial(pupil), today=clock.today())
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        seen = values.pop("version") or 0
        try:
            update_pupil(
                pupil=pupil, seen_version=seen, by=grants_of(request).by, at=clock.now(), **values
            )
        except KeyTaken:
            form.add_error("school_key", TAKEN)
        except EditConflict:
            form.add_error(None, CONFLICT)
        else:
            messages.success(request, "Gespeichert.")
            return redirect("schools:pupil_page", public_id)
    return render(
        request,
        "schools/form.html",
        {
            "form": form,
            "title": f"{name} bearbeiten",
            "back_url": reverse("schools:pupil_page", args=[public_id]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pupil_move(request: HttpRequest, public_id: str) -> HttpResponse:
    pupil, grants = own_pupil(request, public_id), grants_of(request)
    targets = (
        queries.visible_classes(grants)
        .filter(
            school=pupil.school_class.school_id,
            school_year__gte=pupil.school_class.school_year,
        )
        .exclude(pk=pupil.school_class_id)
        .order_by("school_year", "grade", "name")
    )
    form = MoveForm(request.POST or None, classes=targets)
    if request.method == "POST" and form.is_valid():
        to_class = form.cleaned_data["to_class"]
        try:
            move_pupil(pupil=pupil, to_class=to_class, by=grants.by, at=clock.now())
        except KeyTaken:
            form.add_error("to_class", "Dort hat schon jemand dieselbe Schülernummer.")
        else:
            messages.success(request, f"{pupil.full_name} ist jetzt in der Klasse {to_class.name}.")
            return redirect("schools:pupil_page", public_id)
    return render(
        request,
        "schools/form.html",
        {
            "form": form,
            "title": f"{pupil.full_name} in eine andere Klasse",
            "lead": "Wünsche, Bewerbungen und Plätze gehen mit. Der Zugang bleibt derselbe.",
            "submit_label": "Klasse wechseln",
            "back_url": reverse("schools:pupil_page", args=[public_id]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pupil_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    pupil, grants = own_pupil(request, public_id), grants_of(request)
    back = reverse("schools:pupil_page", args=[public_id])
    form = LeaveForm(request.POST or None, initial={"last_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        left_on = form.cleaned_data["last_day"] + timedelta(days=1)
        remove_pupil(pupil=pupil, left_on=left_on, by=grants.by, at=clock.now())
        messages.success(request, f"{pupil.full_name} ist abgemeldet.")
        return redirect(back)
    return render(
        request,
        "core/confirm.html",
        {
            "title": f"{pupil.full_name} abmelden",
            "question": f"Verlässt {pupil.full_name} die Schule?",
            "consequences": [
                "Der Zugang der Schülerin oder des Schülers und der Erziehungsberechtigten endet.",
                "Es wird nichts gelöscht. Sie können die Abmeldung zurücknehmen.",
                "Vereinbarte Praktika bleiben bestehen. Bitte sagen Sie sie ab, wenn sie nicht stattfinden.",
            ],
            "confirm_label": "Abmelden",
            "confirm_kind": "danger",
            "cancel_url": back,
            "form": form,
        },
    )


@require_http_methods(["POST"])
def pupil_bring_back(request: HttpRequest, public_id: str) -> HttpResponse:
    pupil = own_pupil(request, public_id)
    bring_back_pupil(pupil=pupil, by=grants_of(request).by, at=clock.now())
    messages.success(
        request, f"{pupil.full_name} gehört wieder zur Klasse. Der alte Code gilt wieder."
    )
    return redirect("schools:pupil_page", public_id)
