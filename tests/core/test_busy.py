"""What can wait does not stop readers while somebody else writes."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from werkpfad.base.core.busy import can_write_now

pytestmark = pytest.mark.django_db
ALIAS = "busy"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another process at a file that `ALIAS` leads to."""
    path = tmp_path / "busy.sqlite3"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    settings = connection.settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"timeout": 7},
    }
    connections[ALIAS] = DatabaseWrapper(settings, ALIAS)
    yield other
    connections[ALIAS].close()
    del connections[ALIAS]
    other.close()


def test_only_while_somebody_else_writes_one_would_wait(other: sqlite3.Connection) -> None:
    assert can_write_now(ALIAS)
    other.execute("BEGIN IMMEDIATE")
    assert not can_write_now(ALIAS)
    other.execute("ROLLBACK")
    assert can_write_now(ALIAS)


def test_asking_changes_neither_patience_nor_transaction(other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    can_write_now(ALIAS)
    other.execute("ROLLBACK")
    can_write_now(ALIAS)
    with connections[ALIAS].cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (7000,)
        cursor.execute("CREATE TABLE written (id integer)")
    other.execute("INSERT INTO written VALUES (1)")


def test_within_a_transaction_there_is_nothing_to_ask() -> None:
    assert can_write_now()
