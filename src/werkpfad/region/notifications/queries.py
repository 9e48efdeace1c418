"""The mail log of a region and what is due to leave."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.network.models import Membership
from werkpfad.region.notifications.enums import Delivery, MailStatus
from werkpfad.region.notifications.models import Announcement, OutboxMail, Preference
from werkpfad.region.notifications.rules import audiences_of


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


def visible_announcements(grants: Grants) -> QuerySet[Announcement]:
    """What coordinators have written for their regions, the newest end first."""
    regions = grants.regions_with(Permission.MANAGE_REGION)
    return Announcement.objects.filter(region__in=regions).order_by("-last_day", "-pk")


def announcements_for(membership: Membership | None, *, today: date) -> QuerySet[Announcement]:
    """What stands on the start page of somebody acting in `membership`; reads its organisation."""
    if membership is None:
        return Announcement.objects.none()
    return Announcement.objects.filter(
        region=membership.organisation.region_id,
        audience__in=audiences_of(membership.role),
        first_day__lte=today,
        last_day__gte=today,
    ).order_by("last_day", "pk")
