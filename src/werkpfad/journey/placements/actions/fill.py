"""The nightly fill-up: freed seats and late joiners find each other, and nobody who has something loses it.

Each step is whole or not done, and a repeat goes on where the last one ended: one frozen input a night, one
computation, one publication.
"""

import logging
from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.matching.actions import NotRunnable, compute_fill, request_fill
from werkpfad.journey.matching.enums import RunKind, RunStatus
from werkpfad.journey.matching.models import Proposal, Round, Run
from werkpfad.journey.placements import notices
from werkpfad.journey.placements.actions.proposals import publish_fill
from werkpfad.journey.placements.actions.telling import tell_coordination
from werkpfad.journey.placements.standing import standing_in

log = logging.getLogger(__name__)


def fill_round(*, round_: Round, night: date, begins: bool, at: datetime) -> Run | None:
    """Tonight's fill-up of one round; published if the round says so, else the coordination is told that it waits.

    Without `begins` only one that was asked for already is finished. None where there is nothing to do.
    """
    run = _begun(round_, night, at=at) if begins else _asked(round_, night)
    if run is None or run.status == RunStatus.DISCARDED:
        return run
    run = compute_fill(run=run, at=at)
    if run.status != RunStatus.DONE:
        return run
    if run.round.fills_nightly:
        _publish(run, at=at)
        run.refresh_from_db()
    else:
        _tell_that_it_waits(run, at=at)
    return run


def _asked(round_: Round, night: date) -> Run | None:
    return Run.objects.filter(round=round_, kind=RunKind.FILL, for_day=night).first()


@transaction.atomic
def _begun(round_: Round, night: date, *, at: datetime) -> Run | None:
    existing = _asked(round_, night)
    if existing is not None:
        return existing
    standing = standing_in(round_.programme)
    return request_fill(round_=round_, night=night, standing=standing, by=SYSTEM, at=at)


def _publish(run: Run, *, at: datetime) -> None:
    try:
        publish_fill(run=run, by=SYSTEM, at=at)
    except NotRunnable:
        log.info("fill-up is out already, or the market has ended", extra={"run": run.public_id})


def _tell_that_it_waits(run: Run, *, at: datetime) -> None:
    count = Proposal.objects.filter(run=run, slot__isnull=False).count()
    if count:
        tell_coordination(run.round.programme.region, notices.fill_waits(run, count), at=at)
