"""A text index over a column of tokens: FTS5 on SQLite, a generated tsvector with GIN on PostgreSQL.

Both index the same tokens (`core.text.search_text`), so a search finds the same rows on both. Built after each migration
rather than in one: SQLite rebuilds a table when a column changes and loses the triggers on it without a word.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from werkpfad.base.core.text import fts5_query, tsquery


@dataclass(frozen=True, slots=True)
class TextIndex:
    """The index over `search_text` of one table; names come from code, never from a request."""

    table: str
    postgres_index: str

    def build(self, using: str = "default", **_: Any) -> None:
        """Make the index where it is missing and fill it; safe to repeat."""
        connection = connections[using]
        if self.table not in connection.introspection.table_names():
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for statement in self._postgres():
                    cursor.execute(statement)
                return
            cursor.execute(self._sqlite_table())
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
                [f"{self.table}_fts_%"],
            )
            triggers = self._sqlite_triggers()
            if cursor.fetchone()[0] < len(triggers):
                for statement in triggers:
                    cursor.execute(statement)
                cursor.execute(
                    f"INSERT INTO {self.table}_fts({self.table}_fts) VALUES ('rebuild')"  # noqa: S608 -- fixed name
                )

    def has(self, connection: BaseDatabaseWrapper, words: str) -> "HasWords | None":
        """A condition to filter by, `rows.filter(INDEX.has(connection, "Holz"))`; None without a usable word."""
        query = tsquery(words) if connection.vendor == "postgresql" else fts5_query(words)
        return HasWords(self.table, query) if query else None

    def _postgres(self) -> tuple[str, ...]:
        return (
            f"ALTER TABLE {self.table} ADD COLUMN IF NOT EXISTS search_vector tsvector "
            "GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
            f"CREATE INDEX IF NOT EXISTS {self.postgres_index} ON {self.table} USING gin (search_vector)",
        )

    def _sqlite_table(self) -> str:
        return (
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.table}_fts USING fts5(search_text, "
            f"content='{self.table}', content_rowid='id', tokenize=\"unicode61 remove_diacritics 0\")"
        )

    def _sqlite_triggers(self) -> tuple[str, ...]:
        table, fts = self.table, f"{self.table}_fts"
        add = f"INSERT INTO {fts}(rowid, search_text) VALUES (new.id, new.search_text);"  # noqa: S608 -- fixed name
        remove = f"INSERT INTO {fts}({fts}, rowid, search_text) VALUES ('delete', old.id, old.search_text);"  # noqa: S608 -- fixed name
        return (
            f"CREATE TRIGGER IF NOT EXISTS {fts}_insert AFTER INSERT ON {table} BEGIN {add} END",
            f"CREATE TRIGGER IF NOT EXISTS {fts}_delete AFTER DELETE ON {table} BEGIN {remove} END",
            f"CREATE TRIGGER IF NOT EXISTS {fts}_update AFTER UPDATE OF search_text ON {table} "
            f"BEGIN {remove} {add} END",
        )


class HasWords(Func):
    """Whether a row's text holds the words of a query in the database's own syntax."""

    output_field = BooleanField()

    def __init__(self, table: str, query: str) -> None:
        super().__init__(F("pk"))
        self.table, self.query = table, query

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, list[str]]:
        """SQLite's index is a table of its own."""
        key, _ = compiler.compile(self.source_expressions[0])
        found = f"SELECT rowid FROM {self.table}_fts WHERE {self.table}_fts MATCH %s"  # noqa: S608 -- fixed name
        return f"{key} IN ({found})", [self.query]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, list[str]]:
        """A column that no model knows, beside the key; asked for by `IN` the planner would join the table to itself."""
        key, _ = compiler.compile(self.source_expressions[0])
        table = key.rpartition(".")[0]
        return f"{table}.search_vector @@ to_tsquery('simple', %s)", [self.query]
