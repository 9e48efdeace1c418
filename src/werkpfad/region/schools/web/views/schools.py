"""Schools as the coordination keeps them: entered by hand, corrected, never overwritten by accident."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ui.conflict import differences, with_version
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.schools import actions, queries
from werkpfad.region.schools.actions.schools import main_site, versions_of
from werkpfad.region.schools.models import School
from werkpfad.region.schools.permissions import can_keep_schools
from werkpfad.region.schools.web.school_forms import LABELS, SchoolForm, school_details

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_WRITE)
def school_new(request: HttpRequest) -> HttpResponse:
    """A school that no register has brought; inviting its coordination is the next step."""
    region = queries.region_to_keep_schools_in(grants_of(request))
    require(region is not None)
    assert region is not None
    form = SchoolForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.create_school(
                region=region,
                details=form.details(),
                by=grants_of(request).by,
                at=clock.now(),
            )
        except actions.NumberTaken as taken:
            _say_taken(form, taken)
        else:
            name = made.organisation.name
            messages.success(request, f"{name} ist angelegt. Laden Sie jetzt jemanden ein.")
            return redirect("network:invite", made.organisation.public_id)
    context = {
        "form": form,
        "title": "Neue Schule",
        "back_url": reverse("network:organisation_list"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "schools/school_form.html", context, status=status)


@require_http_methods(READ_AND_WRITE)
def school_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Number, form, address and index; when somebody else saved meanwhile, both texts are shown."""
    school = load(queries.kept_schools(grants_of(request)), public_id)
    organisation = school.organisation
    require(can_keep_schools(grants_of(request), organisation.region_id))
    back = reverse("network:organisation", args=[organisation.public_id])
    stored = school_details(school, main_site(school))
    initial = SchoolForm.initial_of(stored) | {"version": versions_of(school)}
    form = SchoolForm(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"form": form, "title": organisation.name, "back_url": back}
    if form.is_valid():
        try:
            actions.edit_school(
                school=school,
                details=form.details(),
                seen_versions=form.cleaned_data["version"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except actions.NumberTaken as taken:
            _say_taken(form, taken)
        except EditConflict:
            fresh = School.objects.select_related("organisation__region").get(pk=school.pk)
            context["differences"] = differences(
                LABELS, school_details(fresh, main_site(fresh)), form.details()
            )
            data = with_version(form, 0)
            data["version"] = versions_of(fresh)
            context["form"] = SchoolForm(data)
            return render(request, "schools/school_form.html", context, status=409)
        else:
            messages.success(request, "Gespeichert.")
            return redirect(back)
    status = 422 if form.is_bound else 200
    return render(request, "schools/school_form.html", context, status=status)


def _say_taken(form: SchoolForm, taken: actions.NumberTaken) -> None:
    form.add_error(
        "number",
        f"Diese Nummer hat schon „{taken.school.name}“. Bitte prüfen Sie, ob es dieselbe Schule ist.",
    )
