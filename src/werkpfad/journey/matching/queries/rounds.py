"""Which rounds somebody sees, in which phase they are, and what was done by hand."""

from datetime import date

from django.db.models import Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.internships.enums import ProgrammeStatus
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.internships.queries import programmes_for
from werkpfad.journey.matching.enums import Equity, RoundPhase
from werkpfad.journey.matching.models import Round, Ruling
from werkpfad.journey.matching.rules import RoundPlan, phase_on
from werkpfad.region.schools.models import Pupil


def visible_rounds(grants: Grants) -> QuerySet[Round]:
    """Rounds of the regions in which one runs rounds. Everybody else reads of a round on its programme's page."""
    return Round.objects.filter(
        programme__region__in=grants.regions_with(Permission.RUN_ROUNDS)
    ).select_related("programme__region")


def plan_of(round_: Round) -> RoundPlan:
    """The stored round as the plan it came from."""
    return RoundPlan(
        wishes_from=round_.wishes_from,
        wishes_until=round_.wishes_until,
        publish_on=round_.publish_on,
        confirm_until=round_.confirm_until,
        min_wishes=round_.min_wishes,
        max_wishes=round_.max_wishes,
        equity=Equity(round_.equity),
        leftovers_until=round_.leftovers_until,
        fills_nightly=round_.fills_nightly,
    )


def phase_of(round_: Round, *, today: date) -> RoundPhase:
    """The phase that holds today, also when the nightly task has not moved the row yet."""
    return phase_on(round_.phase, plan_of(round_), today)


def round_of(programme: Programme) -> Round | None:
    """The running round of a programme, or else its latest."""
    rows = list(programme.rounds.select_related("programme__region").order_by("-pk"))
    running = [row for row in rows if row.phase != RoundPhase.CLOSED]
    return next(iter(running or rows), None)


def rounds_for(pupil: Pupil) -> QuerySet[Round]:
    """Rounds in which this pupil takes part, not closed, the earliest deadline first."""
    school_class = pupil.school_class
    programmes = programmes_for(school_class.school, grade=school_class.grade).filter(
        school_year=school_class.school_year
    )
    return (
        Round.objects.filter(programme__in=programmes)
        .exclude(phase=RoundPhase.CLOSED)
        .select_related("programme__region")
        .order_by("wishes_until", "pk")
    )


def rounds_to_advance(*, today: date) -> QuerySet[Round]:
    """Rounds whose dates have moved on from the stored phase."""
    return Round.objects.filter(
        Q(phase=RoundPhase.PLANNED, wishes_from__lte=today)
        | Q(phase=RoundPhase.WISHES, wishes_until__lt=today)
        | Q(phase=RoundPhase.PUBLISHED, confirm_until__lt=today)
        | Q(phase=RoundPhase.LEFTOVERS, leftovers_until__lt=today)
    ).exclude(programme__status=ProgrammeStatus.DRAFT)


def rounds_in_leftovers(*, today: date) -> QuerySet[Round]:
    """Rounds of open programmes whose leftover market runs today, also where the row was not moved yet."""
    return (
        Round.objects.filter(
            phase__in=(RoundPhase.PUBLISHED, RoundPhase.LEFTOVERS),
            confirm_until__lt=today,
            leftovers_until__gte=today,
            programme__status=ProgrammeStatus.OPEN,
        )
        .select_related("programme__region")
        .order_by("pk")
    )


def leftovers_of(programme: Programme, *, today: date) -> Round | None:
    """The programme's round while its leftover market runs."""
    return rounds_in_leftovers(today=today).filter(programme=programme).first()


def log_of(round_: Round) -> QuerySet[AuditEvent]:
    """What was done to the round and its runs, newest first."""
    runs = round_.runs.values("public_id")
    rulings = Ruling.objects.filter(entry__round=round_).values("public_id")
    return AuditEvent.objects.filter(
        Q(object_kind="matching.round", object_id=round_.public_id)
        | Q(object_kind="matching.run", object_id__in=runs)
        | Q(object_kind="matching.ruling", object_id__in=rulings)
    ).order_by("-at", "-pk")
