import pytest
from django.core.management import call_command
from django.test import override_settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from werkpfad.base.core.tasks import run_periodic


@pytest.mark.django_db(transaction=True)
def test_the_worker_empties_the_queue() -> None:
    database = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    with override_settings(TASKS=database):
        for _ in range(3):
            run_periodic.using(backend="default").enqueue("nothing")
        assert DBTaskResult.objects.ready().count() == 3
        call_command("worker", "--once")
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {
        TaskResultStatus.SUCCESSFUL
    }
