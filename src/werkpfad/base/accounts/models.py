"""People who sign in, and links that let somebody act once without signing in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from werkpfad.base.accounts.enums import LinkPurpose, UserKind
from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, Record):
    """Somebody who can sign in. Pupils and guardians have no e-mail and no name here (see `schools`)."""

    privacy = Privacy(
        purpose="Anmeldung",
        retention=Retention.WHILE_ACCOUNT,
        personal={"email", "given_name", "family_name", "password", "last_login"},
        open={"kind", "is_active", "is_operator", "valid_until"},
    )

    kind = models.CharField(max_length=10, choices=UserKind, default=UserKind.STAFF)
    email = models.EmailField(null=True, blank=True, unique=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    valid_until = models.DateField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UserKind.values), name="user_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=UserKind.STAFF) | Q(email__isnull=True),
                name="user_minors_without_email",
            ),
            models.CheckConstraint(
                condition=Q(is_operator=False) | Q(kind=UserKind.STAFF),
                name="user_operator_is_staff",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def display_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or (self.email or "")


class ActionLink(Record):
    """A mail link bound to one purpose, one object and one address. Only the digest of its secret is kept."""

    privacy = Privacy(
        purpose="Handeln aus der Mail ohne Konto",
        retention=Retention.DAYS_90,
        personal={"email", "user"},
        open={
            "digest",
            "purpose",
            "object_kind",
            "object_id",
            "expires_at",
            "used_at",
            "revoked_at",
            "single_use",
        },
    )

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20, choices=LinkPurpose)
    email = models.EmailField()
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="links"
    )
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=16, blank=True)
    single_use = models.BooleanField(default=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=LinkPurpose.values), name="link_purpose_known"
            ),
        ]
        indexes = [
            models.Index(fields=["object_kind", "object_id", "purpose"], name="link_object"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.public_id}"


class AccessCode(Record):
    """The code on a sign-in sheet. Not stored: it is derived from the server key, this row and its generation.

    Reprinting a sheet shows the same code; raising `generation` makes the old sheet useless.
    """

    privacy = Privacy(
        purpose="Anmeldung ohne E-Mail",
        retention=Retention.WHILE_ACCOUNT,
        personal={"user"},
        open={"generation", "lookup", "last_used_at"},
    )

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="access_code")
    generation = models.PositiveIntegerField(default=1)
    lookup = models.CharField(max_length=64, unique=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"code of {self.user_id}"


class SignIn(Record):
    """One running session, so that people can see and end theirs. The device is a family name, no address."""

    privacy = Privacy(
        purpose="Übersicht über eigene Anmeldungen",
        retention=Retention.DAYS_90,
        personal={"user", "device"},
        open={"session_digest", "session_key", "last_seen_at", "ended_at"},
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, blank=True)
    session_digest = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=80, blank=True)
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "ended_at"], name="sign_in_user")]

    def __str__(self) -> str:
        return f"{self.device} {self.last_seen_at:%d.%m.%Y}"
