"""The region at a glance: who is without a place, which offers are empty, how quickly companies answer, what ends next."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.parts import Link, StackRow
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.internships.models import Programme
from werkpfad.steering.reporting import queries
from werkpfad.steering.reporting.rules import AnswerTimes, Deadline, SchoolStanding, share
from werkpfad.steering.reporting.web.tables import EMPTY_OFFERS, standing_rows

SERIES = ("hat einen Platz", "wartet auf Antwort", "hat Wünsche", "noch nichts")


def _require_figures(grants: Grants) -> None:
    require(grants.has(Permission.SEE_REGION_FIGURES))


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The programme that begins next, else the one that runs, or what to do while there is none."""
    grants = grants_of(request)
    _require_figures(grants)
    programmes = list(queries.visible_programmes(grants))
    if not programmes:
        return render(
            request,
            "reporting/nothing.html",
            {"may_plan": grants.has(Permission.MANAGE_PROGRAMMES)},
        )
    today = clock.today()
    coming = [p for p in programmes if p.first_day > today] or [
        p for p in programmes if p.last_day >= today
    ]
    chosen = coming[-1] if coming else programmes[0]
    return redirect("reporting:programme", public_id=chosen.public_id)


@require_safe
def programme(request: HttpRequest, public_id: str) -> HttpResponse:
    grants = grants_of(request)
    _require_figures(grants)
    programmes = list(queries.visible_programmes(grants))
    chosen = load(queries.visible_programmes(grants), public_id)
    standings = queries.standings(chosen, today=clock.today())
    deadlines = queries.deadlines(grants, today=clock.today())
    context = {
        "programme": chosen,
        "tabs": _tabs(programmes, chosen),
        "deadlines": _coming(deadlines, clock.today()),
        "series": SERIES,
        "rows": _chart_rows(standings, chosen, grants),
        "table_rows": standing_rows(standings, _minimum(chosen, grants)),
        "hides_small_groups": _minimum(chosen, grants) > 0,
        "may_manage": grants.may_in_region(Permission.MANAGE_ORGANISATIONS, chosen.region_id),
        "empty_count": queries.empty_slots(chosen).count(),
        "empty_url": reverse("reporting:empty_offers", args=[chosen.public_id]),
    }
    context |= _placed_figures(standings, queries.seats(chosen))
    context |= _answer_figures(queries.company_answers(chosen, at=clock.now()))
    return render(request, "reporting/programme.html", context)


@require_safe
def empty_offers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offers nobody wants yet: whom to call, and what to show pupils."""
    grants = grants_of(request)
    _require_figures(grants)
    chosen = load(queries.visible_programmes(grants), public_id)
    table = EMPTY_OFFERS.bind(request, queries.empty_slots(chosen))
    back = reverse("reporting:programme", args=[chosen.public_id])
    return render(
        request, "reporting/empty_offers.html", {"programme": chosen, "table": table, "back": back}
    )


def _placed_figures(standings: list[SchoolStanding], seats: dict[str, int]) -> dict[str, object]:
    pupils = sum(s.pupils for s in standings)
    placed = sum(s.placed for s in standings)
    return {
        "placed": placed,
        "placed_note": f"{share(placed, pupils)} % von {pupils}",
        "without": pupils - placed,
        "without_note": f"bei {seats['capacity'] - seats['taken']} freien Plätzen",
        "without_tone": "warning" if placed < pupils else "success",
    }


def _answer_figures(answers: AnswerTimes) -> dict[str, object]:
    if answers.median_hours is None:
        return {
            "answer_value": "–",
            "answer_note": f"noch keine Antwort, {answers.open} offen",
            "answer_tone": "neutral",
        }
    return {
        "answer_value": f"{answers.median_hours / 24:.1f} Tage".replace(".", ","),
        "answer_note": f"{answers.open} offen, davon {answers.overdue} überfällig",
        "answer_tone": "warning" if answers.overdue else "neutral",
    }


def _tabs(programmes: list[Programme], chosen: Programme) -> list[Link]:
    return [
        Link(p.title, reverse("reporting:programme", args=[p.public_id]), current=p.pk == chosen.pk)
        for p in programmes[:6]
    ]


def _minimum(chosen: Programme, grants: Grants) -> int:
    """The office needs exact counts to act; partners see none that could tell of single persons."""
    exact = grants.may_in_region(Permission.MANAGE_PROGRAMMES, chosen.region_id)
    return 0 if exact else chosen.region.min_group_size


def _chart_rows(
    standings: list[SchoolStanding], chosen: Programme, grants: Grants
) -> list[StackRow]:
    """The chart shows whole numbers only; with small groups hidden there is the table instead."""
    if _minimum(chosen, grants):
        return []
    return [StackRow(s.name, (s.placed, s.pending, s.wishing, s.silent)) for s in standings]


def _coming(deadlines: list[Deadline], today: date) -> list[dict[str, object]]:
    return [
        {
            "day": deadline.day,
            "when": _in_days(deadline.days_left(today)),
            "what": deadline.what.removesuffix(" bis"),
            "programme": deadline.programme,
        }
        for deadline in deadlines[:5]
    ]


def _in_days(days: int) -> str:
    return {0: "heute", 1: "morgen"}.get(days, f"in {days} Tagen")
