"""Which programmes somebody sees, who takes part in them, and how full they are."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.journey.internships.enums import (
    OfferStatus,
    ProgrammeKind,
    ProgrammeStatus,
)
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.internships.rules import ProgrammePlan
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.schools.models import Pupil, School


@dataclass(frozen=True, slots=True)
class ProgrammeCounts:
    """How big a programme is at the moment; seats are those of published offers."""

    schools: int
    pupils: int
    offers: int
    seats: int
    taken: int


def visible_programmes(grants: Grants) -> QuerySet[Programme]:
    """All of a region one manages; what is open or closed in one's regions otherwise."""
    return Programme.objects.filter(
        Q(region__in=grants.regions_with(Permission.MANAGE_PROGRAMMES))
        | Q(
            region__in=grants.regions,
            status__in=(ProgrammeStatus.OPEN, ProgrammeStatus.CLOSED),
        )
    ).select_related("region")


def programmes_for(school: School, *, grade: int) -> QuerySet[Programme]:
    """Open programmes in which this school and grade take part. `grades` is JSON, so it is filtered in Python."""
    rows = (
        Programme.objects.filter(
            Q(schools__isnull=True) | Q(schools=school),
            region=school.organisation.region_id,
            status=ProgrammeStatus.OPEN,
        )
        .order_by("first_day", "pk")
        .distinct()
    )
    fitting = [row.pk for row in rows if grade in row.grades]
    return (
        Programme.objects.filter(pk__in=fitting)
        .select_related("region")
        .order_by("first_day", "pk")
    )


def schools_of(programme: Programme) -> QuerySet[School]:
    """The schools that take part: those named, or all active ones of the region if none is named."""
    named = School.objects.filter(programmes=programme)
    if not named.exists():
        named = School.objects.filter(
            organisation__region=programme.region_id,
            organisation__status=OrganisationStatus.ACTIVE,
        )
    return named.select_related("organisation").order_by("organisation__name", "pk")


def pupils_of(programme: Programme, *, today: date) -> QuerySet[Pupil]:
    """Pupils of the schools and grades that take part, in the programme's school year."""
    return Pupil.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=today),
        school_class__school__in=schools_of(programme),
        school_class__school_year=programme.school_year,
        school_class__grade__in=programme.grades,
    )


def days_of(programme: Programme) -> list[date]:
    """The days of a Praktikumswoche in order; none for a block."""
    if programme.kind != ProgrammeKind.WEEK:
        return []
    return [row.day for row in sorted(programme.days.all(), key=lambda row: row.day)]


def open_slots(programme: Programme) -> QuerySet[Slot]:
    """Slots of published offers of active companies in this programme."""
    return Slot.objects.filter(
        programme=programme,
        offer__status=OfferStatus.PUBLISHED,
        offer__organisation__status=OrganisationStatus.ACTIVE,
    )


def with_counts(queryset: QuerySet[Programme]) -> QuerySet[Programme]:
    """Annotates `offer_count` and `seat_count` (published offers only); one query for any number of rows."""
    slots = Slot.objects.filter(programme=OuterRef("pk"), offer__status=OfferStatus.PUBLISHED)
    grouped = slots.order_by().values("programme")
    offers = grouped.annotate(n=Count("offer", distinct=True)).values("n")
    seats = grouped.annotate(n=Sum("capacity")).values("n")
    return queryset.annotate(
        offer_count=Coalesce(Subquery(offers, output_field=IntegerField()), 0),
        seat_count=Coalesce(Subquery(seats, output_field=IntegerField()), 0),
    )


def counts_of(programme: Programme, *, today: date) -> ProgrammeCounts:
    figures = open_slots(programme).aggregate(
        offers=Count("offer", distinct=True), seats=Sum("capacity"), taken=Sum("taken")
    )
    return ProgrammeCounts(
        schools=schools_of(programme).count(),
        pupils=pupils_of(programme, today=today).count(),
        offers=figures["offers"],
        seats=figures["seats"] or 0,
        taken=figures["taken"] or 0,
    )


def plan_of(programme: Programme) -> ProgrammePlan:
    """The stored programme as the plan it came from."""
    return ProgrammePlan(
        kind=ProgrammeKind(programme.kind),
        title=programme.title,
        description=programme.description,
        first_day=programme.first_day,
        last_day=programme.last_day,
        offers_until=programme.offers_until,
        grades=tuple(programme.grades),
        min_age=programme.min_age,
        max_distance_km=programme.max_distance_km,
        max_days=programme.max_days,
        accepts_direct=programme.accepts_direct,
        is_school_event=programme.is_school_event,
        school_ids=frozenset(programme.schools.values_list("pk", flat=True)),
    )
