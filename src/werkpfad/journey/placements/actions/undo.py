"""Taking a publication back, as long as nobody has said yes to it."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.journey.applications.queries import answer_addresses, approving_people
from werkpfad.journey.matching.actions import mark_run_withdrawn
from werkpfad.journey.matching.models import Run
from werkpfad.journey.placements import notices
from werkpfad.journey.placements.actions.endings import end
from werkpfad.journey.placements.actions.proposals import lock_pupils
from werkpfad.journey.placements.enums import Answer, AnswerReason, PlacementState
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.queries import with_details
from werkpfad.journey.placements.rules import Event
from werkpfad.region.notifications.actions import notify


class AlreadyAnswered(Exception):
    """Somebody has said yes to a place of this run; nothing was written. The text says so, in German."""


@transaction.atomic
def withdraw_run(*, run: Run, reason: str, by: Actor, at: datetime) -> int:
    """End all open proposals of a published run and tell companies and schools once; returns how many ended.

    A simultaneous yes either comes first, and then this is refused, or finds its proposal closed: both sides lock
    the pupil. Raises `AlreadyAnswered`, or what `matching.actions.mark_run_withdrawn` raises.
    """
    stored = mark_run_withdrawn(run=run, reason=reason, by=by, at=at)
    placements = locked_placements(stored)
    if any(c.answer == Answer.YES for row in placements for c in row.consents.all()):
        raise AlreadyAnswered(
            "Es hat schon jemand zugesagt. Das Ergebnis bleibt; einzelne Plätze können Sie absagen."
        )
    ended = [row for row in placements if row.state == PlacementState.PROPOSED]
    for row in ended:
        end(row, event=Event.WITHDRAW, by=by, at=at, reason=AnswerReason.ROUND_UNDONE)
    _tell_companies(ended, stored, at=at)
    _tell_schools(ended, stored, at=at)
    return len(ended)


def locked_placements(run: Run) -> list[Placement]:
    """The run's placements with their answers; first the pupils' rows are locked, then the placements'."""
    rows = Placement.objects.filter(proposal__run=run)
    lock_pupils(rows.values_list("pupil_id", flat=True))
    return list(with_details(rows.select_for_update(of=("self",))).order_by("pk"))


def _tell_companies(rows: list[Placement], run: Run, *, at: datetime) -> None:
    """One mail per company and address, however many pupils were proposed."""
    groups: dict[tuple[int, str], Placement] = {}
    addresses: dict[int, list[str]] = {}
    for row in rows:
        offer = row.slot.offer
        if offer.pk not in addresses:
            addresses[offer.pk] = answer_addresses(offer, today=day_of(at))
        for email in addresses[offer.pk]:
            groups.setdefault((offer.organisation_id, email), row)
    for (_, email), row in groups.items():
        organisation = row.slot.offer.organisation
        notify(
            notices.withdrawn_company(organisation, run),
            at=at,
            region=row.slot.programme.region,
            to_email=email,
            organisation=organisation,
        )


def _tell_schools(rows: list[Placement], run: Run, *, at: datetime) -> None:
    """One mail per class to each of its teachers."""
    classes: dict[int, list[Placement]] = defaultdict(list)
    for row in rows:
        classes[row.pupil.school_class_id].append(row)
    for found in classes.values():
        school_class = found[0].pupil.school_class
        for user in approving_people(found[0].pupil, today=day_of(at)):
            notify(
                notices.withdrawn_school(school_class, run),
                at=at,
                region=found[0].slot.programme.region,
                to_user=user,
                organisation=school_class.school.organisation,
            )
