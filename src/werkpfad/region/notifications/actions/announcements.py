"""Announcements: written by the office, read on start pages, gone when their last day is over."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.region.network.models import Region
from werkpfad.region.notifications.models import Announcement
from werkpfad.region.notifications.rules import AnnouncementPlan

KEPT_FOR = timedelta(days=365)


@transaction.atomic
def announce(*, region: Region, plan: AnnouncementPlan, by: Actor, at: datetime) -> Announcement:
    """Put an announcement on the start pages of its audience."""
    row = Announcement.objects.create(region=region, **asdict(plan))
    _record("announcement.made", row, by=by, at=at)
    return row


@transaction.atomic
def change_announcement(
    *,
    announcement: Announcement,
    plan: AnnouncementPlan,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Store other words or days. Raises `EditConflict` if somebody saved since `seen_version`."""
    for name, value in asdict(plan).items():
        setattr(announcement, name, value)
    save_if_unchanged(announcement, seen_version=seen_version)
    _record("announcement.changed", announcement, by=by, at=at)


@transaction.atomic
def remove_announcement(*, announcement: Announcement, by: Actor, at: datetime) -> None:
    """Take it off the start pages for good."""
    _record("announcement.removed", announcement, by=by, at=at)
    announcement.delete()


def forget_announcements(*, at: datetime) -> int:
    """Remove what ended a year ago. Returns how many went."""
    return Announcement.objects.filter(last_day__lt=(at - KEPT_FOR).date()).delete()[0]


def _record(event: str, row: Announcement, *, by: Actor, at: datetime) -> None:
    record(event, by=by, at=at, obj=row, region_id=row.region_id, audience=row.audience)
