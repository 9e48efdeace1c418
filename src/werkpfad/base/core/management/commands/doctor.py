"""`werkpfad doctor`: is everything there that this instance needs?"""

import json
from argparse import ArgumentParser
from importlib.metadata import version
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from werkpfad.base.core import clock
from werkpfad.base.core.health import readiness, surroundings


class Command(BaseCommand):
    help = "Look at database, migrations, queue, folders, disk, mail and files; end with an error if one is amiss."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one line for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        checks = [*readiness(at=clock.now()), *surroundings()]
        amiss = [check.name for check in checks if not check.ok]
        if options["json"]:
            states = {check.name: {"ok": check.ok, "detail": check.detail} for check in checks}
            self.stdout.write(json.dumps({"version": version("werkpfad"), "checks": states}))
        else:
            self.stdout.write(f"Werkpfad {version('werkpfad')}")
            for check in checks:
                self.stdout.write(
                    f"  {'ok  ' if check.ok else 'BAD '} {check.name:<12} {check.detail}"
                )
        if amiss:
            raise CommandError(f"Amiss: {', '.join(amiss)}.")
