"""Each pupil of a class in one programme: red, amber or green, and who must act next. Five queries for any class."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.models import Application
from werkpfad.journey.internships.enums import ProgrammeStatus
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Entry
from werkpfad.journey.placements.enums import ACTIVE, SEATED, PlacementState
from werkpfad.journey.placements.models import Consent, Placement
from werkpfad.journey.placements.rules import (
    Light,
    Said,
    Signal,
    Standing,
    Waiting,
    open_sides,
    traffic_light,
)
from werkpfad.region.schools.models import Pupil, SchoolClass

BEFORE_ALLOCATION = (RoundPhase.WISHES, RoundPhase.ALLOCATION)


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil in one programme."""

    pupil: Pupil
    signal: Signal
    placements: tuple[Placement, ...] = ()
    open_applications: int = 0

    @property
    def public_id(self) -> str:
        return self.pupil.public_id

    @property
    def has_code(self) -> bool:
        return self.pupil.user is not None and hasattr(self.pupil.user, "access_code")

    @property
    def has_signed_in(self) -> bool:
        user = self.pupil.user
        return user is not None and self.has_code and user.access_code.last_used_at is not None

    @property
    def may_search(self) -> bool:
        """Whether a teacher could look for a place with the pupil: nothing is pending and something is missing."""
        return self.signal.waiting is Waiting.PUPIL and not any(
            p.state == PlacementState.PROPOSED for p in self.placements
        )

    @property
    def to_approve(self) -> Placement | None:
        """The proposal on which the school is to decide now."""
        if self.signal.waiting is not Waiting.SCHOOL:
            return None
        return next((p for p in self.placements if p.state == PlacementState.PROPOSED), None)


@dataclass(slots=True)
class _Part:
    """What one pupil has in the programme, collected from several tables."""

    placements: list[Placement] = field(default_factory=list)
    applications: int = 0
    entry: Entry | None = None


def programmes_of(school_class: SchoolClass) -> list[Programme]:
    """Programmes in which the class takes part, also closed ones; the earliest first. `grades` is JSON."""
    rows = (
        Programme.objects.filter(
            Q(schools__isnull=True) | Q(schools=school_class.school_id),
            region=school_class.school.organisation.region_id,
            school_year=school_class.school_year,
            status__in=(ProgrammeStatus.OPEN, ProgrammeStatus.CLOSED),
        )
        .select_related("region")
        .order_by("first_day", "pk")
        .distinct()
    )
    return [row for row in rows if school_class.grade in row.grades]


def programme_shown(
    programmes: Sequence[Programme], asked: str, *, today: date
) -> Programme | None:
    """The one asked for by public id; else the next to end; else the last."""
    for programme in programmes:
        if programme.public_id == asked:
            return programme
    coming = [p for p in programmes if p.last_day >= today]
    return coming[0] if coming else (programmes[-1] if programmes else None)


def board(pupils: Iterable[Pupil], programme: Programme) -> list[Line]:
    """A line per pupil, in the order given."""
    pupils = list(pupils)
    parts = _parts([pupil.pk for pupil in pupils], programme)
    return [_line(pupil, parts[pupil.pk]) for pupil in pupils]


def _parts(pupil_ids: list[int], programme: Programme) -> dict[int, _Part]:
    parts: dict[int, _Part] = defaultdict(_Part)
    placements = (
        Placement.objects.filter(pupil__in=pupil_ids, slot__programme=programme, state__in=ACTIVE)
        .select_related("slot__offer__organisation", "slot__programme")
        .prefetch_related(Prefetch("consents", Consent.objects.order_by("pk")))
        .order_by("slot__first_day", "pk")
    )
    for placement in placements:
        parts[placement.pupil_id].placements.append(placement)
    waiting = Application.objects.filter(
        pupil__in=pupil_ids, slot__programme=programme, state=ApplicationState.OPEN
    )
    for pupil_id in waiting.values_list("pupil", flat=True):
        parts[pupil_id].applications += 1
    entries = Entry.objects.filter(
        pupil__in=pupil_ids, round__programme=programme, submitted_at__isnull=False
    )
    for entry in entries.select_related("round").order_by("pk"):
        parts[entry.pupil_id].entry = entry
    return parts


def _line(pupil: Pupil, part: _Part) -> Line:
    entry = part.entry
    said = [
        Said(c.side, c.answer, c.due_at)
        for p in part.placements
        if p.state == PlacementState.PROPOSED
        for c in p.consents.all()
    ]
    standing = Standing(
        confirmed=sum(p.state in SEATED for p in part.placements),
        wanted=entry.wanted_days if entry else 1,
        waiting_for=open_sides(said),
        open_applications=part.applications,
        in_round=entry is not None and entry.round.phase in BEFORE_ALLOCATION,
    )
    return Line(pupil, traffic_light(standing), tuple(part.placements), part.applications)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many pupils of a class are where."""

    red: int
    amber: int
    green: int

    @property
    def total(self) -> int:
        return self.red + self.amber + self.green


def figures(lines: Iterable[Line]) -> Figures:
    count = Counter(line.signal.light for line in lines)
    return Figures(count[Light.RED], count[Light.AMBER], count[Light.GREEN])


def matches(line: Line, shown: str) -> bool:
    """Whether a line belongs to a filter of the class page; an unknown filter shows everybody."""
    match shown:
        case "rot":
            return line.signal.light is Light.RED
        case "gelb":
            return line.signal.light is Light.AMBER
        case "gruen":
            return line.signal.light is Light.GREEN
        case "betrieb":
            return line.signal.waiting is Waiting.COMPANY
        case "schueler":
            return line.signal.waiting is Waiting.PUPIL
        case "schule":
            return line.signal.waiting is Waiting.SCHOOL
        case "ohne-anmeldung":
            return not line.has_signed_in
        case _:
            return True
