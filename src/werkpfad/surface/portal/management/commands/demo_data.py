"""`werkpfad demo_data`: build the fictional county, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from werkpfad.base.core import clock
from werkpfad.region.network.models import Region
from werkpfad.surface.portal.demo.seed import is_seeded, seed_demo


class Command(BaseCommand):
    help = "Build the fictional county Elbe-Oste to try Werkpfad in. Does nothing where it already exists."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo data are never built in a production instance.")
        if is_seeded():
            self.stdout.write("The demo county is already there.")
            return
        if Region.objects.exists():
            raise CommandError(
                "This database holds a real region. Choose another folder with --data or WERKPFAD_DATA."
            )
        seed_demo(today=clock.today(), at=clock.now(), report=self._report)
        self.stdout.write("The demo county is ready.")

    def _report(self, line: str) -> None:
        self.stdout.write(f"  {line} ...")
        self.stdout.flush()
