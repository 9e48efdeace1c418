"""Reminders of a round that nobody has to think of: each is sent once, a few working days before its date."""

from datetime import datetime, timedelta

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.days import day_of
from werkpfad.base.core.models import AuditEvent
from werkpfad.base.core.school_year import working_days_left
from werkpfad.journey.internships.enums import ProgrammeStatus
from werkpfad.journey.matching import notices
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries import classes_missing
from werkpfad.region.notifications.actions import notify
from werkpfad.region.schools.models import ClassTeacher

# In working days; a date so close is worth a reminder.
REMIND_BEFORE = 2
LONGEST_WAIT = timedelta(days=14)


def remind_of_wishes(*, at: datetime) -> int:
    """Tell each class's teachers how many lists are missing; returns for how many rounds that was done now."""
    today = day_of(at)
    rounds = Round.objects.filter(
        phase=RoundPhase.WISHES,
        wishes_from__lte=today,
        wishes_until__range=(today, today + LONGEST_WAIT),
        programme__status=ProgrammeStatus.OPEN,
    ).select_related("programme__region")
    near = [
        row
        for row in rounds
        if working_days_left(today, row.wishes_until, row.programme.region.state) <= REMIND_BEFORE
    ]
    return sum(_remind(row, at=at) for row in near)


@transaction.atomic
def _remind(round_: Round, *, at: datetime) -> bool:
    if not first_time("round_wishes_reminded", round_, at=at, until=str(round_.wishes_until)):
        return False
    classes = {row.school_class.pk: row for row in classes_missing(round_, today=day_of(at))}
    teachers = ClassTeacher.objects.filter(school_class__in=classes, user__is_active=True)
    for teacher in teachers.select_related("user").order_by("pk"):
        row = classes[teacher.school_class_id]
        notify(
            notices.wishes_missing(
                row.school_class, row.missing, round_, f"until {round_.wishes_until}"
            ),
            at=at,
            region=round_.programme.region,
            to_user=teacher.user,
            organisation=row.school_class.school.organisation,
        )
    return True


def first_time(event: str, round_: Round, *, at: datetime, until: str) -> bool:
    """Note in the log that something is done for this date of the round; False if it was done before.

    Call inside a transaction: the round's row is locked, so that of two workers one does it.
    """
    Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    known = AuditEvent.objects.filter(
        event=event, object_kind="matching.round", object_id=round_.public_id
    )
    if any(row.facts.get("until") == until for row in known):
        return False
    region_id = round_.programme.region_id
    record(event, by=SYSTEM, at=at, obj=round_, region_id=region_id, until=until)
    return True
