"""`werkpfad serve`: the whole instance in one command."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from werkpfad.base.core.serving import Instance, port_is_free


class Command(BaseCommand):
    help = "Apply migrations, then serve pages and do background work until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes, 2 by default")
        parser.add_argument(
            "--no-worker", action="store_true", help="background work runs elsewhere"
        )
        parser.add_argument(
            "--no-migrate", action="store_true", help="migrations are applied elsewhere"
        )

    def handle(
        self,
        *args: Any,
        host: str,
        port: int,
        workers: int,
        no_worker: bool,
        no_migrate: bool,
        **options: Any,
    ) -> None:
        if not port_is_free(host, port):
            raise CommandError(f"Port {port} is in use. Choose another with --port.")
        if not settings.DEBUG and not (settings.STATIC_ROOT / "staticfiles.json").exists():
            self.stdout.write("Collecting static files ...")
            call_command("collectstatic", interactive=False, verbosity=0)
        if not no_migrate:
            self.stdout.write("Applying migrations ...")
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        instance = Instance(host, port, workers, with_worker=not no_worker)
        address = settings.BASE_URL if settings.PRODUCTION else f"http://localhost:{port}"
        code = instance.run(ready=lambda: self.stdout.write(f"Werkpfad is ready: {address}/"))
        if code:
            raise CommandError(f"The web server ended by itself with {code}.")
