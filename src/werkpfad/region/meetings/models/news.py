"""The newsletter of a circle: issues, and who asked for it."""

from django.db import models
from django.db.models import Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.region.meetings.models.circles import Circle


class Subscription(Record):
    """One address that asked for one circle's newsletter. Only confirmed ones receive it; ended ones are deleted."""

    privacy = Privacy(
        purpose="Rundbrief auf eigenen Wunsch",
        retention=Retention.WHILE_MEMBER,
        personal={"email"},
        open={"circle", "confirmed_at"},
    )

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="subscriptions")
    email = models.EmailField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "email"], name="subscription_once"),
        ]
        indexes = [
            models.Index(
                fields=["circle"],
                condition=Q(confirmed_at__isnull=False),
                name="subscription_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.public_id}"


class NewsIssue(Record):
    """One issue; a draft until `sent_at`, then public in the archive and never changed."""

    privacy = Privacy(
        purpose="Rundbrief",
        retention=Retention.TEN_YEARS_RECORD,
        open={"circle", "title", "text", "sent_at", "receivers"},
    )

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="issues")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=20_000)
    sent_at = models.DateTimeField(null=True, blank=True)
    receivers = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["circle", "sent_at"], name="issue_archive")]

    def __str__(self) -> str:
        return self.title
