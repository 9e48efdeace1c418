"""Background work: what repeats is queued when due, and what a dead worker left behind is queued again.

The unique row (name, due) lets several workers queue a run once. Tasks must be safe to repeat.
"""

import logging
from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from werkpfad.base.core import clock, schedule
from werkpfad.base.core.models import PeriodicRun, ThrottleCount

log = logging.getLogger(__name__)

TRIES = 3
LOST_AFTER = timedelta(minutes=15)
RETRY_AFTER = timedelta(minutes=2)
RETRY_WITHIN = timedelta(days=1)
KEPT_FOR = timedelta(days=30)


@task()
def run_periodic(name: str) -> None:
    """One run of registered work; what is no longer registered is left alone."""
    if name in {entry.name for entry in schedule.registered()}:
        schedule.run(name, at=clock.now())


def tick(*, at: datetime) -> None:
    """Queue what is due, and bring back what got lost. Cheap, to be called every few seconds."""
    for entry in schedule.registered():
        queue_if_due(entry, at=at)
    recover(at=at)


def queue_if_due(entry: schedule.Periodic, *, at: datetime) -> bool:
    """Whether a new run was queued. Missed runs are not made up for: only the latest due one counts."""
    due = entry.due(at)
    if PeriodicRun.objects.filter(name=entry.name, due_at=due).exists():
        return False
    with transaction.atomic():
        _, is_new = PeriodicRun.objects.get_or_create(
            name=entry.name, due_at=due, defaults={"queued_at": at}
        )
        if is_new:
            run_periodic.enqueue(entry.name)
    return is_new


def recover(*, at: datetime) -> int:
    """Queue tasks again whose worker died or which failed; after `TRIES` tries they stay failed. Returns how many."""
    lost = Q(status=TaskResultStatus.RUNNING, started_at__lt=at - LOST_AFTER)
    failed = Q(
        status=TaskResultStatus.FAILED,
        finished_at__lt=at - RETRY_AFTER,
        finished_at__gt=at - RETRY_WITHIN,
    )
    recovered = 0
    for result in DBTaskResult.objects.filter(lost | failed):
        tried = len(result.worker_ids)
        change: dict[str, object] = {"status": TaskResultStatus.READY, "finished_at": None}
        if tried >= TRIES:
            if result.status == TaskResultStatus.FAILED:
                continue
            change.update(status=TaskResultStatus.FAILED, finished_at=at)
            log.error("task given up", extra={"task": str(result.pk), "tries": tried})
        # The condition lets only one of two workers win.
        same = DBTaskResult.objects.filter(
            pk=result.pk, status=result.status, started_at=result.started_at
        )
        recovered += same.update(**change)
    return recovered


def tidy(*, at: datetime) -> None:
    """Remove what nobody needs any more: ended sessions, old counters, finished tasks and their schedule."""
    SessionStore.clear_expired()
    ThrottleCount.objects.filter(window_ends_at__lt=at - timedelta(days=7)).delete()
    PeriodicRun.objects.filter(due_at__lt=at - KEPT_FOR).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=at - KEPT_FOR).delete()
