"""Minutes: what was said per item of the agenda, and what follows from it."""

from django.db import models
from django.db.models import Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.region.meetings.models.circles import Circle, Participant
from werkpfad.region.meetings.models.meetings import AgendaItem, Meeting


class Minutes(Record):
    """The approved minutes of a meeting; before approval there are only the notes of its items.

    `search_text` holds the same stemmed tokens as offers do, so that a search finds the same on both databases.
    """

    privacy = Privacy(
        purpose="Protokolle der Netzwerke",
        retention=Retention.TEN_YEARS_RECORD,
        personal={"search_text"},
        open={"meeting", "approved_at", "approved_by_id"},
    )

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="protocol")
    approved_at = models.DateTimeField()
    approved_by_id = models.BigIntegerField(null=True, blank=True)
    search_text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"minutes {self.public_id}"


class Decision(Record):
    """What was decided."""

    privacy = Privacy(
        purpose="Beschlüsse der Netzwerke",
        retention=Retention.TEN_YEARS_RECORD,
        personal={"text"},
        open={"meeting", "item"},
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    text = models.CharField(max_length=600)

    def __str__(self) -> str:
        return f"decision {self.public_id}"


class ActionPoint(Record):
    """What somebody took over. `owner` is known by address; otherwise only the name that was written down."""

    privacy = Privacy(
        purpose="Verabredete Aufgaben der Netzwerke",
        retention=Retention.TEN_YEARS_RECORD,
        personal={"text", "owner", "owner_name", "answer"},
        open={"circle", "meeting", "item", "due_on", "done_at", "reminded_at"},
    )

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="action_points")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="action_points")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="action_points"
    )
    text = models.CharField(max_length=600)
    owner = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="action_points",
    )
    owner_name = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["circle", "due_on"],
                condition=Q(done_at__isnull=True),
                name="action_point_open",
            ),
        ]

    def __str__(self) -> str:
        return f"action point {self.public_id}"
