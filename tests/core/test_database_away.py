"""The database is gone for ten seconds under a real web server and a real worker: told in German, nothing lost, nothing twice."""

import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.core.gate import Gate
from tests.core.settings_served import TASKS
from tests.core.test_serving import free_port
from tests.factories.journey import make_application
from tests.placements.world import make_scene
from werkpfad.base.core import clock
from werkpfad.base.core.models import AuditEvent
from werkpfad.base.core.serving import Instance
from werkpfad.base.core.tasks import run_periodic
from werkpfad.journey.applications.models import Application
from werkpfad.journey.placements.actions.telling import company_link
from werkpfad.journey.placements.models import Placement
from werkpfad.region.notifications.models import OutboxMail

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
AWAY_SECONDS = 10
SENTENCE = "Die Datenbank antwortet gerade nicht"


@dataclass
class Served:
    """A web server and a worker whose way to the database leads through a gate."""

    gate: Gate
    port: int
    worker: "subprocess.Popen[bytes]"
    worker_log: Path

    def ask(
        self, path: str, form: dict[str, str] | None = None, cookie: str = ""
    ) -> tuple[int, str, str]:
        """Status, page and the CSRF cookie of one request on a connection of its own."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": cookie} if cookie else {}
        if form is None:
            asking.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            asking.request("POST", path, urlencode(form), headers)
        answer = asking.getresponse()
        page = answer.read().decode()
        set_cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        asking.close()
        return answer.status, page, set_cookie


@pytest.fixture
def served(transactional_db: None, tmp_path: Path) -> Iterator[Served]:
    database, port = connection.settings_dict, free_port()
    with tempfile.TemporaryDirectory(prefix="gate") as folder:
        gate = Gate(Path(folder), database["HOST"])
        gate.open()
        address = f"postgres://{database['USER']}@/{database['NAME']}?host={folder}"
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.core.settings_served",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
            "WERKPFAD_DATABASE_URL": address,
            "WERKPFAD_DATA": str(tmp_path),
        }
        instance = Instance("127.0.0.1", port, 1, with_worker=True)
        log = tmp_path / "worker.log"
        with log.open("wb") as worker_log, (tmp_path / "web.log").open("wb") as web_log:
            web = subprocess.Popen(instance._web_command, env=env, stdout=web_log, stderr=web_log)
            worker = subprocess.Popen(
                [sys.executable, "-c", WORKER], env=env, stdout=worker_log, stderr=worker_log
            )
        started = Served(gate, port, worker, log)
        try:
            until(lambda: answers(started), "the server answers")
            yield started
        finally:
            for process in (worker, web):
                process.terminate()
            for process in (worker, web):
                process.wait(timeout=30)
            gate.shut()


# The `worker` command with its log on, which the tests' settings leave out.
WORKER = """
import logging; logging.basicConfig(level=logging.INFO)
from werkpfad.config.cli import main
import sys; sys.argv = ["werkpfad", "worker"]; main()
"""


def answers(served: Served) -> bool:
    try:
        return served.ask("/healthz")[0] == 200
    except OSError:
        return False


def until(happens: Callable[[], bool], what: str, within: float = 120) -> None:
    """Waits for what another process does; how long it takes is not the question."""
    deadline = time.monotonic() + within
    while not happens():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.2)


def enqueue() -> str:
    with override_settings(TASKS=TASKS):
        return str(run_periodic.using(backend="default").enqueue("nothing").id)


def is_done(task: str) -> bool:
    return DBTaskResult.objects.filter(pk=task, status=TaskResultStatus.SUCCESSFUL).exists()


def test_nothing_is_lost_and_nothing_happens_twice(served: Served) -> None:
    scene = make_scene(capacity=3)
    token = company_link(
        scene.company, "betrieb@example.org", at=clock.now(), valid_for=timedelta(hours=24)
    )
    application = make_application(pupil=scene.pupil, slot=scene.slot)
    path = reverse("placements:answer", args=[token])
    before = enqueue()
    until(lambda: is_done(before), "the worker works")

    status, page, cookie = served.ask(path)
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert status == 200
    assert found is not None
    yes = {
        "csrfmiddlewaretoken": found[1],
        "item": f"application-{application.public_id}",
        "answer": "yes",
    }

    served.gate.shut()
    events, mails = AuditEvent.objects.count(), OutboxMail.objects.count()
    gone_until = time.monotonic() + AWAY_SECONDS
    waiting = enqueue()
    while time.monotonic() < gone_until:
        for form in (None, yes):
            status, page, _ = served.ask(path, form, cookie)
            assert (status, SENTENCE in page) == (503, True)
        assert served.ask("/healthz")[0] == 200
        assert served.ask("/readyz")[0] == 503
        time.sleep(0.5)
    until(lambda: "database not available" in served.worker_log.read_text(), "the worker notices")
    application.refresh_from_db()
    assert application.state == "open"
    assert (AuditEvent.objects.count(), OutboxMail.objects.count()) == (events, mails)
    assert not is_done(waiting)

    served.gate.open()
    assert served.ask(path)[0] == 200
    assert served.ask(path, yes, cookie)[0] == 302
    assert served.ask(path, yes, cookie)[0] == 302
    assert Application.objects.get(pk=application.pk).state == "accepted"
    assert Placement.objects.filter(application=application).count() == 1
    assert AuditEvent.objects.filter(event="application.accepted").count() == 1
    until(lambda: is_done(waiting), "the worker goes on")
    assert served.worker.poll() is None
    assert served.worker_log.read_text().count("worker started") == 1
