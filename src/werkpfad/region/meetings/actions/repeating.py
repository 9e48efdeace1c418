"""What happens by itself: reminders, the question afterwards, forgetting."""

from datetime import datetime, timedelta

from django.db import transaction

from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.meetings.actions.telling import tell
from werkpfad.region.meetings.models import Participant, Registration
from werkpfad.region.meetings.queries import to_remind, to_thank

REGISTRATIONS_KEPT_FOR = timedelta(days=365)
PEOPLE_KEPT_FOR = timedelta(days=730)


def remind_of_meetings(*, at: datetime) -> int:
    """One mail to each registered person the day before; returns how many."""
    rows = list(to_remind(at=at).order_by("pk"))
    for row in rows:
        _once(row, "meetings/mail/reminder.txt", "reminded_at", at=at)
    return len(rows)


def ask_how_it_was(*, at: datetime) -> int:
    """After a meeting: certificate and two questions; returns how many mails."""
    rows = list(to_thank(at=at).order_by("pk"))
    for row in rows:
        _once(row, "meetings/mail/afterwards.txt", "thanked_at", at=at)
    return len(rows)


@transaction.atomic
def _once(row: Registration, template: str, field: str, *, at: datetime) -> None:
    """The mark and the mail are written together, so that neither is lost nor done twice."""
    empty = {f"{field}__isnull": True}
    if Registration.objects.filter(pk=row.pk, **empty).update(**{field: at}):
        tell(row, template, occasion=field, by=SYSTEM, at=at)


def forget_registrations(*, at: datetime) -> int:
    """Remove who came to what a year after the meeting; the meeting and its minutes stay."""
    return Registration.objects.filter(meeting__ends_at__lt=at - REGISTRATIONS_KEPT_FOR).delete()[0]


def forget_people(*, at: datetime) -> int:
    """Remove people who belong to no circle and were changed last two years ago."""
    return Participant.objects.filter(
        circle_memberships__isnull=True,
        registrations__isnull=True,
        updated_at__lt=at - PEOPLE_KEPT_FOR,
    ).delete()[0]
