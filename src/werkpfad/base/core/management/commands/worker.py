"""`werkpfad worker`: do background work until told to stop."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from werkpfad.base.core.worker import Worker


class Command(BaseCommand):
    help = "Send mails, expire deadlines and do all other background work, until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is waiting, then end")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        worker = Worker()
        if once:
            worker.step()
        else:
            worker.run()
