import inspect
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from werkpfad.base.core import schedule, tasks
from werkpfad.base.core.health import readiness
from werkpfad.base.core.models import PeriodicRun, ThrottleCount
from werkpfad.base.core.schedule import Periodic
from werkpfad.base.core.tasks import LOST_AFTER, RETRY_AFTER, TRIES

pytestmark = pytest.mark.django_db
HOURLY = Periodic("hourly", timedelta(hours=1), "tests.core.test_schedule.note")
NOTED: list[datetime] = []


def note(*, at: datetime) -> None:
    NOTED.append(at)


@pytest.fixture
def hourly(monkeypatch: pytest.MonkeyPatch) -> Periodic:
    monkeypatch.setattr(schedule, "_registry", {})
    schedule.register_periodic(HOURLY.name, every=HOURLY.every, call=HOURLY.call)
    NOTED.clear()
    return HOURLY


def make_task(**fields: object) -> DBTaskResult:
    values = {
        "task_path": "werkpfad.base.core.tasks.run_periodic",
        "args_kwargs": {"args": ["nothing"], "kwargs": {}},
        "backend_name": "default",
        "run_after": get_date_max(),
    }
    return DBTaskResult.objects.create(**values | fields)


def test_rooms_name_functions_that_exist() -> None:
    for entry in schedule.registered():
        assert callable(import_string(entry.call))
    assert {"core.tidy", "notifications.outbox"} <= {entry.name for entry in schedule.registered()}


def test_due_is_the_last_full_hour(now: datetime) -> None:
    assert HOURLY.due(now + timedelta(minutes=59)) == now
    assert HOURLY.due(now + timedelta(minutes=60)) == now + timedelta(hours=1)


def test_weekly_work_is_due_on_mondays(now: datetime) -> None:
    assert Periodic("w", timedelta(weeks=1), "x").due(now).weekday() == 0


def test_a_name_belongs_to_one_piece_of_work(hourly: Periodic) -> None:
    schedule.register_periodic(hourly.name, every=hourly.every, call=hourly.call)
    with pytest.raises(ValueError, match="twice"):
        schedule.register_periodic(hourly.name, every=timedelta(days=1), call=hourly.call)


def test_each_due_run_happens_once(hourly: Periodic, now: datetime) -> None:
    assert [tasks.queue_if_due(hourly, at=now + timedelta(minutes=m)) for m in (0, 20, 59)] == [
        True,
        False,
        False,
    ]
    tasks.tick(at=now + timedelta(minutes=60))
    assert len(NOTED) == 2
    assert PeriodicRun.objects.count() == 2


def test_tidying_keeps_what_is_recent(hourly: Periodic, now: datetime) -> None:
    later = now + tasks.KEPT_FOR + timedelta(hours=1)
    tasks.tick(at=now)
    tasks.tick(at=later)
    old = make_task(status=TaskResultStatus.SUCCESSFUL, finished_at=now)
    waiting = make_task()
    ThrottleCount.objects.create(key_digest="old", window_ends_at=now)
    ThrottleCount.objects.create(key_digest="new", window_ends_at=later)
    tasks.tidy(at=later)
    assert [run.due_at for run in PeriodicRun.objects.all()] == [hourly.due(later)]
    assert list(DBTaskResult.objects.filter(pk__in=[old.pk, waiting.pk])) == [waiting]
    assert [row.key_digest for row in ThrottleCount.objects.all()] == ["new"]


def test_work_no_longer_registered_is_left_alone(hourly: Periodic) -> None:
    tasks.run_periodic.call("gone")
    assert NOTED == []


def test_a_task_of_a_dead_worker_runs_again(now: datetime) -> None:
    lost = make_task(
        status=TaskResultStatus.RUNNING,
        started_at=now - LOST_AFTER - timedelta(seconds=1),
        worker_ids=["a"],
    )
    busy = make_task(
        status=TaskResultStatus.RUNNING, started_at=now - timedelta(minutes=1), worker_ids=["b"]
    )
    assert tasks.recover(at=now) == 1
    lost.refresh_from_db()
    busy.refresh_from_db()
    assert (lost.status, busy.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def test_a_task_is_given_up_after_its_last_try(now: datetime) -> None:
    lost = make_task(
        status=TaskResultStatus.RUNNING, started_at=now - LOST_AFTER * 2, worker_ids=["a"] * TRIES
    )
    tasks.recover(at=now)
    lost.refresh_from_db()
    assert (lost.status, lost.finished_at) == (TaskResultStatus.FAILED, now)
    assert tasks.recover(at=now + RETRY_AFTER * 2) == 0


def test_a_failed_task_is_tried_again_after_a_pause(now: datetime) -> None:
    failed = make_task(
        status=TaskResultStatus.FAILED,
        started_at=now,
        finished_at=now,
        worker_ids=["a"],
        traceback="x",
    )
    assert tasks.recover(at=now + RETRY_AFTER) == 0
    assert tasks.recover(at=now + RETRY_AFTER + timedelta(seconds=1)) == 1
    failed.refresh_from_db()
    assert (failed.status, failed.finished_at) == (TaskResultStatus.READY, None)


@pytest.mark.parametrize(
    ("run_after", "ready"),
    [(None, False), (timedelta(minutes=5), True), (timedelta(minutes=-30), False)],
)
def test_not_ready_while_work_waits_too_long(run_after: timedelta | None, ready: bool) -> None:
    later = timezone.now() + timedelta(minutes=20)
    make_task(run_after=get_date_max() if run_after is None else later + run_after)
    checks = {check.name: check for check in readiness(at=later)}
    assert checks["database"].ok
    assert checks["migrations"].ok
    assert checks["queue"].ok is ready


def test_whatever_is_registered_exists_and_is_told_the_time() -> None:
    """A name that leads nowhere would fail in the worker's log, where nobody looks at night."""
    for entry in schedule.registered():
        call = import_string(entry.call)
        assert "at" in inspect.signature(call).parameters, entry.name
