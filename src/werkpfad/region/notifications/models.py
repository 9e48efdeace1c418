"""The outbox: mails are rows written with the change they tell of, and leave afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.region.network.models import Organisation, Region
from werkpfad.region.notifications.enums import Audience, Delivery, MailStatus


class OutboxMail(Record):
    """One mail to one address. `dedupe_key` makes telling the same thing twice impossible."""

    privacy = Privacy(
        purpose="Versand und Nachweis von Mails",
        retention=Retention.DAYS_90,
        personal={"to_email", "to_user", "subject", "body", "headers"},
        open={
            "region",
            "kind",
            "dedupe_key",
            "status",
            "attempts",
            "next_try_at",
            "sent_at",
            "last_error",
            "is_urgent",
            "hold_for_digest",
        },
    )

    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    to_email = models.EmailField()
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mails",
    )
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    headers = models.JSONField(default=dict, blank=True)
    dedupe_key = models.CharField(max_length=160, unique=True)
    status = models.CharField(max_length=8, choices=MailStatus, default=MailStatus.QUEUED)
    is_urgent = models.BooleanField(default=False)
    hold_for_digest = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status=MailStatus.SENT, sent_at__isnull=False)
                | (~Q(status=MailStatus.SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=MailStatus.values), name="mail_status_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(status=MailStatus.QUEUED),
                name="mail_due",
            ),
            models.Index(fields=["region", "status", "created_at"], name="mail_log"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class MailAttachment(Record):
    """A file that leaves with a mail, and goes with it."""

    privacy = Privacy(
        purpose="Anhänge verschickter Mails",
        retention=Retention.DAYS_90,
        personal={"mail", "content"},
        open={"name", "mime"},
    )

    mail = models.ForeignKey(OutboxMail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=80)
    mime = models.CharField(max_length=80)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class Preference(Record):
    """How somebody wants to hear of one kind of notice, for one organisation or all."""

    privacy = Privacy(
        purpose="Einstellungen für Mails",
        retention=Retention.WHILE_ACCOUNT,
        personal={"user"},
        open={"organisation", "kind", "delivery"},
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="preferences",
    )
    kind = models.CharField(max_length=60)
    delivery = models.CharField(max_length=6, choices=Delivery, default=Delivery.NOW)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "kind"], name="preference_once"
            ),
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=Q(organisation__isnull=True),
                name="preference_general_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"


class Announcement(Record):
    """A few lines of the office that stand on start pages from the first to the last day, both included."""

    privacy = Privacy(
        purpose="Hinweise der Koordination",
        retention=Retention.MONTHS_12,
        open={"region", "audience", "title", "text", "first_day", "last_day"},
    )

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="announcements")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYBODY)
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=600)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="announcement_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="announcement_audience_known"
            ),
        ]
        indexes = [models.Index(fields=["region", "last_day"], name="announcement_list")]

    def __str__(self) -> str:
        return f"announcement {self.public_id}"
