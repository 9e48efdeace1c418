"""Applications promise: one open application per pupil and slot, at most three in all, and each ends with a word.

Accepting creates a placement and is therefore an action of `placements`; `close` is what it calls here.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from werkpfad.base.accounts.actions import issue_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.base.core.days import day_of
from werkpfad.journey.applications import notices
from werkpfad.journey.applications.enums import ApplicationState, DeclineReason
from werkpfad.journey.applications.law import check
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.queries import (
    answer_addresses,
    applicant_of,
    approving_people,
    case_of,
    open_applications,
    overdue_applications,
    target_of,
    with_details,
)
from werkpfad.journey.applications.rules import (
    SENTENCES,
    Barrier,
    Event,
    after,
    answer_deadline,
    barriers,
)
from werkpfad.journey.internships.models import Slot
from werkpfad.region.notifications.actions import notify
from werkpfad.region.notifications.notice import Notice
from werkpfad.region.schools.models import Pupil

REMIND_BEFORE = timedelta(days=2)


class CannotApply(Exception):
    """The application is not possible; `sentences` say why, in German, for the screen."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@transaction.atomic
def apply_for_slot(
    *,
    pupil: Pupil,
    slot: Slot,
    message: str,
    has_place: bool,
    by: Actor,
    at: datetime,
    is_leftover: bool = False,
) -> Application:
    """Apply as the pupil or as a teacher for the pupil; tell the company by mail with a link to answer.

    `has_place` says whether a confirmed placement excludes this slot, which only `placements` knows; `is_leftover`
    whether the programme's leftover market runs, which only `matching` knows: then every seat is open to applications.
    Raises `CannotApply`. The pupil's row is locked, so that the limit of three holds for parallel clicks.
    """
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    _refuse_barriers(pupil, slot, has_place=has_place, is_leftover=is_leftover, at=at)
    region = slot.programme.region
    try:
        with transaction.atomic():
            application = Application.objects.create(
                pupil=pupil,
                slot=slot,
                message=message.strip(),
                submitted_by_id=by.user_id or 0,
                submitted_at=at,
                decide_by=answer_deadline(
                    at,
                    working_days=region.company_answer_days,
                    state=region.state,
                    first_day=slot.first_day,
                ),
            )
    except IntegrityError:
        raise CannotApply((SENTENCES[Barrier.ALREADY],)) from None
    record("application.submitted", by=by, at=at, obj=application, region_id=region.pk)
    _ask_company(application, at=at)
    return application


def _refuse_barriers(
    pupil: Pupil, slot: Slot, *, has_place: bool, is_leftover: bool, at: datetime
) -> None:
    applicant = applicant_of(pupil, has_place=has_place)
    target = target_of(slot, is_leftover=is_leftover)
    found = barriers(applicant, target, today=day_of(at))
    if found:
        raise CannotApply(tuple(SENTENCES[barrier] for barrier in found))
    verdict = check(case_of(pupil, slot))
    if verdict.is_blocked:
        raise CannotApply(tuple(f.sentence for f in verdict.findings if f.outcome == "blocked"))


def _ask_company(application: Application, *, at: datetime, reminder: bool = False) -> int:
    """Mail everybody who may answer, each with an own link; returns how many mails were queued."""
    offer = application.slot.offer
    told = 0
    for email in answer_addresses(offer, today=day_of(at)):
        token = issue_link(
            purpose=LinkPurpose.COMPANY_ANSWER,
            email=email,
            valid_for=notices.LINK_VALID_FOR,
            by=SYSTEM,
            at=at,
            obj=offer.organisation,
            single_use=False,
        )
        make = notices.reminder if reminder else notices.requested
        mail = notify(
            make(application, token=token),
            at=at,
            region=application.slot.programme.region,
            to_email=email,
            organisation=offer.organisation,
        )
        told += mail is not None
    return told


@transaction.atomic
def close(
    *,
    application: Application,
    event: Event,
    by: Actor,
    at: datetime,
    reason: DeclineReason | str = "",
    text: str = "",
) -> Application:
    """Move an open application to its end. Raises `rules.NotPossible` if it is closed already."""
    locked = with_details(Application.objects.select_for_update(of=("self",))).get(
        pk=application.pk
    )
    locked.state = after(locked.state, event)
    locked.closed_at = at
    locked.decline_reason, locked.decline_text = reason, text.strip()
    locked.save(
        update_fields=["state", "closed_at", "decline_reason", "decline_text", "updated_at"]
    )
    record(
        f"application.{locked.state}",
        by=by,
        at=at,
        obj=locked,
        region_id=locked.slot.programme.region_id,
        reason=str(reason),
    )
    return locked


@transaction.atomic
def withdraw(*, application: Application, by: Actor, at: datetime) -> Application:
    """The pupil's side takes the application back; the company is told."""
    closed = close(application=application, event=Event.WITHDRAW, by=by, at=at)
    tell_company(closed, notices.withdrawn(closed), at=at)
    return closed


@transaction.atomic
def decline(
    *, application: Application, reason: DeclineReason, text: str, by: Actor, at: datetime
) -> Application:
    """The company says no with a reason the pupil can read; the school is told."""
    closed = close(
        application=application, event=Event.DECLINE, by=by, at=at, reason=reason, text=text
    )
    tell_school(closed.pupil, notices.closed(closed), at=at)
    return closed


@transaction.atomic
def supersede_for(*, pupil: Pupil, slots: list[int], by: Actor, at: datetime) -> list[Application]:
    """Close the pupil's open applications on `slots`, because another place is confirmed; companies are told."""
    competing = with_details(open_applications().filter(pupil=pupil, slot__in=slots))
    done = []
    for application in competing.order_by("pk"):
        closed = close(application=application, event=Event.SUPERSEDE, by=by, at=at)
        tell_company(closed, notices.superseded(closed), at=at)
        done.append(closed)
    return done


def expire_overdue(*, at: datetime, batch: int = 200) -> int:
    """Close applications nobody answered in time; each in its own transaction, safe to repeat."""
    expired = 0
    for application in list(overdue_applications(at=at)[:batch]):
        with transaction.atomic():
            still = (
                open_applications()
                .select_for_update(of=("self",), skip_locked=True)
                .filter(pk=application.pk, decide_by__lte=at)
                .first()
            )
            if still is None:
                continue
            closed = close(application=still, event=Event.EXPIRE, by=SYSTEM, at=at)
            tell_company(closed, notices.superseded(closed), at=at)
            tell_school(closed.pupil, notices.closed(closed), at=at)
            expired += 1
    return expired


def remind_companies(*, at: datetime, batch: int = 200) -> int:
    """Remind once, two days before the deadline; returns how many mails were queued."""
    due = open_applications().filter(decide_by__gt=at, decide_by__lte=at + REMIND_BEFORE)
    due = due.filter(submitted_at__lt=at - REMIND_BEFORE, reminded_at__isnull=True)
    told = 0
    for application in list(with_details(due).order_by("decide_by", "pk")[:batch]):
        with transaction.atomic():
            claimed = Application.objects.filter(
                pk=application.pk, state=ApplicationState.OPEN, reminded_at__isnull=True
            ).update(reminded_at=at)
            if claimed:
                told += _ask_company(application, at=at, reminder=True)
    return told


def tell_company(application: Application, notice: Notice, *, at: datetime) -> None:
    offer = application.slot.offer
    for email in answer_addresses(offer, today=day_of(at)):
        notify(
            notice,
            at=at,
            region=application.slot.programme.region,
            to_email=email,
            organisation=offer.organisation,
        )


def tell_school(pupil: Pupil, notice: Notice, *, at: datetime) -> None:
    school = pupil.school_class.school.organisation
    for user in approving_people(pupil, today=day_of(at)):
        notify(notice, at=at, region=school.region, to_user=user, organisation=school)
