"""Meetings with agenda and groups, and who answered what."""

from django.db import models
from django.db.models import F, Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.region.meetings.enums import Answer, Attending, MeetingState, PlaceKind, Rhythm
from werkpfad.region.meetings.models.circles import Circle, Participant


class Series(Record):
    """Meetings that were planned together; each can be moved or called off by itself afterwards."""

    privacy = Privacy(
        purpose="Reihen von Treffen",
        retention=Retention.TEN_YEARS_RECORD,
        open={"circle", "rhythm"},
    )

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="series")
    rhythm = models.CharField(max_length=12, choices=Rhythm)

    def __str__(self) -> str:
        return f"series {self.public_id}"


class Meeting(Record):
    """One meeting. `sequence` and `changed_at` tell calendars which version of it is the newest (RFC 5545, 3.8.7)."""

    privacy = Privacy(
        purpose="Treffen der Netzwerke",
        retention=Retention.TEN_YEARS_RECORD,
        open={
            "circle",
            "series",
            "title",
            "description",
            "starts_at",
            "ends_at",
            "place_kind",
            "room",
            "address",
            "room_key",
            "access_note",
            "video_link",
            "capacity",
            "state",
            "cancel_reason",
            "sequence",
            "changed_at",
        },
    )

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="meetings")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings"
    )
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=2000, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place_kind = models.CharField(max_length=6, choices=PlaceKind)
    room = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    room_key = models.CharField(max_length=320, blank=True)
    access_note = models.CharField(max_length=300, blank=True)
    video_link = models.URLField(max_length=400, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=MeetingState, default=MeetingState.PLANNED)
    cancel_reason = models.CharField(max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="meeting_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "starts_at"], name="meeting_list"),
            models.Index(fields=["room_key", "starts_at"], name="meeting_room"),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(Record):
    """One item of the agenda, in order, with what was said: several people write, each item has its own version."""

    privacy = Privacy(
        purpose="Tagesordnung",
        retention=Retention.TEN_YEARS_RECORD,
        personal={"owner", "notes"},
        open={"meeting", "position", "title", "minutes"},
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    notes = models.TextField(max_length=10_000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["meeting", "position"], name="agenda_order")]

    def __str__(self) -> str:
        return self.title


class WorkingGroup(Record):
    """A part of the meeting one chooses; `capacity` empty means as many as like."""

    privacy = Privacy(
        purpose="Arbeitsgruppen eines Treffens",
        retention=Retention.TEN_YEARS_RECORD,
        open={"meeting", "position", "title", "capacity"},
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Registration(Record):
    """One person and one meeting: invited, and what became of it. Forgotten a year after the meeting."""

    privacy = Privacy(
        purpose="Einladungen und Anmeldungen zu Treffen",
        retention=Retention.MONTHS_12,
        personal={"participant", "comment", "needs"},
        open={
            "meeting",
            "answer",
            "attending",
            "group",
            "answered_at",
            "waiting_since",
            "reminded_at",
            "thanked_at",
            "was_there",
            "rating",
        },
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="registrations"
    )
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.INVITED)
    attending = models.CharField(max_length=6, choices=Attending, default=Attending.ROOM)
    group = models.ForeignKey(
        WorkingGroup,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    needs = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    was_there = models.BooleanField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "participant"], name="registration_once"),
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING, waiting_since__isnull=False)
                | (~Q(answer=Answer.WAITING) & Q(waiting_since__isnull=True)),
                name="registration_waits_since",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 4)),
                name="registration_rating_in_range",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "answer"], name="registration_list")]

    def __str__(self) -> str:
        return f"registration {self.public_id}"
