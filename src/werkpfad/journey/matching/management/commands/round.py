"""`werkpfad round verify ID`, `round export ID`, `round verify --file FILE`: recompute a run, here or elsewhere."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.record import (
    Check,
    NotARecord,
    lines_of,
    read_record,
    verify_record,
)
from werkpfad.journey.matching.verify import record_of, verify


class Command(BaseCommand):
    help = (
        "verify: check a run's seed and hashes, and recompute its result from the frozen input. "
        "export: write the run's record, to be checked on another machine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=["verify", "export"])
        parser.add_argument(
            "run", metavar="ID", nargs="?", help="public id of the run, as its page shows it"
        )
        parser.add_argument("--file", help="verify this exported record; needs no database")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] and options["step"] == "verify" and not options["run"]:
            self._from_file(options["file"])
            return
        if not options["run"] or options["file"]:
            raise CommandError("Name one run: an id, or for verify a --file.")
        run = Run.objects.select_related("round", "base").filter(public_id=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}.")
        if not run.result:
            raise CommandError("This run has no result yet.")
        if options["step"] == "export":
            self.stdout.write(json.dumps(record_of(run), sort_keys=True, indent=1))
            return
        self._report(verify(run), run.result_hash)

    def _from_file(self, path: str) -> None:
        try:
            record = read_record(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except (UnicodeDecodeError, NotARecord) as error:
            raise CommandError(f"{path} is no record of a run: {error}.") from None
        if not record["round_seed"]:
            self.stdout.write("the round's seed is still secret: two checks are left out")
        self._report(verify_record(record), record["result_hash"])

    def _report(self, checks: list[Check], result_hash: str) -> None:
        for line in lines_of(checks):
            self.stdout.write(line)
        if failed := [check.name for check in checks if not check.holds]:
            raise CommandError(f"Not verified: {', '.join(failed)}.")
        self.stdout.write(f"verified {result_hash}")
