"""All rows of one database into another, empty one: from SQLite to PostgreSQL without a dump in between.

Rows are written as they are (no times of change move, no `save` is called), in one transaction, and counted afterwards.
Left out: the cache, which fills itself, and the text index, which each database builds from the offers.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DataError, IntegrityError, connections, models, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import sql

from werkpfad.base.core.models import AuditEvent

SOURCE = "copied_from"
BATCH = 500
Report = Callable[[str, int], None]


class NotCopied(Exception):
    """Nothing was written; the text says why and what to do."""


def open_source(path: Path) -> str:
    """A read-only connection to this SQLite file; returns its alias. Raises `NotCopied`."""
    if not path.is_file():
        raise NotCopied(f"{path}: there is no such database file.")
    settings = connections[DEFAULT_DB_ALIAS].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{path.absolute()}?mode=ro",
        "OPTIONS": {"uri": True, "timeout": 20},
        "CONN_MAX_AGE": 0,
    }
    connections[SOURCE] = DatabaseWrapper(settings, SOURCE)
    return SOURCE


def copy_all(*, source: str, target: str, report: Report | None = None) -> dict[str, int]:
    """Copy every table; returns table -> rows. Raises `NotCopied`.

    `report` hears of each table before its rows are copied.
    """
    _require_same_migrations(source, target)
    tables = copied_models()
    _require_unused(target)
    with transaction.atomic(using=source), transaction.atomic(using=target):
        _clear(target, tables)
        counts = {}
        for model in tables:
            table = model._meta.db_table
            total = _all(model, source).count()
            if report is not None:
                report(table, total)
            try:
                _copy(model, source, target)
            except (DataError, IntegrityError) as error:
                reason = str(error).strip().splitlines()[0]
                raise NotCopied(f"{table}: the new database refuses a row: {reason}") from error
            counts[table] = total
        _set_counters(target, tables)
        _require_counts(target, tables, counts)
    return counts


def copied_models() -> list[type[models.Model]]:
    """All tables of all rooms and libraries, also those between many and many."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def _copy(model: type[models.Model], source: str, target: str) -> None:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    for rows in _chunks(_all(model, source).order_by("pk").iterator(chunk_size=BATCH), BATCH):
        size = connections[target].ops.bulk_batch_size(fields, rows)
        for part in _chunks(rows, max(1, size)):
            query = sql.InsertQuery(model)
            query.insert_values(fields, part, raw=True)
            query.get_compiler(using=target).execute_sql()


def _all(model: type[models.Model], alias: str) -> "models.QuerySet[Any]":
    """Every row, whatever the model's own manager leaves out."""
    return models.QuerySet(model=model, using=alias)


def _chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk


def _set_counters(target: str, tables: list[type[models.Model]]) -> None:
    """The next new row gets the next number, also where rows came with theirs."""
    statements = connections[target].ops.sequence_reset_sql(no_style(), tables)
    with connections[target].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _require_same_migrations(source: str, target: str) -> None:
    known = [
        set(MigrationRecorder(connections[alias]).applied_migrations())
        for alias in (source, target)
    ]
    if known[0] != known[1]:
        raise NotCopied(
            "The two databases are not of the same version. Run `werkpfad migrate` on both with this version first."
        )


def _require_unused(target: str) -> None:
    """Nobody has an account, and nothing was done: what `migrate` itself wrote does not count."""
    if any(_all(model, target).exists() for model in (get_user_model(), AuditEvent)):
        raise NotCopied("The new database is in use already. Create an empty one.")


def _clear(target: str, tables: list[type[models.Model]]) -> None:
    """Without what `migrate` wrote, so that each row comes with the id it had."""
    names = [model._meta.db_table for model in tables]
    with connections[target].cursor() as cursor:
        for statement in connections[target].ops.sql_flush(no_style(), names):
            cursor.execute(statement)


def _require_counts(
    target: str, tables: list[type[models.Model]], expected: dict[str, int]
) -> None:
    for model in tables:
        table = model._meta.db_table
        found = _all(model, target).count()
        if found != expected[table]:
            raise NotCopied(f"{table}: {expected[table]} rows were read, {found} arrived.")
