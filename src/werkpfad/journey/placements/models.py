"""Placements: the only thing that takes a seat; attendance, feedback and certificate belong to it."""

from django.db import models
from django.db.models import Q

from werkpfad.base.core.enums import Channel
from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.journey.applications.models import Application
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.matching.models import Proposal
from werkpfad.journey.placements.enums import (
    ACTIVE,
    SEATED,
    Answer,
    AnswerReason,
    PlacementState,
    Presence,
    Side,
    Source,
)
from werkpfad.region.schools.models import Pupil


class Placement(Record):
    """A pupil in a slot: proposed, then confirmed once company, pupil and school have said yes.

    `exclusive_key` (see `rules.exclusive_key`) is set while the placement is active: proposed, one per pupil and
    slot; confirmed, one per pupil and block programme or day. Being unique, it makes a second one impossible.
    """

    privacy = Privacy(
        purpose="Praktikum vereinbaren und nachweisen",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"pupil", "reason_text", "supervisor_name"},
        open={
            "slot",
            "state",
            "source",
            "application",
            "proposal",
            "exclusive_key",
            "proposed_at",
            "answer_by",
            "reason",
            "closed_by",
            "confirmed_at",
            "closed_at",
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="placements")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="placements")
    state = models.CharField(max_length=10, choices=PlacementState, default=PlacementState.PROPOSED)
    source = models.CharField(max_length=12, choices=Source)
    application = models.OneToOneField(
        Application,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placement",
    )
    proposal = models.OneToOneField(
        Proposal,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placement",
    )
    exclusive_key = models.CharField(max_length=80, null=True, blank=True, unique=True)
    proposed_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    supervisor_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=14, choices=AnswerReason, blank=True)
    reason_text = models.CharField(max_length=300, blank=True)
    closed_by = models.CharField(max_length=10, choices=Side, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PlacementState.values),
                name="placement_state_known",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=ACTIVE) & Q(exclusive_key__isnull=False))
                | (~Q(state__in=ACTIVE) & Q(exclusive_key__isnull=True)),
                name="placement_active_is_exclusive",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SEATED) | Q(confirmed_at__isnull=False),
                name="placement_confirmed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ACTIVE) | Q(closed_at__isnull=False),
                name="placement_closed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["slot", "state"], name="placement_slot"),
            models.Index(fields=["pupil", "state"], name="placement_pupil"),
            models.Index(
                fields=["answer_by"],
                condition=Q(state=PlacementState.PROPOSED),
                name="placement_due",
            ),
        ]

    def __str__(self) -> str:
        return f"placement {self.public_id}"


class Consent(Record):
    """The answer of one side to one placement: yes or no, when, by whom, through which door."""

    privacy = Privacy(
        purpose="Zustimmung der Beteiligten",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        open={
            "placement",
            "side",
            "answer",
            "answered_at",
            "by_user_id",
            "channel",
            "due_at",
            "reminded_at",
        },
    )

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="consents")
    side = models.CharField(max_length=10, choices=Side)
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.OPEN)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    by_user_id = models.BigIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "side"], name="consent_once_a_side"),
            models.CheckConstraint(
                condition=Q(answer=Answer.OPEN, answered_at__isnull=True)
                | (~Q(answer=Answer.OPEN) & Q(answered_at__isnull=False)),
                name="consent_answered_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(answer=Answer.OPEN), name="consent_due"),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.answer}"


class Attendance(Record):
    """Whether the pupil was there on one day, said by the company (or entered from the paper sheet)."""

    privacy = Privacy(
        purpose="Anwesenheit",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"presence"},
        open={"placement", "day", "recorded_at", "recorded_by_id", "channel"},
    )

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="attendances")
    day = models.DateField()
    presence = models.CharField(max_length=10, choices=Presence)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=10, choices=Channel)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "day"], name="attendance_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y} {self.presence}"


class Feedback(Record):
    """A short answer of company or pupil after the placement; `scores` maps question codes to 1-4."""

    privacy = Privacy(
        purpose="Rückmeldung in beide Richtungen",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"scores", "text"},
        open={"placement", "side", "given_at"},
    )

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="feedback")
    side = models.CharField(max_length=10, choices=Side)
    scores = models.JSONField(default=dict)
    text = models.CharField(max_length=600, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "side"], name="feedback_once_a_side")
        ]

    def __str__(self) -> str:
        return f"feedback {self.side}"


class Certificate(Record):
    """An issued certificate: its content is frozen, so that later changes cannot alter what was attested."""

    privacy = Privacy(
        purpose="Bescheinigung und ihre Prüfung",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"content"},
        open={
            "placement",
            "code",
            "issued_at",
            "issued_by_id",
            "revoked_at",
            "content_hash",
        },
    )

    placement = models.OneToOneField(
        Placement, on_delete=models.PROTECT, related_name="certificate"
    )
    code = models.CharField(max_length=16, unique=True)
    content = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_id = models.BigIntegerField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"certificate {self.public_id}"


class DaysCertificate(Record):
    """The sum sheet of single days, such as a week: made of certificates that were issued, and frozen like them."""

    privacy = Privacy(
        purpose="Sammelbescheinigung und ihre Prüfung",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"pupil", "content"},
        open={"programme", "code", "issued_at", "issued_by_id", "content_hash"},
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="days_certificates")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="days_certificates"
    )
    code = models.CharField(max_length=16, unique=True)
    content = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["pupil", "programme"], name="days_certificate_of")]

    def __str__(self) -> str:
        return f"days certificate {self.public_id}"
