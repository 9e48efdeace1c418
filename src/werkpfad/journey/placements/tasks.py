"""Work without anybody's click: deadlines, reminders, the first morning, the end. Safe to run twice or late."""

from datetime import date, datetime

from django_tasks import task

from werkpfad.base.core import clock
from werkpfad.base.core.days import BERLIN, day_of
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries import rounds_in_leftovers
from werkpfad.journey.placements import actions

NIGHT, MORNING, EVENING = 2, 6, 18


def expire_overdue(*, at: datetime) -> None:
    actions.expire_overdue(at=at)


def remind_sides(*, at: datetime) -> None:
    actions.remind_sides(at=at)


@task()
def fill_round(round_id: str, night: str, begins: bool) -> None:
    """One round's fill-up. A second worker that gets the same one finds nothing to do."""
    round_ = Round.objects.select_related("programme__region").get(public_id=round_id)
    actions.fill_round(
        round_=round_, night=date.fromisoformat(night), begins=begins, at=clock.now()
    )


def fill_rounds(*, at: datetime) -> None:
    """Begins in the small hours; what was begun and interrupted is finished whenever the worker comes back."""
    local = at.astimezone(BERLIN)
    begins = NIGHT <= local.hour < MORNING
    for round_ in rounds_in_leftovers(today=local.date()):
        fill_round.enqueue(round_.public_id, local.date().isoformat(), begins)


def tell_of_leftovers(*, at: datetime) -> None:
    """By day, and not before the worker has moved on from the night's fill-up."""
    if MORNING <= at.astimezone(BERLIN).hour < EVENING:
        actions.tell_of_leftovers(at=at)


def complete_finished(*, at: datetime) -> None:
    actions.complete_finished(today=day_of(at), at=at)


def send_first_day_links(*, at: datetime) -> None:
    """Only by day: a link that says who comes today is no mail for the night."""
    if MORNING <= at.astimezone(BERLIN).hour < EVENING:
        actions.send_first_day_links(today=day_of(at), at=at)
