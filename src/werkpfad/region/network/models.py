"""Who takes part in a region: the tenant itself, organisations with sites and contacts, and people in roles."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.region.network.enums import (
    LocatedBy,
    OrganisationKind,
    OrganisationStatus,
)


class Region(Record):
    """The tenant: one county or city. Two regions in one instance never see each other."""

    privacy = Privacy(
        purpose="Mandant mit Regeln und Erscheinungsbild",
        retention=Retention.REFERENCE,
        open={
            "slug",
            "name",
            "state",
            "accent_hue",
            "contact_name",
            "contact_email",
            "contact_phone",
            "imprint",
            "privacy_notice",
            "insurance_text",
            "company_answer_days",
            "pupil_answer_days",
            "school_answer_days",
            "max_distance_km",
            "min_group_size",
            "embed_hosts",
        },
    )

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=2)
    accent_hue = models.PositiveSmallIntegerField(null=True, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    imprint = models.TextField(blank=True)
    privacy_notice = models.TextField(blank=True)
    insurance_text = models.TextField(blank=True)
    company_answer_days = models.PositiveSmallIntegerField(default=5)
    pupil_answer_days = models.PositiveSmallIntegerField(default=3)
    school_answer_days = models.PositiveSmallIntegerField(default=5)
    max_distance_km = models.PositiveSmallIntegerField(default=25)
    min_group_size = models.PositiveSmallIntegerField(default=5)
    embed_hosts = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accent_hue__isnull=True) | Q(accent_hue__lt=360),
                name="region_hue_below_360",
            ),
            models.CheckConstraint(
                condition=Q(
                    company_answer_days__gte=1,
                    pupil_answer_days__gte=1,
                    school_answer_days__gte=1,
                ),
                name="region_answer_days_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Place(Record):
    """One place of one postal code with its centre. Shared by all regions."""

    privacy = Privacy(
        purpose="Orte und Postleitzahlen",
        retention=Retention.REFERENCE,
        open={
            "postal_code",
            "name",
            "name_key",
            "state",
            "district",
            "district_code",
            "lat",
            "lon",
        },
    )

    postal_code = models.CharField(max_length=5, db_index=True)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)
    state = models.CharField(max_length=2, blank=True)
    district = models.CharField(max_length=120, blank=True)
    district_code = models.CharField(max_length=5, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["postal_code", "name"], name="place_once"),
            models.CheckConstraint(
                condition=Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="place_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["lat", "lon"], name="place_lat_lon")]

    def __str__(self) -> str:
        return f"{self.postal_code} {self.name}"


class Organisation(Record):
    """A school, company, chamber or other party of one region. One record for all programmes."""

    privacy = Privacy(
        purpose="Beteiligte Organisationen",
        retention=Retention.WHILE_MEMBER,
        open={
            "region",
            "kind",
            "status",
            "name",
            "name_key",
            "external_key",
            "website",
            "description",
            "paused_until",
            "blocked_reason",
            "merged_into",
        },
    )

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="organisations")
    kind = models.CharField(max_length=12, choices=OrganisationKind)
    status = models.CharField(
        max_length=10, choices=OrganisationStatus, default=OrganisationStatus.ACTIVE
    )
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    external_key = models.CharField(max_length=80, null=True, blank=True)
    website = models.URLField(blank=True)
    description = models.TextField(blank=True)
    paused_until = models.DateField(null=True, blank=True)
    blocked_reason = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "external_key"], name="organisation_key_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values),
                name="organisation_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OrganisationStatus.values),
                name="organisation_status_known",
            ),
            models.CheckConstraint(
                condition=Q(external_key__isnull=True) | ~Q(external_key=""),
                name="organisation_key_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(status=OrganisationStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=OrganisationStatus.MERGED) & Q(merged_into__isnull=True)),
                name="organisation_merged_points_on",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "kind", "name_key"], name="organisation_list"),
        ]

    def __str__(self) -> str:
        return self.name


class Site(Record):
    """Where an organisation is. Coordinates are given, or the middle of the postal code."""

    privacy = Privacy(
        purpose="Standorte",
        retention=Retention.WHILE_MEMBER,
        open={
            "organisation",
            "name",
            "street",
            "postal_code",
            "place_name",
            "lat",
            "lon",
            "located_by",
            "is_main",
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=160, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    located_by = models.CharField(max_length=12, choices=LocatedBy, default=LocatedBy.NOTHING)
    is_main = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_main=True), name="site_one_main"
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True, located_by=LocatedBy.NOTHING)
                | (Q(lat__isnull=False, lon__isnull=False) & ~Q(located_by=LocatedBy.NOTHING)),
                name="site_located_or_not",
            ),
        ]
        indexes = [models.Index(fields=["lat", "lon"], name="site_lat_lon")]

    def __str__(self) -> str:
        return f"{self.street}, {self.postal_code} {self.place_name}".strip(", ")


class Merge(Record):
    """Two records of one organisation made one: what moved from `loser` to `winner`, so that it can be taken back.

    `ledger` lists what was changed in order of writing: {"model", "id", "version" (afterwards), "old"}.
    """

    privacy = Privacy(
        purpose="Zusammengeführte Organisationen",
        retention=Retention.WHILE_MEMBER,
        open={"loser", "winner", "ledger", "undone_at"},
    )

    loser = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="merges_away")
    winner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="merges")
    ledger = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at__isnull=True), name="merge_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(loser=models.F("winner")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"merge {self.public_id}"


class Contact(Record):
    """A contact person of an organisation; shown outside only with consent."""

    privacy = Privacy(
        purpose="Ansprechpersonen",
        retention=Retention.WHILE_MEMBER,
        personal={"name", "email", "phone"},
        open={"organisation", "function", "is_public", "position"},
    )

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_public = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"contact {self.public_id}"


class Membership(Record):
    """One person in one role at one organisation, for a time. The role's scope says how far it reaches."""

    privacy = Privacy(
        purpose="Rollen",
        retention=Retention.WHILE_ACCOUNT,
        personal={"user"},
        open={"organisation", "role", "starts_on", "ends_on"},
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gt=models.F("starts_on")),
                name="membership_period_forward",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="membership_organisation")]

    def __str__(self) -> str:
        return f"{self.role} at {self.organisation_id}"


class Invitation(Record):
    """An invitation of an address into a role; the mail link itself is an ActionLink of `accounts`."""

    privacy = Privacy(
        purpose="Einladungen",
        retention=Retention.DAYS_90,
        personal={"email", "name"},
        open={
            "organisation",
            "role",
            "invited_by_id",
            "expires_at",
            "accepted_at",
            "revoked_at",
        },
    )

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(max_length=20)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    invited_by_id = models.BigIntegerField(null=True, blank=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.public_id}"
