# ruff: noqa: N999 -- the file is the name of the command
"""`werkpfad import KIND FILE`: the same imports as in the browser, from the shell."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from werkpfad.base.core import clock
from werkpfad.base.core.actor import COMMAND
from werkpfad.base.core.school_year import school_year_of
from werkpfad.region.network.models import Region
from werkpfad.surface.exchange.actions import PlanChanged, commit_import, stage_plan
from werkpfad.surface.exchange.enums import Kind, Outcome
from werkpfad.surface.exchange.formats.planning import Planned
from werkpfad.surface.exchange.models import ImportBatch
from werkpfad.surface.exchange.queries import SHARED_KINDS, plan_file
from werkpfad.surface.exchange.stores import ImportScope
from werkpfad.surface.exchange.tabular import FileRejected, Limits, check_size

SHOWN_ERRORS = 25


class Command(BaseCommand):
    help = "Importiert eine CSV- oder Excel-Datei, ganz oder gar nicht. Wiederholen ändert nichts doppelt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "kind", choices=Kind.values, metavar="KIND", help=", ".join(Kind.values)
        )
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV (.csv) oder Excel (.xlsx)")
        parser.add_argument("--region", metavar="SLUG", help="Region; nötig, wenn es mehrere gibt")
        parser.add_argument(
            "--district",
            action="append",
            default=[],
            metavar="AGS",
            help="nur Schulen dieses Kreises (5 Ziffern, mehrfach möglich; braucht die Postleitzahlen)",
        )
        parser.add_argument(
            "--school-year",
            type=int,
            metavar="JJJJ",
            help="Beginn des Schuljahrs für Klassenlisten",
        )
        parser.add_argument("--dry-run", action="store_true", help="nur prüfen, nichts schreiben")
        parser.add_argument(
            "--json", action="store_true", help="Zusammenfassung als letzte Zeile in JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kind = Kind(options["kind"])
        try:
            data = self._read(options["file"])
            scope = self._scope(kind, options)
            rows, counts = self._run(kind, data, scope, options)
        except FileRejected as error:
            raise CommandError(str(error)) from error
        self._summary(kind, rows, counts, options)
        if counts["errors"]:
            sys.exit(1)

    def _read(self, path: Path) -> bytes:
        try:
            check_size(path.stat().st_size, self._limits())
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def _limits(self) -> Limits:
        return Limits(max_bytes=settings.UPLOAD_LIMIT)

    def _scope(self, kind: Kind, options: dict[str, Any]) -> ImportScope:
        today = clock.today()
        return ImportScope(
            today=today,
            school_year=options["school_year"] or school_year_of(today),
            region=None if kind in SHARED_KINDS else self._region(options["region"]),
            districts=frozenset(options["district"]),
        )

    def _region(self, slug: str | None) -> Region:
        regions = list(Region.objects.order_by("slug"))
        found = [region for region in regions if slug in (None, region.slug)]
        if len(found) == 1:
            return found[0]
        known = ", ".join(region.slug for region in regions) or "noch keine"
        if slug is None and regions:
            raise CommandError(f"Es gibt mehrere Regionen. Bitte --region angeben: {known}.")
        raise CommandError(f"Diese Region gibt es nicht (vorhanden: {known}).")

    def _run(
        self, kind: Kind, data: bytes, scope: ImportScope, options: dict[str, Any]
    ) -> tuple[tuple[Planned, ...], dict[str, int]]:
        """Plan, and write unless asked not to, a row is wrong or nothing is new."""
        name = options["file"].name
        plan = plan_file(
            kind=kind,
            data=data,
            name=name,
            scope=scope,
            limits=self._limits(),
            progress=self._progress("geprüft"),
        )
        counts = plan.counts
        writes = counts["created"] + counts["updated"]
        if writes and not counts["errors"] and not options["dry_run"]:
            batch = stage_plan(
                plan=plan, kind=kind, data=data, name=name, scope=scope, by=COMMAND, at=clock.now()
            )
            self._commit(batch, scope)
        return plan.rows, counts

    def _commit(self, batch: ImportBatch, scope: ImportScope) -> None:
        progress = self._progress("übernommen")
        try:
            commit_import(batch=batch, scope=scope, by=COMMAND, at=clock.now(), progress=progress)
        except PlanChanged as error:
            raise CommandError(
                "Während des Imports hat sich der Bestand geändert; nichts wurde übernommen. Bitte noch einmal starten."
            ) from error

    def _progress(self, word: str) -> Any:
        """A line on the error stream that overwrites itself, if somebody is watching."""
        stream = self.stderr

        def show(done: int, total: int) -> None:
            if stream.isatty():
                stream.write(f"\r  {done} von {total} {word}", ending="" if done < total else "\n")

        return show

    def _summary(
        self, kind: Kind, rows: Sequence[Planned], counts: dict[str, int], options: dict[str, Any]
    ) -> None:
        errors = [row for row in rows if row.outcome == Outcome.ERROR]
        for row in errors[:SHOWN_ERRORS]:
            self.stderr.write(row.message)
        if len(errors) > SHOWN_ERRORS:
            self.stderr.write(f"… und {len(errors) - SHOWN_ERRORS} weitere Zeilen mit Fehlern.")
        for reason, count in _reasons(rows):
            self.stdout.write(f"  {count:>6} × {reason}")
        ending = _ending(counts, dry_run=options["dry_run"])
        self.stdout.write(
            f"{kind.label}: {counts['read']} Zeilen gelesen, {counts['created']} neu, {counts['updated']} geändert, "
            f"{counts['skipped']} übersprungen, {counts['errors']} mit Fehlern. {ending}"
        )
        if options["json"]:
            self.stdout.write(json.dumps(counts))


def _ending(counts: dict[str, int], *, dry_run: bool) -> str:
    if counts["errors"]:
        return "Nichts wurde übernommen."
    if dry_run:
        return "Probelauf, nichts wurde übernommen."
    written = counts["created"] + counts["updated"]
    return "Übernommen." if written else "Nichts zu übernehmen."


def _reasons(rows: Sequence[Planned]) -> list[tuple[str, int]]:
    """Why rows were skipped or read differently, without the figures in the texts."""
    counted: dict[str, int] = {}
    for row in rows:
        for note in row.notes:
            text = "".join("#" if sign.isdigit() else sign for sign in note)
            while "##" in text:
                text = text.replace("##", "#")
            counted[text] = counted.get(text, 0) + 1
    return sorted(counted.items(), key=lambda item: -item[1])[:12]
