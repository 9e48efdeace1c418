"""Members of a network and what they say about themselves: entries with their history and their single items."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.region.atlas.enums import (
    CooperationKind,
    CooperationStatus,
    Direction,
    EntryStatus,
    ItemKind,
    Party,
)
from werkpfad.region.network.models import Organisation, Region


class MemberEntry(Record):
    """An organisation's entry in the network. `content` and its items are what everybody sees.

    What is being written stands in the versions; `latest`, `submitted` and `published` are their numbers.
    """

    privacy = Privacy(
        purpose="Einträge im Netzwerk",
        retention=Retention.WHILE_MEMBER,
        open={
            "region",
            "organisation",
            "status",
            "is_trusted",
            "latest",
            "submitted",
            "published",
            "content",
            "search_text",
            "published_at",
            "confirmed_at",
            "asked_at",
        },
    )

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="network_entries")
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="network_entry"
    )
    status = models.CharField(max_length=9, choices=EntryStatus, default=EntryStatus.DRAFT)
    is_trusted = models.BooleanField(default=False)
    latest = models.PositiveIntegerField(default=0)
    submitted = models.PositiveIntegerField(null=True, blank=True)
    published = models.PositiveIntegerField(null=True, blank=True)
    content = models.JSONField(default=dict)
    search_text = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=EntryStatus.values), name="member_entry_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=EntryStatus.PUBLIC)
                | Q(
                    published__isnull=False,
                    published_at__isnull=False,
                    confirmed_at__isnull=False,
                ),
                name="member_entry_public_was_released",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "region"], name="member_entry_list"),
            models.Index(fields=["status", "confirmed_at"], name="member_entry_stale"),
        ]

    def __str__(self) -> str:
        return f"entry {self.public_id}"


class EntryVersion(Record):
    """One saved state of an entry: who wrote what, and when. Never changed afterwards."""

    privacy = Privacy(
        purpose="Verlauf der Einträge im Netzwerk",
        retention=Retention.WHILE_MEMBER,
        personal={"author"},
        open={"entry", "number", "content", "saved_at"},
    )

    entry = models.ForeignKey(MemberEntry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="entry_versions",
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.entry_id}"


class EntryItem(Record):
    """One published offer or need, for searching; written from the entry's content when that is released."""

    privacy = Privacy(
        purpose="Angebote und Bedarf im Netzwerk",
        retention=Retention.WHILE_MEMBER,
        open={
            "entry",
            "key",
            "position",
            "direction",
            "kind",
            "text",
            "fields",
            "forms",
            "first_grade",
            "last_grade",
        },
    )

    entry = models.ForeignKey(MemberEntry, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=16)
    position = models.PositiveSmallIntegerField(default=0)
    direction = models.CharField(max_length=5, choices=Direction)
    kind = models.CharField(max_length=12, choices=ItemKind)
    text = models.TextField(blank=True)
    fields = models.JSONField(default=list, blank=True)
    forms = models.JSONField(default=list, blank=True)
    first_grade = models.PositiveSmallIntegerField(null=True, blank=True)
    last_grade = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "key"], name="entry_item_once"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="entry_item_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.values), name="entry_item_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(first_grade__isnull=True)
                | Q(last_grade__isnull=True)
                | Q(last_grade__gte=models.F("first_grade")),
                name="entry_item_grades_forward",
            ),
        ]
        indexes = [models.Index(fields=["kind", "direction"], name="entry_item_kind")]

    def __str__(self) -> str:
        return f"{self.direction} {self.kind}"


class Introduction(Record):
    """Two members made known to each other, once per pair and kind of thing: both got a mail."""

    privacy = Privacy(
        purpose="Bekanntmachen von Mitgliedern",
        retention=Retention.MONTHS_12,
        personal={"text"},
        open={"region", "asking", "other", "kind", "made_at"},
    )

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="introductions")
    asking = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="introductions_asked"
    )
    other = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="introductions_received"
    )
    kind = models.CharField(max_length=12, choices=ItemKind)
    text = models.TextField(max_length=1500)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asking", "other", "kind"], name="introduction_once"),
            models.CheckConstraint(
                condition=~Q(asking=models.F("other")), name="introduction_of_two"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.values), name="introduction_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["made_at"], name="introduction_age")]

    def __str__(self) -> str:
        return f"introduction {self.public_id}"


class Cooperation(Record):
    """A school and a partner who do something together for years. `active_on` is the last day anything happened."""

    privacy = Privacy(
        purpose="Kooperationen von Schulen und Betrieben",
        retention=Retention.WHILE_MEMBER,
        open={
            "region",
            "kind",
            "status",
            "school",
            "partner",
            "about",
            "agreed_on",
            "runs_until",
            "active_on",
        },
    )

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="cooperations")
    kind = models.CharField(max_length=12, choices=CooperationKind)
    status = models.CharField(
        max_length=8, choices=CooperationStatus, default=CooperationStatus.BUILDING
    )
    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cooperations_as_school"
    )
    partner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cooperations_as_partner"
    )
    about = models.TextField(max_length=1500, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    runs_until = models.DateField(null=True, blank=True)
    active_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=CooperationStatus.values), name="cooperation_status_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CooperationKind.values), name="cooperation_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(school=models.F("partner")), name="cooperation_of_two"
            ),
            models.CheckConstraint(
                condition=~Q(status=CooperationStatus.AGREED)
                | Q(agreed_on__isnull=False, runs_until__isnull=False),
                name="cooperation_agreed_has_days",
            ),
            models.UniqueConstraint(
                fields=["school", "partner", "kind"],
                condition=~Q(status=CooperationStatus.ENDED),
                name="cooperation_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["region", "status", "active_on"], name="cooperation_list")]

    def __str__(self) -> str:
        return f"cooperation {self.public_id}"


class LessonTopic(Record):
    """What a class learns at or with the partner in one school year (2026 is 2026/27)."""

    privacy = Privacy(
        purpose="Unterrichtsthemen in Kooperationen",
        retention=Retention.WHILE_MEMBER,
        open={"cooperation", "school_year", "subject", "grade", "text"},
    )

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="topics")
    school_year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=80)
    grade = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grade__range=(1, 13)), name="topic_grade_1_to_13")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.grade}"


class PlanStep(Record):
    """One step of a cooperation's project plan: what, who, by when."""

    privacy = Privacy(
        purpose="Projektpläne von Kooperationen",
        retention=Retention.WHILE_MEMBER,
        open={"cooperation", "text", "party", "due_on", "done_on"},
    )

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(max_length=200)
    party = models.CharField(max_length=7, choices=Party)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(party__in=Party.values), name="plan_party_known")
        ]
        indexes = [models.Index(fields=["cooperation", "due_on"], name="plan_step_list")]

    def __str__(self) -> str:
        return f"step {self.public_id}"
