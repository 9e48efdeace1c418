"""How a round stands before it is run: who has wishes, what is contested, what nobody wants."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.queries import open_slots, pupils_of
from werkpfad.journey.matching.models import Entry, FieldWish, Round
from werkpfad.region.schools.models import Pupil

LONGEST_LIST = 10


@dataclass(frozen=True, slots=True)
class SchoolStand:
    """One school: how many could take part, and how many have handed in."""

    name: str
    pupils: int
    submitted: int


@dataclass(frozen=True, slots=True)
class Demand:
    """A place or a field with how many want it and how many seats are free."""

    label: str
    note: str
    wanted: int
    seats: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """Figures of one round; `contested` has most wishes per seat first, `unwanted` are offers on no list."""

    pupils: int
    submitted: int
    too_few: int
    wishes: int
    seats: int
    schools: list[SchoolStand]
    contested: list[Demand]
    unwanted: list[Demand]

    @property
    def without(self) -> int:
        return max(self.pupils - self.submitted - self.too_few, 0)


def readiness(round_: Round, *, today: date) -> Readiness:
    """Eight queries at most, whatever the size."""
    week = round_.programme.kind == ProgrammeKind.WEEK
    pupils = pupils_of(round_.programme, today=today)
    entries = Entry.objects.filter(round=round_, pupil__in=pupils)
    submitted = Q(submitted_at__isnull=False)
    figures = entries.aggregate(
        submitted=Count("pk", filter=submitted, distinct=True),
        started=Count("pk", distinct=True),
        wishes=Count("field_wishes" if week else "wishes", distinct=True),
    )
    demand = _field_demand(round_) if week else _slot_demand(round_)
    return Readiness(
        pupils=pupils.count(),
        submitted=figures["submitted"],
        too_few=figures["started"] - figures["submitted"],
        wishes=figures["wishes"],
        seats=sum(row.seats for row in demand),
        schools=_schools(pupils, round_),
        contested=_contested(demand),
        unwanted=[row for row in demand if row.wanted == 0 and row.seats > 0],
    )


def _schools(pupils: QuerySet[Pupil], round_: Round) -> list[SchoolStand]:
    done = Count(
        "pk",
        distinct=True,
        filter=Q(entries__round=round_, entries__submitted_at__isnull=False),
    )
    rows = (
        pupils.order_by("school_class__school__organisation__name")
        .values_list("school_class__school__organisation__name")
        .annotate(n=Count("pk", distinct=True), done=done)
    )
    return [SchoolStand(name, n, count) for name, n, count in rows]


def _slot_demand(round_: Round) -> list[Demand]:
    slots = (
        open_slots(round_.programme)
        .annotate(
            wanted=Count("wishes", filter=Q(wishes__entry__round=round_)),
            free=F("capacity") - F("taken"),
        )
        .select_related("offer__organisation")
        .order_by("offer__title", "pk")
    )
    return [Demand(s.offer.title, s.offer.organisation.name, s.wanted, s.free) for s in slots]


def _field_demand(round_: Round) -> list[Demand]:
    """Per field: pupils who named it, and seats on all days."""
    found = field_demand(round_)
    titles = dict(Field.objects.filter(code__in=found).values_list("code", "title"))
    rows = [Demand(titles[code], "", *pair) for code, pair in found.items()]
    return sorted(rows, key=lambda row: row.label)


def field_demand(round_: Round) -> dict[str, tuple[int, int]]:
    """By the code of a field: how many lists of a week name it, and its free seats on all days. Two queries."""
    named = dict(
        FieldWish.objects.filter(entry__round=round_)
        .values_list("field__code")
        .annotate(n=Count("entry", distinct=True))
    )
    seats: dict[str, int] = {}
    rows = open_slots(round_.programme).values_list("offer__main_field__code", "capacity", "taken")
    for code, capacity, taken in rows:
        seats[code] = seats.get(code, 0) + capacity - taken
    return {code: (named.get(code, 0), seats.get(code, 0)) for code in named.keys() | seats.keys()}


def _contested(demand: list[Demand]) -> list[Demand]:
    tight = [row for row in demand if row.wanted > row.seats]
    tight.sort(key=lambda row: (-row.wanted / max(row.seats, 1), row.label))
    return tight[:LONGEST_LIST]
