"""The direct way beside rounds: one pupil applies to one slot."""

from django.db import models
from django.db.models import Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.journey.applications.enums import ApplicationState, DeclineReason
from werkpfad.journey.internships.models import Slot
from werkpfad.region.schools.models import Pupil


class Application(Record):
    """One application; open until decided, withdrawn, expired or superseded."""

    privacy = Privacy(
        purpose="Bewerbung auf einen Platz",
        retention=Retention.WINDOW_PLUS_THREE_MONTHS,
        personal={"pupil", "message", "decline_text"},
        open={
            "slot",
            "state",
            "submitted_by_id",
            "decline_reason",
            "submitted_at",
            "decide_by",
            "reminded_at",
            "closed_at",
        },
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="applications")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.OPEN)
    message = models.CharField(max_length=600, blank=True)
    submitted_by_id = models.BigIntegerField()
    submitted_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=14, choices=DeclineReason, blank=True)
    decline_text = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "slot"],
                condition=Q(state=ApplicationState.OPEN),
                name="application_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values),
                name="application_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.OPEN, closed_at__isnull=True)
                | (~Q(state=ApplicationState.OPEN) & Q(closed_at__isnull=False)),
                name="application_closed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.DECLINED) | ~Q(decline_reason=""),
                name="application_declined_has_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["decide_by"],
                condition=Q(state=ApplicationState.OPEN),
                name="application_due",
            ),
            models.Index(fields=["slot", "state"], name="application_slot"),
        ]

    def __str__(self) -> str:
        return f"application {self.public_id}"
