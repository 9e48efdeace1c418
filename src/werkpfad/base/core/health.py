"""Whether this instance can do its work: database, migrations, queue. Details name no data, only states."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

QUEUE_PATIENCE = timedelta(minutes=15)
LEAST_FREE_DISK = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    detail: str


def readiness(*, at: datetime) -> list[Check]:
    """The database first; what needs it is only asked when it answers."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return [Check("database", False, "unreachable")]
    checks = [Check("database", True, connection.vendor), _migrations()]
    if checks[-1].ok:
        checks.append(_queue(at))
    return checks


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return Check("migrations", waiting == 0, "applied" if not waiting else f"{waiting} waiting")


def _queue(at: datetime) -> Check:
    """Work may wait, but not for long: then no worker is running."""
    due = at - QUEUE_PATIENCE
    late = DBTaskResult.objects.filter(
        Q(run_after=get_date_max()) | Q(run_after__lt=due),
        status=TaskResultStatus.READY,
        enqueued_at__lt=due,
    )
    waiting = late.count()
    return Check("queue", waiting == 0, "in time" if not waiting else f"{waiting} overdue")


def surroundings() -> list[Check]:
    """What lies around the process: folders, disk, keys, mail, static files and fonts."""
    return [_folder(), _disk(), _keys(), _mail(), _static(), _fonts()]


def _folder() -> Check:
    ok = settings.DATA.is_dir() and os.access(settings.DATA, os.W_OK)
    return Check("data", ok, f"{settings.DATA} {'can' if ok else 'cannot'} be written to")


def _disk() -> Check:
    free = shutil.disk_usage(settings.DATA if settings.DATA.is_dir() else "/").free
    return Check("disk", free >= LEAST_FREE_DISK, f"{free // 1024**2} MB free")


def _keys() -> Check:
    """Keys kept as files must be closed to other users of the machine."""
    kept = [settings.DATA / name for name in ("secret-key", "code-key")]
    exposed = [path.name for path in kept if path.exists() and path.stat().st_mode & 0o077]
    return Check(
        "keys",
        not exposed,
        f"readable by others: {', '.join(exposed)}" if exposed else "closed to others",
    )


def _mail() -> Check:
    """A production instance that cannot send reaches nobody."""
    if settings.EMAIL_HOST:
        return Check("mail", True, f"through {settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    return Check("mail", not settings.PRODUCTION, f"kept as files in {settings.EMAIL_FILE_PATH}")


def _static() -> Check:
    ok = settings.DEBUG or (settings.STATIC_ROOT / "staticfiles.json").exists()
    return Check("static", ok, "collected" if ok else "missing: werkpfad collectstatic")


def _fonts() -> Check:
    count = len(list(settings.FONTS.glob("*.ttf")))
    return Check("fonts", count > 0, f"{count} for documents" if count else "missing: ./dev setup")
