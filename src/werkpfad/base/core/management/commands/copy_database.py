"""`werkpfad copy_database`: all data of a SQLite file into the database that is configured, e.g. PostgreSQL."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from werkpfad.base.core.copying import NotCopied, copy_all, open_source


class Command(BaseCommand):
    help = "Copy all rows of a SQLite file into the configured, empty database; all or nothing, then count."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="source",
            type=Path,
            default=settings.DATA / "werkpfad.sqlite3",
            metavar="FILE",
            help="the SQLite file, by default the one in the data folder",
        )

    def handle(self, *args: Any, source: Path, **options: Any) -> None:
        target = connections[DEFAULT_DB_ALIAS]
        if (
            target.vendor == "sqlite"
            and Path(target.settings_dict["NAME"]).absolute() == source.absolute()
        ):
            raise CommandError(
                "Source and target are the same file. Set WERKPFAD_DATABASE_URL to the new database."
            )
        try:
            counts = copy_all(
                source=open_source(source), target=DEFAULT_DB_ALIAS, report=self._report
            )
        except NotCopied as error:
            raise CommandError(f"Nothing was copied. {error}") from error
        self.stdout.write(
            f"{sum(counts.values())} rows in {len(counts)} tables copied and counted."
        )

    def _report(self, table: str, rows: int) -> None:
        if rows:
            self.stdout.write(f"  {rows:>9} {table}")
