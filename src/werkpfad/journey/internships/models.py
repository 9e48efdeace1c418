"""Programmes of a region, offers of companies, and the slots in which offers have seats."""

from django.db import models
from django.db.models import F, Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.base.occupations.models import Field, Occupation
from werkpfad.journey.internships.enums import (
    OfferStatus,
    ProgrammeKind,
    ProgrammeStatus,
)
from werkpfad.region.network.models import Organisation, Region, Site
from werkpfad.region.schools.models import School


class Programme(Record):
    """One Schülerbetriebspraktikum (block) or Praktikumswoche (several days) with its dates and rules.

    `first_day` and `last_day` are both included. `grades` lists school grades, e.g. [9, 10].
    """

    privacy = Privacy(
        purpose="Programme der Region",
        retention=Retention.TEN_YEARS_RECORD,
        open={
            "region",
            "kind",
            "status",
            "title",
            "description",
            "school_year",
            "first_day",
            "last_day",
            "grades",
            "min_age",
            "max_distance_km",
            "max_days",
            "offers_until",
            "accepts_direct",
            "is_school_event",
            "schools",
        },
    )

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="programmes")
    kind = models.CharField(max_length=6, choices=ProgrammeKind)
    status = models.CharField(max_length=6, choices=ProgrammeStatus, default=ProgrammeStatus.DRAFT)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    school_year = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    grades = models.JSONField(default=list)
    min_age = models.PositiveSmallIntegerField(default=13)
    max_distance_km = models.PositiveSmallIntegerField(default=25)
    max_days = models.PositiveSmallIntegerField(default=1)
    offers_until = models.DateField()
    accepts_direct = models.BooleanField(default=False)
    is_school_event = models.BooleanField(default=True)
    schools = models.ManyToManyField(School, related_name="programmes", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="programme_days_forward"
            ),
            models.CheckConstraint(
                condition=Q(offers_until__lte=F("first_day")),
                name="programme_offers_before_start",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ProgrammeKind.values), name="programme_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ProgrammeStatus.values),
                name="programme_status_known",
            ),
            models.CheckConstraint(
                condition=Q(max_days__range=(1, 10)), name="programme_max_days_sane"
            ),
        ]
        indexes = [models.Index(fields=["region", "status", "first_day"], name="programme_list")]

    def __str__(self) -> str:
        return self.title


class ProgrammeDay(Record):
    """A day on which a Praktikumswoche takes place. A block needs none."""

    privacy = Privacy(
        purpose="Tage eines Programms",
        retention=Retention.TEN_YEARS_RECORD,
        open={"programme", "day"},
    )

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "day"], name="programme_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}"


class Offer(Record):
    """What a company offers, in plain words. Seats are in its slots; `lat`/`lon` repeat the site's for search."""

    privacy = Privacy(
        purpose="Angebote",
        retention=Retention.WHILE_MEMBER,
        personal={"contact_name", "contact_email", "contact_phone"},
        open={
            "region",
            "organisation",
            "site",
            "status",
            "title",
            "description",
            "activities",
            "fields",
            "main_field",
            "occupation",
            "min_age",
            "starts_at",
            "ends_at",
            "bring",
            "accessibility",
            "languages",
            "is_group",
            "published_at",
            "paused_until",
            "cloned_from",
            "lat",
            "lon",
            "search_text",
        },
    )

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offers")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="offers")
    status = models.CharField(max_length=9, choices=OfferStatus, default=OfferStatus.DRAFT)
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=2000)
    activities = models.TextField(max_length=1000, blank=True)
    main_field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="main_offers")
    fields = models.ManyToManyField(Field, related_name="offers", blank=True)
    occupation = models.ForeignKey(
        Occupation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offers",
    )
    min_age = models.PositiveSmallIntegerField(default=13)
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    bring = models.CharField(max_length=300, blank=True)
    accessibility = models.JSONField(default=list, blank=True)
    languages = models.CharField(max_length=120, blank=True)
    is_group = models.BooleanField(default=False)
    contact_name = models.CharField(max_length=120)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    cloned_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="clones"
    )
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    search_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OfferStatus.values), name="offer_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=OfferStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="offer_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=F("starts_at")),
                name="offer_times_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "status", "-published_at"], name="offer_list"),
            models.Index(fields=["status", "-published_at"], name="offer_newest"),
            models.Index(fields=["status", "title"], name="offer_by_title"),
            models.Index(fields=["lat", "lon"], name="offer_lat_lon"),
            models.Index(fields=["organisation", "status"], name="offer_organisation"),
        ]

    def __str__(self) -> str:
        return self.title


class Slot(Record):
    """Seats of one offer in one programme: the whole block, or one day of a week. Both days are included.

    `taken` counts confirmed placements and is moved by `placements` only, under a row lock.
    """

    privacy = Privacy(
        purpose="Plätze",
        retention=Retention.TEN_YEARS_RECORD,
        open={"offer", "programme", "first_day", "last_day", "capacity", "taken"},
    )

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="slots")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="slots")
    first_day = models.DateField()
    last_day = models.DateField()
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "programme", "first_day"], name="slot_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")), name="slot_not_overbooked"
            ),
            models.CheckConstraint(condition=Q(capacity__lte=500), name="slot_capacity_sane"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="slot_days_forward"
            ),
        ]
        indexes = [models.Index(fields=["programme", "first_day"], name="slot_programme_day")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.first_day:%d.%m.%Y}"
