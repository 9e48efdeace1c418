"""One deed for all meetings of a period, so that it can be taken back as one."""

from django.db import models
from django.db.models import F, Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.region.meetings.enums import PeriodDeed
from werkpfad.region.network.models import Region


class PeriodChange(Record):
    """`ledger` lists what was changed: {"meeting": public id, "sequence": the revision it made}."""

    privacy = Privacy(
        purpose="Absagen und Verschieben vieler Treffen auf einmal",
        retention=Retention.TEN_YEARS_RECORD,
        open={
            "region",
            "deed",
            "first_day",
            "last_day",
            "days",
            "text",
            "told",
            "ledger",
            "undone_at",
        },
    )

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="period_changes")
    deed = models.CharField(max_length=8, choices=PeriodDeed)
    first_day = models.DateField()
    last_day = models.DateField()
    days = models.SmallIntegerField(default=0)
    text = models.CharField(max_length=500, blank=True)
    told = models.PositiveIntegerField(default=0)
    ledger = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="period_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(deed=PeriodDeed.CALL_OFF, days=0)
                | (Q(deed=PeriodDeed.MOVE) & ~Q(days=0)),
                name="period_moves_by_days",
            ),
        ]

    def __str__(self) -> str:
        return f"period change {self.public_id}"
