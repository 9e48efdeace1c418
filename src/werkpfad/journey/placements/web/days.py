"""Today's page: who is expected at a company, and one tap per pupil, from portal and mail link alike."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.http import Http404, QueryDict

from werkpfad.base.core.actor import Actor
from werkpfad.base.core.ui.parts import Badge, Tone
from werkpfad.base.core.ui.shortcuts import load
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import NotADay
from werkpfad.journey.placements.enums import Presence
from werkpfad.journey.placements.models import Attendance, Placement
from werkpfad.journey.placements.queries import days_of, present_on, with_details
from werkpfad.journey.placements.web.answering import Reply

TONES: dict[str, Tone] = {
    Presence.PRESENT: "success",
    Presence.LATE: "warning",
    Presence.EXCUSED: "info",
    Presence.UNEXCUSED: "danger",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """One pupil of the day; `said` is the answer given, if any."""

    public_id: str
    name: str
    note: str
    said: Badge | None


def expected_on(day: date, placements: QuerySet[Placement]) -> list[Expected]:
    """Two queries and one for the answers of the day; nobody is expected on a weekend within a longer internship."""
    rows = with_details(present_on(day, placements)).prefetch_related(
        Prefetch("attendances", Attendance.objects.filter(day=day), to_attr="of_day")
    )
    return [_expected(row) for row in rows if day in days_of(row)]


def _expected(row: Placement) -> Expected:
    offer = row.slot.offer
    start = f"{offer.starts_at:%H:%M} Uhr · " if offer.starts_at else ""
    of_day: list[Attendance] = row.of_day  # type: ignore[attr-defined]
    answer = of_day[0] if of_day else None
    said = Badge(answer.get_presence_display(), TONES[answer.presence]) if answer else None
    return Expected(row.public_id, row.pupil.full_name, f"{start}{offer.title}", said)


def record_posted(
    posted: QueryDict,
    placements: QuerySet[Placement],
    *,
    day: date,
    by: Actor,
    at: datetime,
    today: date,
) -> Reply:
    """Carry out one tap: a presence, or 'undo'."""
    placement = load(with_details(placements), posted.get("placement", ""))
    name, tapped = placement.pupil.given_name, posted.get("presence", "")
    if tapped == "undo":
        actions.take_back_day(placement=placement, day=day, by=by, at=at)
        return Reply(f"{name}: Eintrag zurückgenommen.")
    if tapped not in Presence.values:
        raise Http404
    presence = Presence(tapped)
    try:
        actions.record_day(
            placement=placement, day=day, presence=presence, by=by, at=at, today=today
        )
    except NotADay:
        return Reply("Für diesen Tag kann nichts eingetragen werden.", good=False)
    return Reply(f"{name}: {presence.label}. Gespeichert.")
