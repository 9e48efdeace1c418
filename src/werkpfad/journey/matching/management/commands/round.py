"""`werkpfad round verify ID`: recompute a run from its frozen input and compare to the byte."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.verify import verify


class Command(BaseCommand):
    help = "Check a run: seed, hashes, and the result recomputed from its frozen input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=["verify"])
        parser.add_argument("run", metavar="ID", help="public id of the run, as its page shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        run = Run.objects.select_related("round").filter(public_id=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}.")
        if not run.result:
            raise CommandError("This run has no result yet.")
        checks = verify(run)
        for check in checks:
            note = f" ({check.note})" if check.note and not check.holds else ""
            self.stdout.write(f"{'ok  ' if check.holds else 'FAIL'} {check.name}{note}")
        if failed := [check.name for check in checks if not check.holds]:
            raise CommandError(f"Not verified: {', '.join(failed)}.")
        self.stdout.write(f"verified {run.result_hash}")
