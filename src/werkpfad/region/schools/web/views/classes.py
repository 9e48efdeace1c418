"""Teachers' classes: all of them, one of them with each pupil's light, and who accompanies it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.school_year import school_year_label, school_year_of
from werkpfad.base.core.ui.parts import Link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.matching.queries import rounds_in_leftovers
from werkpfad.region.schools import queries
from werkpfad.region.schools.actions import (
    ClassNameTaken,
    assign_teacher,
    create_class,
    unassign_teacher,
    update_class,
)
from werkpfad.region.schools.models import ClassTeacher, SchoolClass
from werkpfad.region.schools.permissions import can_edit_class, can_manage_classes
from werkpfad.region.schools.web.board import (
    Line,
    board,
    figures,
    matches,
    programme_shown,
    programmes_of,
)
from werkpfad.region.schools.web.forms import ClassForm, NewClassForm, TeacherForm
from werkpfad.region.schools.web.tables import BOARD, PEOPLE
from werkpfad.region.schools.web.years import year_asked

FILTERS = (
    ("", "Alle"),
    ("rot", "Ohne Platz"),
    ("betrieb", "Wartet auf Betrieb"),
    ("schueler", "Schüler:in ist dran"),
    ("schule", "Sie sind dran"),
    ("gruen", "Bestätigt"),
    ("ohne-anmeldung", "Noch nie angemeldet"),
)


def require_teacher(request: HttpRequest) -> None:
    """These pages are for people with classes; everybody else is told so (403)."""
    require(grants_of(request).has(Permission.MANAGE_CLASSES))


@require_safe
def class_list(request: HttpRequest) -> HttpResponse:
    require_teacher(request)
    grants, usual = grants_of(request), school_year_of(clock.today())
    years = queries.school_years(grants)
    year = year_asked(request, years, usual=usual)
    tabs = [Link(school_year_label(y), f"?jahr={y}", current=y == year) for y in years]
    return render(
        request,
        "schools/class_list.html",
        {
            "classes": list(queries.classes_with_figures(grants, school_year=year)),
            "year": school_year_label(year),
            "tabs": tabs if len(tabs) > 1 else [],
            "schools": list(queries.managed_schools(grants)),
            "roll_over_year": year,
            "in_leftovers": rounds_in_leftovers(today=clock.today())
            .filter(programme__region__in=grants.regions)
            .exists(),
        },
    )


@require_safe
def class_page(request: HttpRequest, public_id: str) -> HttpResponse:
    require_teacher(request)
    grants, today = grants_of(request), clock.today()
    school_class = load(queries.visible_classes(grants), public_id)
    is_past = school_class.school_year < school_year_of(today)
    pupils = list(queries.pupils_of(school_class))
    if is_past:
        pupils += list(queries.pupils_who_were_in(school_class, grants))
    programmes = programmes_of(school_class)
    programme = programme_shown(programmes, request.GET.get("programm", ""), today=today)
    lines = board(pupils, programme) if programme else []
    shown = request.GET.get("zeige", "")
    kept = [line for line in lines if matches(line, shown)]
    context = {
        "school_class": school_class,
        "year": school_year_label(school_class.school_year),
        "is_past": is_past,
        "programme": programme,
        "programme_tabs": _programme_tabs(programmes, programme),
        "filters": _filters(lines, shown, programme),
        "figures": figures(lines),
        "light_links": {
            light: _address(programme, word)
            for light, word in (("red", "rot"), ("amber", "gelb"), ("green", "gruen"))
        },
        "table": BOARD.bind(request, kept) if programme else PEOPLE.bind(request, pupils),
        "has_pupils": bool(pupils),
        "without_code": sum(p.user is None for p in pupils),
        "teachers": list(school_class.teachers.select_related("user").order_by("pk")),
        "former": list(queries.former_pupils_of(school_class)),
        "may_edit": can_edit_class(grants, school_class),
        "may_manage": can_manage_classes(grants, school_class.school),
    }
    return render(request, "schools/class_page.html", context)


def _address(programme: object, shown: str) -> str:
    return f"?programm={getattr(programme, 'public_id', '')}&zeige={shown}"


def _filters(lines: list[Line], shown: str, programme: object) -> list[Link]:
    """The filters that would show somebody, and the one that is set."""
    if not lines:
        return []
    links = [
        Link(
            label,
            _address(programme, key),
            current=key == shown,
            count=sum(matches(line, key) for line in lines),
        )
        for key, label in FILTERS
    ]
    return [link for link in links if link.count or link.current]


def _programme_tabs(programmes: list, current: object) -> list[Link]:  # type: ignore[type-arg]
    if len(programmes) < 2:
        return []
    return [Link(p.title, f"?programm={p.public_id}", current=p == current) for p in programmes]


@require_http_methods(["GET", "HEAD", "POST"])
def class_new(request: HttpRequest) -> HttpResponse:
    grants = grants_of(request)
    require(grants.has(Permission.MANAGE_SCHOOL))
    this_year = school_year_of(clock.today())
    form = NewClassForm(
        request.POST or None,
        schools=queries.managed_schools(grants),
        school_years=[(y, school_year_label(y)) for y in (this_year, this_year + 1)],
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = create_class(
                school=data["school"],
                school_year=data["school_year"],
                name=data["name"],
                grade=data["grade"],
                by=grants.by,
                at=clock.now(),
            )
        except ClassNameTaken:
            form.add_error("name", "Diese Klasse gibt es in dem Schuljahr schon.")
        else:
            messages.success(request, f"Die Klasse {made.name} ist angelegt.")
            return redirect("schools:class_page", made.public_id)
    return _form_page(request, form, "Neue Klasse", reverse("schools:class_list"))


@require_http_methods(["GET", "HEAD", "POST"])
def class_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    require_teacher(request)
    grants = grants_of(request)
    school_class = load(queries.visible_classes(grants), public_id)
    require(can_edit_class(grants, school_class))
    back = reverse("schools:class_page", args=[public_id])
    initial = {
        "name": school_class.name,
        "grade": school_class.grade,
        "version": school_class.version,
    }
    form = ClassForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            update_class(
                school_class=school_class,
                name=data["name"],
                grade=data["grade"],
                seen_version=data["version"] or 0,
                by=grants.by,
                at=clock.now(),
            )
        except ClassNameTaken:
            form.add_error("name", "Diese Klasse gibt es in dem Schuljahr schon.")
        except EditConflict:
            form.add_error(None, CONFLICT)
        else:
            messages.success(request, "Gespeichert.")
            return redirect(back)
    return _form_page(request, form, f"Klasse {school_class.name} bearbeiten", back)


CONFLICT = (
    "Jemand anderes hat in der Zwischenzeit etwas geändert. Ihre Eingaben stehen noch hier. "
    "Bitte laden Sie die Seite neu, prüfen Sie den neuen Stand und speichern Sie dann."
)


def _form_page(request: HttpRequest, form: ClassForm, title: str, back: str) -> HttpResponse:
    return render(request, "schools/form.html", {"form": form, "title": title, "back_url": back})


@require_http_methods(["GET", "HEAD", "POST"])
def class_teachers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who accompanies a class: add by choosing a colleague, remove by a button."""
    require_teacher(request)
    grants = grants_of(request)
    school_class = load(queries.visible_classes(grants), public_id)
    require(can_edit_class(grants, school_class))
    teachings = list(school_class.teachers.select_related("user").order_by("pk"))
    staff = queries.school_staff(school_class.school, today=clock.today())
    free = staff.exclude(pk__in=[t.user_id for t in teachings])
    form = TeacherForm(request.POST or None, staff=free)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        assign_teacher(school_class=school_class, user=user, by=grants.by, at=clock.now())
        messages.success(
            request, f"{user.display_name} sieht jetzt die Klasse {school_class.name}."
        )
        return redirect("schools:class_teachers", public_id)
    return render(
        request,
        "schools/class_teachers.html",
        {
            "school_class": school_class,
            "teachings": teachings,
            "form": form,
            "has_free": free.exists(),
        },
    )


@require_http_methods(["POST"])
def class_teacher_remove(request: HttpRequest, public_id: str, teaching_id: str) -> HttpResponse:
    require_teacher(request)
    grants = grants_of(request)
    school_class: SchoolClass = load(queries.visible_classes(grants), public_id)
    teaching: ClassTeacher = load(school_class.teachers.select_related("user"), teaching_id)
    require(can_edit_class(grants, school_class))
    unassign_teacher(teaching=teaching, by=grants.by, at=clock.now())
    messages.success(request, f"{teaching.user.display_name} sieht die Klasse nicht mehr.")
    return redirect("schools:class_teachers", public_id)
