"""Before a run: who reaches what, and which classes still owe wishes. No pupil is named here."""

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.parts import Link
from werkpfad.base.core.ui.shortcuts import load, paginate, require
from werkpfad.journey.matching import actions, queries
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.permissions import can_run_round
from werkpfad.journey.matching.reach import FEW
from werkpfad.journey.matching.rules import total
from werkpfad.journey.placements.queries import pupils_without_place
from werkpfad.journey.placements.visibility import code_of, pseudonym
from werkpfad.region.schools.models import SchoolClass

LEVELS = {"none": "erreichen nichts", "few": f"erreichen 1 bis {FEW - 1}", "enough": f"ab {FEW}"}
COLUMNS = (
    "Kennung",
    "Jahrgang",
    "erreichbare Angebote",
    "zu weit",
    "zu jung",
    "Tage passen nicht",
    "Umkreis km",
)
PER_PAGE = 25


def _own(request: HttpRequest, public_id: str) -> Round:
    grants = grants_of(request)
    round_ = load(queries.visible_rounds(grants), public_id)
    require(can_run_round(grants, round_))
    return round_


@require_safe
def reach(request: HttpRequest, public_id: str) -> HttpResponse:
    """Pupils by how much they can reach; `?stufe=` shows one level, `?als=csv` gives all as a file."""
    round_ = _own(request, public_id)
    rows = queries.reach_rows(round_, today=clock.today())
    if request.GET.get("als") == "csv":
        return _csv(rows)
    counts = {level: sum(row.reach.level == level for row in rows) for level in LEVELS}
    level = request.GET.get("stufe", "")
    level = level if level in LEVELS else "none" if counts["none"] else "few"
    chosen = [row for row in rows if row.reach.level == level]
    smallest = round_.programme.region.min_group_size
    context: dict[str, Any] = {
        "round": round_,
        "programme": round_.programme,
        "may_decide": queries.phase_of(round_, today=clock.today()) in actions.RULINGS_OPEN,
        "tabs": [
            Link(LEVELS[key], f"?stufe={key}", current=key == level, count=counts[key])
            for key in LEVELS
        ],
        "pages": paginate(request, chosen, per_page=PER_PAGE),
        "classes": [
            (row, _few(row.none, smallest), _few(row.few, smallest))
            for row in queries.by_class(rows)
        ],
        "smallest": smallest,
    }
    shown = list(context["pages"])
    free = pupils_without_place(round_.programme, today=clock.today()).filter(
        pk__in=[row.pupil.pk for row in shown]
    )
    open_ids = set(free.values_list("pk", flat=True))
    context["lines"] = [_line(round_, row, row.pupil.pk in open_ids) for row in shown]
    return render(request, "matching/reach.html", context)


def _few(count: int, smallest: int) -> str:
    shown = total(count, smallest)
    return f"unter {smallest}" if shown is None else str(shown)


def _line(round_: Round, row: queries.ReachRow, is_open: bool) -> dict[str, object]:
    pupil = row.pupil
    url = reverse("placements:propose", args=[round_.programme.public_id, pupil.public_id])
    return {
        "name": pseudonym(pupil.public_id),
        "grade": pupil.school_class.grade,
        "reach": row.reach,
        "max_km": row.max_km,
        "url": url if is_open else "",
        "fix_url": f"{reverse('matching:rulings', args=[round_.public_id])}?kennung={code_of(pupil.public_id)}",
    }


def _csv(rows: list[queries.ReachRow]) -> HttpResponse:
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        found = row.reach
        writer.writerow(
            [
                code_of(row.pupil.public_id),
                row.pupil.school_class.grade,
                found.reachable,
                found.too_far,
                found.too_young,
                found.wrong_days,
                row.max_km,
            ]
        )
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="erreichbarkeit.csv"'
    return answer


@require_safe
def classes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Classes in which wish lists are missing, with their teachers."""
    round_ = _own(request, public_id)
    today = clock.today()
    context = {
        "round": round_,
        "programme": round_.programme,
        "rows": queries.classes_missing(round_, today=today),
        "may_remind": queries.phase_of(round_, today=today) == RoundPhase.WISHES,
    }
    return render(request, "matching/classes_missing.html", context)


@require_POST
def class_remind(request: HttpRequest, public_id: str, class_id: str) -> HttpResponse:
    """One mail to a class's teachers."""
    round_ = _own(request, public_id)
    region = round_.programme.region_id
    school_class = load(
        SchoolClass.objects.filter(school__organisation__region=region).select_related(
            "school__organisation"
        ),
        class_id,
    )
    count = actions.remind_class(
        round_=round_, school_class=school_class, by=grants_of(request).by, at=clock.now()
    )
    if count:
        messages.success(request, f"Die Lehrkräfte der {school_class.name} bekommen eine Mail.")
    else:
        messages.warning(
            request,
            "Es ging keine Mail hinaus: Heute wurde schon erinnert, oder niemand ist erreichbar.",
        )
    return redirect("matching:classes_missing", public_id)
