"""Whether a write would have to wait. SQLite lets one write at a time, and a large import writes for many seconds."""

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections


def can_write_now(using: str = DEFAULT_DB_ALIAS) -> bool:
    """False if another process is writing right now, so that what can wait need not stop somebody who only reads.

    Always true on PostgreSQL, where only writers of the same row wait, and within a transaction.
    """
    connection = connections[using]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
        except OperationalError:
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
    return True
