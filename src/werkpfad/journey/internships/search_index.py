"""The text index over `Offer.search_text`: FTS5 on SQLite, a generated tsvector with GIN on PostgreSQL.

Both index the same tokens, so a search finds the same offers on both. Built after each migration rather than in
one: SQLite rebuilds a table when a column changes and loses the triggers on it without a word.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from werkpfad.journey.internships.rules.search import fts5_query, tsquery

_SQLITE_TABLE = """
CREATE VIRTUAL TABLE IF NOT EXISTS internships_offer_fts
USING fts5(search_text, content='internships_offer', content_rowid='id',
           tokenize="unicode61 remove_diacritics 0")
"""
_SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER IF NOT EXISTS internships_offer_fts_insert AFTER INSERT ON internships_offer BEGIN
      INSERT INTO internships_offer_fts(rowid, search_text) VALUES (new.id, new.search_text);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS internships_offer_fts_delete AFTER DELETE ON internships_offer BEGIN
      INSERT INTO internships_offer_fts(internships_offer_fts, rowid, search_text)
      VALUES ('delete', old.id, old.search_text);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS internships_offer_fts_update
    AFTER UPDATE OF search_text ON internships_offer BEGIN
      INSERT INTO internships_offer_fts(internships_offer_fts, rowid, search_text)
      VALUES ('delete', old.id, old.search_text);
      INSERT INTO internships_offer_fts(rowid, search_text) VALUES (new.id, new.search_text);
    END
    """,
)
_TRIGGER_COUNT = """
SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'internships_offer_fts_%'
"""
_POSTGRES = (
    """
    ALTER TABLE internships_offer ADD COLUMN IF NOT EXISTS search_vector tsvector
    GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED
    """,
    "CREATE INDEX IF NOT EXISTS offer_search_vector ON internships_offer USING gin (search_vector)",
)


def build(using: str = "default", **_: Any) -> None:
    """Make the index where it is missing and fill it; safe to repeat."""
    connection = connections[using]
    if "internships_offer" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in _POSTGRES:
                cursor.execute(statement)
            return
        cursor.execute(_SQLITE_TABLE)
        cursor.execute(_TRIGGER_COUNT)
        if cursor.fetchone()[0] < len(_SQLITE_TRIGGERS):
            for statement in _SQLITE_TRIGGERS:
                cursor.execute(statement)
            cursor.execute(
                "INSERT INTO internships_offer_fts(internships_offer_fts) VALUES ('rebuild')"
            )


class HasWords(Func):
    """Whether an offer's text holds the words: `offers.filter(HasWords.of(connection, "Holz"))`."""

    output_field = BooleanField()

    def __init__(self, query: str) -> None:
        super().__init__(F("pk"))
        self.query = query

    @classmethod
    def of(cls, connection: BaseDatabaseWrapper, words: str) -> "HasWords | None":
        """None without a usable word."""
        query = tsquery(words) if connection.vendor == "postgresql" else fts5_query(words)
        return cls(query) if query else None

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, list[str]]:
        """SQLite's index is a table of its own."""
        key, _ = compiler.compile(self.source_expressions[0])
        found = "SELECT rowid FROM internships_offer_fts WHERE internships_offer_fts MATCH %s"
        return f"{key} IN ({found})", [self.query]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, list[str]]:
        """A column that no model knows, beside the key; asked for by `IN` the planner would join the table to itself."""
        key, _ = compiler.compile(self.source_expressions[0])
        table = key.rpartition(".")[0]
        return f"{table}.search_vector @@ to_tsquery('simple', %s)", [self.query]
