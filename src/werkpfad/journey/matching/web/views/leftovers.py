"""The leftover market: what is still free for a pupil, and which pupils of a class still look for something."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import require
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.queries import pupils_of
from werkpfad.journey.matching import queries
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Entry, Round
from werkpfad.journey.matching.rules import guidance
from werkpfad.journey.matching.web.request import pupil_asked
from werkpfad.journey.matching.web.views.wishes import BACK_TO_LEFTOVERS, urls
from werkpfad.journey.placements.queries import has_something_in, pupils_without_place
from werkpfad.journey.placements.standing import declined_slots, occupied_in, wishes_left
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.queries import taught_pupils

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Offered:
    """One free place with what can be done: put it on the list, or apply at once."""

    stand: queries.Stand
    apply_url: str
    add_url: str

    @property
    def fields(self) -> dict[str, str]:
        return self.stand.fields | {"weiter": BACK_TO_LEFTOVERS}


@require_safe
def leftovers(request: HttpRequest, pupil_id: str | None = None) -> HttpResponse:
    """Free places within reach, nearest first; for a week the way to fields and days."""
    today = clock.today()
    pupil = pupil_asked(request, pupil_id, today=today)
    rounds = [
        row
        for row in queries.rounds_for(pupil)
        if queries.phase_of(row, today=today) == RoundPhase.LEFTOVERS
    ]
    block = next((row for row in rounds if row.programme.kind == ProgrammeKind.BLOCK), None)
    week = next((row for row in rounds if row.programme.kind == ProgrammeKind.WEEK), None)
    context: dict[str, Any] = {
        "pupil": pupil,
        "for_other": pupil_id is not None,
        "urls": urls(pupil_id),
        "market": block,
        "week": week,
    }
    if block is not None:
        context |= _market(block, pupil, urls(pupil_id)["wish_add"])
    return render(request, "matching/leftovers.html", context)


def _market(round_: Round, pupil: Pupil, add_url: str) -> dict[str, Any]:
    if has_something_in(pupil, round_.programme):
        return {"has_place": True}
    programme = round_.programme
    found = queries.free_places(
        round_,
        pupil,
        held=occupied_in(programme).seats,
        declined=declined_slots(pupil, programme),
        wanted=wishes_left(round_),
        today=clock.today(),
    )
    entry = queries.entry_of(round_, pupil)
    return {
        "has_place": False,
        "offered": [_offered(stand, add_url) for stand in found[:SHOWN]],
        "more": max(len(found) - SHOWN, 0),
        "listed": entry.wishes.count() if entry else 0,
        "is_handed_in": entry is not None and entry.submitted_at is not None,
    }


def _offered(stand: queries.Stand, add_url: str) -> Offered:
    return Offered(stand, reverse("applications:apply", args=[stand.slot.public_id]), add_url)


@dataclass(frozen=True, slots=True)
class Left:
    """One pupil without a place in a teacher's list; `wishes` that take part in the next night."""

    name: str
    public_id: str
    wishes: int


@require_safe
def class_leftovers(request: HttpRequest) -> HttpResponse:
    """Pupils of one's classes who have nothing yet, by programme and class; also those who came late."""
    grants, today = grants_of(request), clock.today()
    require(grants.has(Permission.MANAGE_CLASSES))
    mine = taught_pupils(grants).filter(left_on__isnull=True)
    rounds = [
        round_
        for round_ in queries.rounds_in_leftovers(today=today)
        if round_.programme.region_id in grants.regions
    ]
    sections = [(round_, _classes(round_, mine)) for round_ in rounds]
    shown = [
        {
            "round": round_,
            "guidance": guidance(RoundPhase.LEFTOVERS, "school", queries.plan_of(round_)),
            "classes": classes,
        }
        for round_, classes in sections
        if classes is not None
    ]
    return render(request, "matching/class_leftovers.html", {"sections": shown})


def _classes(round_: Round, mine: QuerySet[Pupil]) -> list[tuple[str, list[Left]]] | None:
    """By class; None if none of one's pupils takes part in the programme at all."""
    if not pupils_of(round_.programme, today=clock.today()).filter(pk__in=mine).exists():
        return None
    left = list(
        pupils_without_place(round_.programme, today=clock.today())
        .filter(pk__in=mine)
        .order_by("school_class__name", "family_name", "given_name")
    )
    entries = Entry.objects.filter(round=round_, pupil__in=left).prefetch_related(
        "wishes", "field_wishes"
    )
    wishes = {row.pupil_id: len(row.wishes.all()) + len(row.field_wishes.all()) for row in entries}
    return [
        (name, [Left(p.full_name, p.public_id, wishes.get(p.pk, 0)) for p in group])
        for name, group in groupby(left, key=lambda p: p.school_class.name)
    ]
