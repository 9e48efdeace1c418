"""Runs, their results, and what a result says for whom."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.journey.matching.enums import RunKind, RunStatus
from werkpfad.journey.matching.models import Entry, Proposal, Round, Run
from werkpfad.journey.matching.queries.rounds import visible_rounds
from werkpfad.region.schools.models import Pupil

# A fill-up that found nothing for somebody is no result: the next night tries again.
NO_NEWS = Q(run__kind=RunKind.FILL, slot__isnull=True)
STALLED_AFTER = timedelta(minutes=15)


def visible_runs(grants: Grants) -> QuerySet[Run]:
    return Run.objects.filter(round__in=visible_rounds(grants)).select_related(
        "round__programme__region"
    )


def runs_of(round_: Round) -> QuerySet[Run]:
    """Newest first, without the large texts."""
    return Run.objects.filter(round=round_).defer("input", "result").order_by("-created_at", "-pk")


def is_stalled(run: Run, *, at: datetime) -> bool:
    """A run whose worker has died: it may be started again."""
    return (
        run.status == RunStatus.RUNNING
        and run.started_at is not None
        and at - run.started_at > STALLED_AFTER
    )


def purpose_of(run: Run) -> str:
    """For what its lots are drawn: a variant has those of its base (see `rules.run_seed`)."""
    source = run.base or run
    if source.kind == RunKind.FILL:
        return f"fill:{source.for_day:%Y-%m-%d}"
    return "final" if source.kind == RunKind.FINAL else f"dry:{source.public_id}"


def handed_in_order(round_: Round) -> list[str]:
    """Entries as they were handed in, those not handed in last; what first come first served goes by."""
    rows = Entry.objects.filter(round=round_).order_by(F("submitted_at").asc(nulls_last=True), "pk")
    return list(rows.values_list("public_id", flat=True))


def is_under_way(run_id: str, attempt: int) -> bool:
    """Whether somebody still waits for this attempt."""
    return Run.objects.filter(public_id=run_id, attempt=attempt, status=RunStatus.RUNNING).exists()


def published_run(round_: Round) -> Run | None:
    """The round's result; fill-ups come on top of it."""
    return Run.objects.filter(round=round_, kind=RunKind.FINAL, status=RunStatus.PUBLISHED).first()


def proposals_of(run: Run) -> QuerySet[Proposal]:
    """One row per place, or one without slot; ready to be shown or turned into placements."""
    return (
        Proposal.objects.filter(run=run)
        .select_related(
            "entry__pupil__school_class__school__organisation",
            "slot__programme__region",
            "slot__offer__organisation",
            "slot__offer__site",
            "slot__offer__main_field",
        )
        .order_by("entry__pupil__family_name", "entry__pupil__given_name", "slot__first_day", "pk")
    )


def published_proposals(pupil: Pupil) -> QuerySet[Proposal]:
    """What published runs say for one pupil, newest round first."""
    return (
        Proposal.objects.filter(entry__pupil=pupil, run__status=RunStatus.PUBLISHED)
        .exclude(NO_NEWS)
        .select_related(
            "run__round__programme__region",
            "slot__offer__organisation",
            "slot__offer__site",
            "slot__offer__main_field",
        )
        .order_by("-run__published_at", "slot__first_day", "pk")
    )


def last_fill(round_: Round) -> Run | None:
    """The newest fill-up, without the large texts."""
    runs = Run.objects.filter(round=round_, kind=RunKind.FILL).defer("input", "result")
    return runs.order_by("-for_day").first()


def withdrawn_rounds(pupil: Pupil) -> set[int]:
    """Rounds of which the pupil has read a result that was taken back."""
    return set(
        Run.objects.filter(status=RunStatus.WITHDRAWN, proposals__entry__pupil=pupil).values_list(
            "round_id", flat=True
        )
    )


def published_for(pupils: QuerySet[Pupil]) -> QuerySet[Proposal]:
    """What published runs say for these pupils, newest round first, then by class and name."""
    return (
        Proposal.objects.filter(entry__pupil__in=pupils, run__status=RunStatus.PUBLISHED)
        .exclude(NO_NEWS)
        .select_related(
            "run__round__programme",
            "entry__pupil__school_class",
            "slot__offer__organisation",
        )
        .order_by(
            "-run__published_at",
            "entry__pupil__school_class__name",
            "entry__pupil__family_name",
            "entry__pupil__given_name",
            "slot__first_day",
            "pk",
        )
    )
