"""`werkpfad worker`: do background work until told to stop."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.autoreload import run_with_reloader

from werkpfad.base.core.worker import Worker


class Command(BaseCommand):
    help = "Send mails, expire deadlines and do all other background work, until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is waiting, then end")
        parser.add_argument(
            "--reload", action="store_true", help="start again when the code changes; to develop"
        )

    def handle(self, *args: Any, once: bool = False, reload: bool = False, **options: Any) -> None:
        worker = Worker()
        if once:
            worker.step()
        elif reload:
            run_with_reloader(worker.run)
        else:
            worker.run()
