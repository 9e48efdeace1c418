"""Asking for help before and after a run: a company for one more seat, a teacher for missing wishes."""

from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.journey.applications.queries import answer_addresses
from werkpfad.journey.internships.models import Offer
from werkpfad.journey.matching import notices
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries import classes_missing
from werkpfad.region.notifications.actions import notify
from werkpfad.region.schools.models import ClassTeacher, SchoolClass


@transaction.atomic
def ask_for_seat(
    *, round_: Round, offer: Offer, subject: str, body: str, by: Actor, at: datetime
) -> int:
    """Write to those who answer for an offer; returns how many mails leave. Once per offer and round."""
    notice = notices.asked_for_seat(offer, round_, subject=subject, body=body)
    sent = [
        notify(
            notice,
            at=at,
            region=round_.programme.region,
            to_email=email,
            organisation=offer.organisation,
        )
        for email in answer_addresses(offer, today=day_of(at))
    ]
    count = sum(mail is not None for mail in sent)
    if count:
        _record("seat_asked", round_, by=by, at=at, offer=offer.public_id)
    return count


@transaction.atomic
def remind_class(*, round_: Round, school_class: SchoolClass, by: Actor, at: datetime) -> int:
    """Tell a class's teachers how many wish lists are missing; returns how many mails leave. Once a day at most."""
    today = day_of(at)
    rows = classes_missing(round_, today=today)
    row = next((row for row in rows if row.school_class.pk == school_class.pk), None)
    if row is None or not row.missing:
        return 0
    notice = notices.wishes_missing(school_class, row.missing, round_, today.isoformat())
    teachers = ClassTeacher.objects.filter(
        school_class=school_class, user__is_active=True
    ).select_related("user")
    sent = [
        notify(
            notice,
            at=at,
            region=round_.programme.region,
            to_user=teacher.user,
            organisation=school_class.school.organisation,
        )
        for teacher in teachers
    ]
    count = sum(mail is not None for mail in sent)
    if count:
        _record("class_reminded", round_, by=by, at=at, school_class=school_class.public_id)
    return count


def _record(event: str, round_: Round, *, by: Actor, at: datetime, **facts: str) -> None:
    record(event, by=by, at=at, obj=round_, region_id=round_.programme.region_id, **facts)
