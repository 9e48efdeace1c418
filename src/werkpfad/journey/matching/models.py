"""Rounds: pupils' wishes, and runs of the engine with everything needed to recompute them."""

from django.db import models
from django.db.models import F, Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.matching.enums import (
    Equity,
    RoundPhase,
    RulingKind,
    RunKind,
    RunStage,
    RunStatus,
)
from werkpfad.region.schools.models import Pupil


class Round(Record):
    """One allocation round of a programme with its dates. Both dates of a phase are included.

    Without `leftovers_until` the round ends when everybody has confirmed; with it, what is free is given to those
    who are left, and `fills_nightly` says that proposals of the nightly fill-up go out by themselves.

    `seed` is drawn when the round is created and kept secret until the result is published; `seed_commitment`
    (its SHA-256) is public from the beginning, so that nobody can choose a convenient seed afterwards.
    """

    privacy = Privacy(
        purpose="Zuteilungsrunden",
        retention=Retention.TEN_YEARS_RECORD,
        open={
            "programme",
            "phase",
            "wishes_from",
            "wishes_until",
            "publish_on",
            "confirm_until",
            "leftovers_until",
            "fills_nightly",
            "min_wishes",
            "max_wishes",
            "equity",
            "seed",
            "seed_commitment",
        },
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    phase = models.CharField(max_length=10, choices=RoundPhase, default=RoundPhase.PLANNED)
    wishes_from = models.DateField()
    wishes_until = models.DateField()
    publish_on = models.DateField()
    confirm_until = models.DateField()
    leftovers_until = models.DateField(null=True, blank=True)
    fills_nightly = models.BooleanField(default=False)
    min_wishes = models.PositiveSmallIntegerField(default=3)
    max_wishes = models.PositiveSmallIntegerField(default=10)
    equity = models.CharField(max_length=6, choices=Equity, default=Equity.NONE)
    seed = models.CharField(max_length=64, blank=True)
    seed_commitment = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(phase__in=RoundPhase.values), name="round_phase_known"
            ),
            models.CheckConstraint(
                condition=Q(wishes_until__gte=F("wishes_from"))
                & Q(publish_on__gt=F("wishes_until"))
                & Q(confirm_until__gt=F("publish_on")),
                name="round_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(leftovers_until__isnull=True)
                | Q(leftovers_until__gt=F("confirm_until")),
                name="round_leftovers_after_confirmation",
            ),
            models.CheckConstraint(
                condition=Q(
                    max_wishes__gte=F("min_wishes"),
                    max_wishes__lte=30,
                    min_wishes__gte=1,
                ),
                name="round_wish_numbers_sane",
            ),
            models.CheckConstraint(
                condition=Q(equity__in=Equity.values), name="round_equity_known"
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=~Q(phase=RoundPhase.CLOSED),
                name="round_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.public_id}"


class Entry(Record):
    """A pupil's part in a round: days that suit (ISO dates, week only) and how many are wanted.

    With `takes_other` the pupil would rather have another place near home in a field of the profile than none.
    """

    privacy = Privacy(
        purpose="Teilnahme an einer Zuteilungsrunde",
        retention=Retention.WINDOW_PLUS_THREE_MONTHS,
        personal={"pupil", "days", "wanted_days", "takes_other", "submitted_at"},
        open={"round"},
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="entries")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="entries")
    days = models.JSONField(default=list, blank=True)
    wanted_days = models.PositiveSmallIntegerField(default=1)
    takes_other = models.BooleanField(default=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "pupil"], name="entry_once"),
            models.CheckConstraint(
                condition=Q(wanted_days__range=(1, 10)), name="entry_wanted_days_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.public_id}"


class Wish(Record):
    """A ranked wish (1 = dearest) for one slot; block programmes."""

    privacy = Privacy(
        purpose="Wünsche",
        retention=Retention.WINDOW_PLUS_THREE_MONTHS,
        personal={"entry", "slot", "rank"},
    )

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="wishes")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "slot"], name="wish_once"),
            models.UniqueConstraint(fields=["entry", "rank"], name="wish_rank_once"),
            models.CheckConstraint(condition=Q(rank__range=(1, 30)), name="wish_rank_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.slot_id}"


class FieldWish(Record):
    """A ranked field (1 = dearest); Praktikumswoche."""

    privacy = Privacy(
        purpose="Wünsche",
        retention=Retention.WINDOW_PLUS_THREE_MONTHS,
        personal={"entry", "field", "rank"},
    )

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="field_wishes")
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="field_wish_once"),
            models.UniqueConstraint(fields=["entry", "rank"], name="field_wish_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.field_id}"


class Ruling(Record):
    """A decision of the office by hand: this pupil gets this place, or does not get this offer (on any day).

    It stays readable after it was lifted. The reason is for the office alone; who wrote it stands in `decided_by_id`.
    """

    privacy = Privacy(
        purpose="Festlegungen der Koordination vor einer Zuteilung",
        retention=Retention.WINDOW_PLUS_THREE_MONTHS,
        personal={"entry", "slot", "kind", "reason"},
        open={"decided_by_id", "decided_at", "lifted_by_id", "lifted_at"},
    )

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="rulings")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="rulings")
    kind = models.CharField(max_length=3, choices=RulingKind)
    reason = models.CharField(max_length=300)
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField()
    lifted_by_id = models.BigIntegerField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RulingKind.values), name="ruling_kind_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ruling_has_reason"),
            models.UniqueConstraint(
                fields=["entry", "slot"],
                condition=Q(lifted_at__isnull=True),
                name="ruling_once",
            ),
        ]

    def __str__(self) -> str:
        return f"ruling {self.public_id}"


class Run(Record):
    """One computation: frozen input, seed, engine version, result. Persons stand in it as entry ids only.

    A fill-up belongs to one night (`for_day`), so that it is computed once however many workers try.
    `attempt` grows with each restart, so that a worker believed dead cannot write into its successor's run.
    A trial or a comparison of rules belongs to a `base` run, shares its seed, and can never be published.
    """

    privacy = Privacy(
        purpose="Nachvollziehbare Zuteilung",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"input", "result", "withdrawn_reason"},
        open={
            "round",
            "kind",
            "for_day",
            "status",
            "equity",
            "seed",
            "attempt",
            "engine_version",
            "input_hash",
            "result_hash",
            "summary",
            "progress",
            "stage",
            "base",
            "variation",
            "error",
            "started_at",
            "finished_at",
            "published_at",
            "withdrawn_at",
        },
    )

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=5, choices=RunKind)
    for_day = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=RunStatus, default=RunStatus.QUEUED)
    equity = models.CharField(max_length=6, choices=Equity, default=Equity.NONE)
    seed = models.CharField(max_length=64)
    attempt = models.PositiveSmallIntegerField(default=1)
    engine_version = models.CharField(max_length=40, blank=True)
    input = models.JSONField(default=dict)
    input_hash = models.CharField(max_length=64, blank=True)
    result = models.JSONField(default=dict)
    result_hash = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(default=dict)
    progress = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=10, choices=RunStage, blank=True)
    base = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="variants"
    )
    variation = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=RunStatus.values), name="run_status_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=RunKind.values), name="run_kind_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="run_progress_percent"),
            models.CheckConstraint(
                condition=Q(kind__in=(RunKind.TRIAL, RunKind.RULES), base__isnull=False)
                | ~Q(kind__in=(RunKind.TRIAL, RunKind.RULES)) & Q(base__isnull=True),
                name="run_variant_has_base",
            ),
            models.CheckConstraint(
                condition=~Q(status=RunStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="run_published_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=RunStatus.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                name="run_withdrawn_has_time",
            ),
            models.CheckConstraint(
                condition=Q(kind=RunKind.FILL, for_day__isnull=False)
                | (~Q(kind=RunKind.FILL) & Q(for_day__isnull=True)),
                name="run_fill_has_night",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(status=RunStatus.PUBLISHED, kind=RunKind.FINAL),
                name="run_published_once",
            ),
            models.UniqueConstraint(
                fields=["round", "for_day"],
                condition=Q(kind=RunKind.FILL),
                name="run_fill_once_a_night",
            ),
        ]
        indexes = [models.Index(fields=["round", "-created_at"], name="run_list")]

    def __str__(self) -> str:
        return f"run {self.public_id}"


class Proposal(Record):
    """What a run says for one entry: a slot, or none; always with a reason (code and facts, no other's name)."""

    privacy = Privacy(
        purpose="Vorschlag und Begründung",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"entry", "slot", "rank", "distance_km", "reason", "facts"},
        open={"run"},
    )

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposals")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="proposals")
    slot = models.ForeignKey(
        Slot, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    distance_km = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "entry", "slot"], name="proposal_once"),
            models.UniqueConstraint(
                fields=["run", "entry"],
                condition=Q(slot__isnull=True),
                name="proposal_none_once",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.public_id}"
