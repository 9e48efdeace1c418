"""What the region's office sees of a programme: counts by school, never a name."""

from datetime import date, datetime
from operator import attrgetter

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.models import Application
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeStatus
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.internships.queries import pupils_of
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import FieldWish, Round, Wish
from werkpfad.journey.placements.enums import SEATED, Answer, PlacementState, Side
from werkpfad.journey.placements.models import Consent, Placement
from werkpfad.region.schools.enums import SchoolForm
from werkpfad.steering.reporting.rules import (
    AnswerTimes,
    Deadline,
    SchoolStanding,
    answer_times,
)


def visible_programmes(grants: Grants) -> QuerySet[Programme]:
    """Programmes beyond draft in regions whose figures one may see, newest first."""
    return (
        Programme.objects.filter(region__in=grants.regions_with(Permission.SEE_REGION_FIGURES))
        .exclude(status=ProgrammeStatus.DRAFT)
        .select_related("region")
        .order_by("-first_day", "pk")
    )


def standings(programme: Programme, *, today: date) -> list[SchoolStanding]:
    """One row per school in one query. Placed goes before pending, pending before wishing."""
    placements = Placement.objects.filter(pupil=OuterRef("pk"), slot__programme=programme)
    applications = Application.objects.filter(
        pupil=OuterRef("pk"), slot__programme=programme, state=ApplicationState.OPEN
    )
    wishes = Wish.objects.filter(entry__pupil=OuterRef("pk"), entry__round__programme=programme)
    fields = FieldWish.objects.filter(
        entry__pupil=OuterRef("pk"), entry__round__programme=programme
    )
    rows = (
        pupils_of(programme, today=today)
        .annotate(
            is_placed=Exists(placements.filter(state__in=SEATED)),
            is_pending=Exists(placements.filter(state=PlacementState.PROPOSED))
            | Exists(applications),
            is_wishing=Exists(wishes) | Exists(fields),
        )
        .values(
            school=F("school_class__school__organisation__public_id"),
            name=F("school_class__school__organisation__name"),
            form=F("school_class__school__main_form"),
        )
        .annotate(
            pupils=Count("pk"),
            placed=Count("pk", filter=Q(is_placed=True)),
            pending=Count("pk", filter=Q(is_placed=False, is_pending=True)),
            wishing=Count("pk", filter=Q(is_placed=False, is_pending=False, is_wishing=True)),
        )
        .order_by("name")
    )
    return [
        SchoolStanding(
            school_id=row["school"],
            name=row["name"],
            form=SchoolForm(row["form"]).label,
            pupils=row["pupils"],
            placed=row["placed"],
            pending=row["pending"],
            wishing=row["wishing"],
            silent=row["pupils"] - row["placed"] - row["pending"] - row["wishing"],
        )
        for row in rows
    ]


def _count_of(rows: QuerySet[Placement] | QuerySet[Wish]) -> Coalesce:
    counted = rows.order_by().values("slot").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def slots_with_demand(programme: Programme) -> QuerySet[Slot]:
    """Published slots with `demand` (wishes) and `held` (seats taken or proposed)."""
    here = {"slot": OuterRef("pk")}
    return (
        Slot.objects.filter(programme=programme, offer__status=OfferStatus.PUBLISHED)
        .select_related("offer__organisation", "offer__main_field", "offer__site")
        .annotate(
            demand=_count_of(Wish.objects.filter(**here)),
            held=F("taken")
            + _count_of(Placement.objects.filter(**here, state=PlacementState.PROPOSED)),
        )
    )


def empty_slots(programme: Programme) -> QuerySet[Slot]:
    """Slots nobody has, is proposed for, or wishes for."""
    return slots_with_demand(programme).filter(demand=0, held=0).order_by("offer__title", "pk")


def seats(programme: Programme) -> dict[str, int]:
    """All seats of published offers and those taken."""
    sums = Slot.objects.filter(programme=programme, offer__status=OfferStatus.PUBLISHED).aggregate(
        capacity=Coalesce(Sum("capacity"), 0), taken=Coalesce(Sum("taken"), 0)
    )
    return {"capacity": sums["capacity"], "taken": sums["taken"]}


def company_answers(programme: Programme, *, at: datetime) -> AnswerTimes:
    """Answer times of companies in one programme, proposals and requests together."""
    consents = Consent.objects.filter(placement__slot__programme=programme, side=Side.COMPANY)
    answered = consents.exclude(answer=Answer.OPEN).values_list(
        "placement__proposed_at", "answered_at", "due_at"
    )
    rows = [(asked, told, due) for asked, told, due in answered if told is not None]
    open_ones = consents.filter(answer=Answer.OPEN, placement__state=PlacementState.PROPOSED)
    counts = open_ones.aggregate(open=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=at)))
    return answer_times(
        [(told - asked).total_seconds() / 3600 for asked, told, _ in rows],
        within_deadline=sum(told <= due for _, told, due in rows),
        open_=counts["open"],
        overdue=counts["overdue"],
    )


def deadlines(grants: Grants, *, today: date) -> list[Deadline]:
    """What ends next in the regions one sees, earliest first."""
    programmes = visible_programmes(grants).filter(status=ProgrammeStatus.OPEN, last_day__gte=today)
    found = []
    for programme in programmes:
        found += [
            Deadline(
                programme.offers_until,
                "Betriebe melden Plätze bis",
                programme.public_id,
                programme.title,
            ),
            Deadline(
                programme.first_day, "Das Praktikum beginnt", programme.public_id, programme.title
            ),
        ]
    rounds = Round.objects.filter(programme__in=programmes).exclude(phase=RoundPhase.CLOSED)
    for round_ in rounds.select_related("programme"):
        where = (round_.programme.public_id, round_.programme.title)
        found += [
            Deadline(round_.wishes_until, "Wunschabgabe bis", *where),
            Deadline(round_.publish_on, "Ergebnis wird veröffentlicht", *where),
            Deadline(round_.confirm_until, "Bestätigung bis", *where),
        ]
        if round_.leftovers_until is not None:
            found.append(Deadline(round_.leftovers_until, "Restplatzbörse bis", *where))
    return sorted((d for d in found if d.day >= today), key=attrgetter("day", "what"))
