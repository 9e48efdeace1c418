"""Published results: for the pupil with the reason, for teachers by class. Never another pupil's name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import on_a_tile
from werkpfad.base.core.ui.shortcuts import require
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching import queries
from werkpfad.journey.matching.enums import RoundPhase, RunKind
from werkpfad.journey.matching.models import Proposal, Round
from werkpfad.journey.matching.rules import (
    Guidance,
    guidance,
    headline,
    lottery_line,
    next_step,
    telling,
    why_not,
    why_not_for_teacher,
    without_place,
)
from werkpfad.journey.matching.web.request import pupil_asked
from werkpfad.journey.placements.endings import ending_sentence
from werkpfad.journey.placements.enums import ACTIVE
from werkpfad.journey.placements.models import Placement
from werkpfad.region.schools.queries import taught_pupils


@dataclass(frozen=True, slots=True)
class Refused:
    """A dearer wish that was not granted, and why."""

    rank: int
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """What one round says for one pupil."""

    round: Round
    proposals: list[Proposal]
    headlines: list[tuple[Proposal, str]]
    refused: list[Refused]
    lottery: str
    next_step: str
    is_week: bool = False
    is_fill: bool = False
    ended: str = ""
    what_next: Guidance | None = None

    @property
    def published_at(self) -> datetime | None:
        return self.proposals[0].run.published_at

    @property
    def has_place(self) -> bool:
        return any(proposal.slot_id for proposal in self.proposals)


@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """The pupil's result with its reason, or what is being waited for."""
    today = clock.today()
    pupil = pupil_asked(request, None, today=today)
    rows = list(queries.published_proposals(pupil))
    titles = _titles(rows)
    placements = _placements(rows)
    results = [
        _result(list(group), titles, placements, today=today)
        for _, group in groupby(rows, key=lambda row: row.run_id)
    ]
    known = {found.round.pk for found in results}
    undone = queries.withdrawn_rounds(pupil)
    waiting = [
        (r, WITHDRAWN if r.pk in undone else _guidance(r, today=today), _way(r, today=today))
        for r in queries.rounds_for(pupil)
        if r.pk not in known
    ]
    return render(request, "matching/result.html", {"results": results, "waiting": waiting})


WITHDRAWN = Guidance(
    "Es wird noch einmal zugeteilt",
    "Das erste Ergebnis wurde zurückgenommen. Das liegt nicht an dir, und deine Wünsche sind noch da. "
    "Sobald es ein neues Ergebnis gibt, steht es hier.",
)


_WAYS = {
    RoundPhase.WISHES: ("matching:wishes", "Zu meiner Liste"),
    RoundPhase.LEFTOVERS: ("matching:leftovers", "Freie Plätze ansehen"),
}


def _way(round_: Round, *, today: date) -> tuple[str, str] | None:
    return _WAYS.get(queries.phase_of(round_, today=today))


def _guidance(round_: Round, *, today: date) -> Guidance:
    return guidance(queries.phase_of(round_, today=today), "pupil", queries.plan_of(round_))


def _titles(rows: Iterable[Proposal]) -> dict[str, str]:
    """Titles of the refused places, in one query; a day of a week with its date."""
    keys = {refused["slot"] for row in rows for refused in row.facts.get("refused", ())}
    found = Slot.objects.filter(public_id__in=keys).select_related("offer", "programme")
    return {slot.public_id: _title(slot) for slot in found}


def _title(slot: Slot) -> str:
    if slot.programme.kind != ProgrammeKind.WEEK:
        return slot.offer.title
    return f"{slot.offer.title} ({on_a_tile(slot.first_day)})"


def _placements(rows: Iterable[Proposal]) -> dict[int, Placement]:
    """What became of the proposals, in one query."""
    found = Placement.objects.filter(proposal__in=[row.pk for row in rows])
    return {row.proposal_id: row for row in found if row.proposal_id is not None}


def _ended(rows: list[Proposal], placements: dict[int, Placement]) -> str:
    """How it ended, if nothing of this result is open or confirmed any more."""
    mine = [placements[row.pk] for row in rows if row.pk in placements]
    if not mine or any(row.state in ACTIVE for row in mine):
        return ""
    return ending_sentence(mine[0], to_pupil=True)


def _what_next(round_: Round, *, today: date) -> Guidance:
    return without_place(queries.phase_of(round_, today=today), queries.plan_of(round_))


def _result(
    rows: list[Proposal],
    titles: dict[str, str],
    placements: dict[int, Placement],
    *,
    today: date,
) -> Result:
    ended = _ended(rows, placements)
    facts: dict[str, Any] = rows[0].facts
    has_place = rows[0].slot_id is not None
    is_week = facts.get("kind") == "week"
    ranks = (row.rank for row in rows if row.rank is not None)
    best = None if is_week else min(ranks, default=None)
    return Result(
        round=rows[0].run.round,
        proposals=rows,
        headlines=[
            (row, headline(facts, rank=row.rank, has_place=has_place, reason=row.reason))
            for row in rows
        ],
        refused=[
            Refused(row["rank"], titles[row["slot"]], why_not(row["code"]))
            for row in telling(facts.get("refused", ()), best=best)
            if row["slot"] in titles
        ],
        is_week=is_week,
        lottery=lottery_line(facts),
        next_step=next_step(has_place=has_place),
        is_fill=rows[0].run.kind == RunKind.FILL,
        ended=ended,
        what_next=_what_next(rows[0].run.round, today=today) if ended or not has_place else None,
    )


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One pupil in a teacher's list."""

    name: str
    public_id: str
    places: list[str]
    note: str
    refused: list[str] = field(default_factory=list)


@require_safe
def class_results(request: HttpRequest) -> HttpResponse:
    """The newest published round of one's classes, class by class; `?runde=` shows another."""
    grants = grants_of(request)
    require(grants.has(Permission.MANAGE_CLASSES))
    rows = list(queries.published_for(taught_pupils(grants)))
    rounds = {row.run.round.public_id: row.run.round for row in rows}
    wanted = request.GET.get("runde", "")
    shown = rounds.get(wanted) or next(iter(rounds.values()), None)
    mine = [row for row in rows if shown is not None and row.run.round_id == shown.pk]
    mine.sort(key=_by_class)  # rows of fill-ups stand beside those of the result
    titles = _titles(mine)
    classes = [
        (name, _lines(list(group), titles))
        for name, group in groupby(mine, key=lambda row: row.entry.pupil.school_class.name)
    ]
    context = {"rounds": list(rounds.values()), "shown": shown, "classes": classes}
    return render(request, "matching/class_results.html", context)


def _by_class(row: Proposal) -> tuple[str, str, str, int]:
    pupil = row.entry.pupil
    return pupil.school_class.name, pupil.family_name, pupil.given_name, pupil.pk


def _lines(rows: list[Proposal], titles: dict[str, str]) -> list[PupilLine]:
    lines = []
    for pupil, group in groupby(rows, key=lambda row: row.entry.pupil):
        found = list(group)
        found = [row for row in found if row.slot_id] or found
        places = [f"{row.slot.offer.organisation.name} ({_rank(row)})" for row in found if row.slot]
        lines.append(
            PupilLine(
                pupil.full_name,
                pupil.public_id,
                places,
                _note(found[0]),
                _refused(found, titles),
            )
        )
    return lines


def _refused(rows: list[Proposal], titles: dict[str, str]) -> list[str]:
    """Each dearer wish that was refused, with the reason; in a week each place."""
    facts = rows[0].facts
    ranks = (row.rank for row in rows if row.rank is not None)
    best = None if facts.get("kind") == "week" else min(ranks, default=None)
    return [
        f"{row['rank']}. {titles[row['slot']]}: {why_not_for_teacher(row['code'])}"
        for row in telling(facts.get("refused", ()), best=best)
        if row["slot"] in titles
    ]


def _rank(row: Proposal) -> str:
    if row.reason == "office":
        return "von der Koordination festgelegt"
    if row.facts.get("kind") == "week" and row.slot:
        return on_a_tile(row.slot.first_day)
    if row.run.kind == RunKind.FILL:
        return "aus der Restplatzbörse"
    return f"{row.rank}. Wunsch" if row.rank else "anderer Platz"


def _note(row: Proposal) -> str:
    """For pupils without a place: how their wishes failed."""
    if row.slot_id is not None:
        return ""
    codes = dict.fromkeys(refused["code"] for refused in row.facts.get("refused", ()))
    reasons = "; ".join(why_not_for_teacher(code) for code in codes)
    return f"Noch ohne Platz. Wünsche: {reasons}." if reasons else "Noch ohne Platz."
