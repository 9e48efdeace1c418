"""Work without anybody's click: deadlines, reminders, the first morning, the end. Safe to run twice or late."""

from datetime import datetime

from werkpfad.journey.applications.rules import BERLIN, local_day
from werkpfad.journey.placements import actions

MORNING, EVENING = 6, 18


def expire_overdue(*, at: datetime) -> None:
    actions.expire_overdue(at=at)


def remind_sides(*, at: datetime) -> None:
    actions.remind_sides(at=at)


def complete_finished(*, at: datetime) -> None:
    actions.complete_finished(today=local_day(at), at=at)


def send_first_day_links(*, at: datetime) -> None:
    """Only by day: a link that says who comes today is no mail for the night."""
    if MORNING <= at.astimezone(BERLIN).hour < EVENING:
        actions.send_first_day_links(today=local_day(at), at=at)
