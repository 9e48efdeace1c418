"""The change of the school year: a preview that can be corrected, then one step."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.school_year import school_year_label, school_year_of
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.schools import queries
from werkpfad.region.schools.actions import RollOverNotPossible, roll_over_year
from werkpfad.region.schools.models import School
from werkpfad.region.schools.permissions import can_manage_school
from werkpfad.region.schools.rules import (
    ClassMove,
    YearOfClass,
    may_roll_over,
    next_class_name,
    plan_roll_over,
)
from werkpfad.region.schools.web.forms import LineField

LEAVES = "geht"
MOVES = "bleibt"


class ClassMoveForm(forms.Form):
    """One line of the preview: what happens to one class."""

    what = forms.ChoiceField(
        label="Was passiert?",
        choices=[(MOVES, "rückt auf"), (LEAVES, "verlässt die Schule")],
    )
    new_name = LineField(label="Neuer Name", max_length=20, required=False)

    def __init__(self, *args: Any, of_class: YearOfClass, pupils: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_class, self.pupils = of_class, pupils

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what") == MOVES and not data.get("new_name"):
            self.add_error("new_name", f"Wie heißt die Klasse {self.of_class.name} im neuen Jahr?")
        return data

    @property
    def move(self) -> ClassMove:
        leaves = self.cleaned_data["what"] == LEAVES
        return ClassMove(self.of_class.class_id, None if leaves else self.cleaned_data["new_name"])


@require_http_methods(["GET", "HEAD", "POST"])
def year_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET shows what would happen to each class; POST does it, all or nothing."""
    grants, today = grants_of(request), clock.today()
    require(grants.has(Permission.MANAGE_SCHOOL))
    school = load(queries.managed_schools(grants), public_id)
    require(can_manage_school(grants, school))
    from_year = _year(request, usual=school_year_of(today))
    lines = _lines(school, from_year, request.POST if request.method == "POST" else None)
    is_over = may_roll_over(from_year, today=today)
    problems = [line for line in lines if request.method == "POST" and not line.is_valid()]
    if request.method == "POST" and not problems:
        try:
            done = roll_over_year(
                school=school,
                from_year=from_year,
                moves=[line.move for line in lines],
                by=grants.by,
                at=clock.now(),
            )
        except RollOverNotPossible as error:
            messages.error(request, error.reason)
        else:
            messages.success(
                request,
                f"Das Schuljahr {school_year_label(from_year + 1)} kann beginnen: "
                f"{done.moved} Schüler:innen sind aufgerückt, {done.left} haben die Schule verlassen.",
            )
            return redirect(f"{reverse('schools:class_list')}?jahr={from_year + 1}")
    return render(
        request,
        "schools/year_change.html",
        {
            "school": school,
            "from_year": from_year,
            "year": school_year_label(from_year),
            "next_year": school_year_label(from_year + 1),
            "lines": lines,
            "is_over": is_over,
            "opens_in": from_year + 1,
        },
    )


def _year(request: HttpRequest, *, usual: int) -> int:
    """The year asked for; without a question the last one that still has to be closed is the usual one."""
    text = request.GET.get("jahr", "")
    return int(text) if text.isdecimal() and 2000 <= int(text) <= 2100 else usual


def _lines(school: School, from_year: int, data: Any) -> list[ClassMoveForm]:
    classes = queries.years_of_classes(school, from_year)
    counts = queries.pupil_counts([c.class_id for c in classes])
    plan = {m.class_id: m for m in plan_roll_over(classes, form=school.main_form)}
    forms_ = []
    for each in classes:
        move = plan[each.class_id]
        initial = {
            "what": LEAVES if move.new_name is None else MOVES,
            "new_name": move.new_name or next_class_name(each.name, each.grade),
        }
        forms_.append(
            ClassMoveForm(
                data,
                prefix=each.public_id,
                initial=initial,
                of_class=each,
                pupils=counts.get(each.class_id, 0),
            )
        )
    return forms_
