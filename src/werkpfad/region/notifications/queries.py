"""The mail log of a region and what is due to leave."""

from datetime import datetime

from django.db.models import Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.notifications.enums import Delivery, MailStatus
from werkpfad.region.notifications.models import OutboxMail, Preference


def visible_mails(grants: Grants) -> QuerySet[OutboxMail]:
    """Coordinators see the log of their regions."""
    return OutboxMail.objects.filter(region__in=grants.regions_with(Permission.MANAGE_REGION))


def due_mails(*, at: datetime) -> QuerySet[OutboxMail]:
    """Queued mails whose time has come; urgent ones (sign-in) first."""
    return OutboxMail.objects.filter(
        status=MailStatus.QUEUED, hold_for_digest=False, next_try_at__lte=at
    ).order_by("-is_urgent", "next_try_at", "pk")


def held_mails(*, at: datetime) -> QuerySet[OutboxMail]:
    """Mails collected for a digest whose hour has come."""
    return OutboxMail.objects.filter(
        status=MailStatus.QUEUED, hold_for_digest=True, next_try_at__lte=at
    )


def stuck_mails(grants: Grants, *, at: datetime) -> QuerySet[OutboxMail]:
    """Mails that should have left and met an error, oldest first: the server is down or refuses them."""
    return (
        visible_mails(grants)
        .filter(status=MailStatus.QUEUED, created_at__lt=at)
        .exclude(last_error="")
        .order_by("created_at", "pk")
    )


def delivery_of(user_id: int, kind: str, organisation_id: int | None) -> Delivery:
    """How `user_id` wants to hear of `kind`; the choice for one organisation goes before the general one."""
    rows = Preference.objects.filter(
        Q(organisation=organisation_id) | Q(organisation__isnull=True), user=user_id, kind=kind
    )
    choices = {row.organisation_id: row.delivery for row in rows}
    return Delivery(choices.get(organisation_id, choices.get(None, Delivery.NOW)))
