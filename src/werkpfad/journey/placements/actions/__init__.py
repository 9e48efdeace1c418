"""Placements promise: a seat is taken once, by a placement that all three sides agreed to, and never twice.

Locks are taken in one order: pupil, placement, slot. Each step is recorded, and whoever is concerned is told
with the change. Doing the same thing twice gives the same result once.
"""

from werkpfad.journey.placements.actions.answers import (
    Answered,
    Result,
    answer,
    remind_sides,
    take_back,
)
from werkpfad.journey.placements.actions.attendance import (
    NotADay,
    complete_finished,
    record_day,
    record_days,
    take_back_day,
)
from werkpfad.journey.placements.actions.certificates import (
    NotAttestable,
    issue_certificate,
    issue_days_certificate,
    revoke_certificate,
)
from werkpfad.journey.placements.actions.endings import cancel, expire_overdue
from werkpfad.journey.placements.actions.feedback import AlreadyGiven, NotComplete, give_feedback
from werkpfad.journey.placements.actions.fill import fill_round
from werkpfad.journey.placements.actions.leftovers import tell_of_leftovers
from werkpfad.journey.placements.actions.links import renew_company_link, send_first_day_links
from werkpfad.journey.placements.actions.proposals import (
    CannotPropose,
    Published,
    propose_from_application,
    propose_manually,
    publish_fill,
    publish_run,
)
from werkpfad.journey.placements.actions.supervision import name_supervisor
from werkpfad.journey.placements.actions.undo import AlreadyAnswered, withdraw_run

__all__ = [
    "AlreadyAnswered",
    "AlreadyGiven",
    "Answered",
    "CannotPropose",
    "NotADay",
    "NotAttestable",
    "NotComplete",
    "Published",
    "Result",
    "answer",
    "cancel",
    "complete_finished",
    "expire_overdue",
    "fill_round",
    "give_feedback",
    "issue_certificate",
    "issue_days_certificate",
    "name_supervisor",
    "propose_from_application",
    "propose_manually",
    "publish_fill",
    "publish_run",
    "record_day",
    "record_days",
    "remind_sides",
    "renew_company_link",
    "revoke_certificate",
    "send_first_day_links",
    "take_back",
    "take_back_day",
    "tell_of_leftovers",
    "withdraw_run",
]
