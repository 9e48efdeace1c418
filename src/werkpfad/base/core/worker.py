"""The background worker: takes tasks from the database one by one, and keeps the schedule."""

import logging
import threading
import time

from django.db import DatabaseError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from werkpfad.base.core import clock, tasks

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks at an empty queue
TICK = 10.0  # seconds between two looks at the schedule


class Worker:
    """Runs until SIGTERM or SIGINT; a task under way is finished first. A lost database is waited for."""

    def __init__(self) -> None:
        self.tasks = DatabaseWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self._next_tick = 0.0

    def run(self) -> None:
        if threading.current_thread() is threading.main_thread():
            self.tasks.configure_signals()
        log.info("worker started")
        while self.tasks.running:
            try:
                self.step()
            except DatabaseError as error:
                log.error("database not available: %s", type(error).__name__)
                connection.close()
            time.sleep(PAUSE)

    def step(self) -> None:
        """One look at the schedule, when it is time, and at the queue until it is empty."""
        close_old_connections()
        if time.monotonic() >= self._next_tick:
            tasks.tick(at=clock.now())
            self._next_tick = time.monotonic() + TICK
        if DBTaskResult.objects.ready().exists():
            self.tasks.run()
