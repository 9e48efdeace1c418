"""Decisions by hand: seen, made and lifted on one page."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.internships.queries import open_slots, pupils_of
from werkpfad.journey.matching import actions, queries
from werkpfad.journey.matching.enums import RulingKind
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.permissions import can_lift_ruling, can_run_round
from werkpfad.journey.matching.web.forms.rulings import RulingForm
from werkpfad.journey.placements.visibility import pseudonym
from werkpfad.region.schools.models import Pupil


@dataclass(frozen=True, slots=True)
class Shown:
    """One decision as the page shows it."""

    row: queries.RulingRow
    who: str
    pupil: str


@require_http_methods(["GET", "HEAD", "POST"])
def rulings(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is fixed by hand in this round, and the form for more; `?kennung=` fills in a pupil."""
    grants = grants_of(request)
    round_ = load(queries.visible_rounds(grants), public_id)
    require(can_run_round(grants, round_))
    is_week = round_.programme.kind == ProgrammeKind.WEEK
    form = RulingForm(
        request.POST if request.method == "POST" else None,
        slots=_slots(round_),
        is_week=is_week,
        initial={"code": request.GET.get("kennung", "")},
    )
    if request.method == "POST" and form.is_valid() and _store(request, round_, form):
        return redirect("matching:rulings", public_id)
    may_decide = queries.phase_of(round_, today=clock.today()) in actions.RULINGS_OPEN
    context = {
        "round": round_,
        "programme": round_.programme,
        "is_week": is_week,
        "form": form if may_decide else None,
        "rows": _shown(round_),
        "may_decide": may_decide,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "matching/rulings.html", context, status=status)


def _slots(round_: Round) -> QuerySet[Slot]:
    return (
        open_slots(round_.programme)
        .select_related("offer__organisation")
        .order_by("offer__organisation__name", "offer__title", "first_day", "pk")
    )


def _pupils(round_: Round) -> QuerySet[Pupil]:
    rows = pupils_of(round_.programme, today=clock.today())
    return rows.select_related("school_class__school__organisation", "profile").distinct()


def _store(request: HttpRequest, round_: Round, form: RulingForm) -> bool:
    pupil = form.choose(_pupils(round_))
    if pupil is None:
        return False
    data = form.cleaned_data
    try:
        actions.make_ruling(
            round_=round_,
            pupil=pupil,
            slot=load(_slots(round_), data["slot"]),
            kind=RulingKind(data["kind"]),
            reason=data["reason"],
            by=grants_of(request).by,
            at=clock.now(),
        )
    except actions.NotAllowed as refused:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
        return False
    messages.success(request, "Festgelegt. Das gilt ab dem nächsten Lauf.")
    return True


def _shown(round_: Round) -> list[Shown]:
    rows = queries.ruling_rows(round_)
    people = User.objects.in_bulk([row.ruling.decided_by_id or 0 for row in rows])
    return [
        Shown(
            row,
            _name(people.get(row.ruling.decided_by_id or 0)),
            pseudonym(row.ruling.entry.pupil.public_id),
        )
        for row in rows
    ]


def _name(user: User | None) -> str:
    return user.display_name if user is not None else "Koordination"


@require_POST
def ruling_lift(request: HttpRequest, public_id: str) -> HttpResponse:
    grants = grants_of(request)
    ruling = load(queries.visible_rulings(grants), public_id)
    require(can_lift_ruling(grants, ruling))
    try:
        actions.lift_ruling(ruling=ruling, by=grants.by, at=clock.now())
        messages.success(request, "Aufgehoben. Das gilt ab dem nächsten Lauf.")
    except actions.NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("matching:rulings", ruling.entry.round.public_id)
