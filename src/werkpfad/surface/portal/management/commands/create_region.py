"""`werkpfad create_region`: the first step of a real instance: a region, its office and somebody who steers it."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email, validate_slug

from werkpfad.base.core import clock
from werkpfad.base.core.actor import COMMAND
from werkpfad.base.core.school_year import State
from werkpfad.region.network.founding import RegionExists, found_region


class Command(BaseCommand):
    help = "Create a region with its office, and invite the first coordinator by mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="short name for addresses and imports, e.g. osnabrueck")
        parser.add_argument(
            "--name", required=True, help='shown on every page, e.g. "Landkreis Osnabrück"'
        )
        parser.add_argument("--state", required=True, choices=[str(state) for state in State])
        parser.add_argument("--office", default="Servicestelle Schule-Wirtschaft")
        parser.add_argument("--email", required=True, help="address of the first coordinator")
        parser.add_argument("--given-name", default="")
        parser.add_argument("--family-name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_slug(options["slug"])
            validate_email(options["email"])
            found = found_region(
                slug=options["slug"],
                name=options["name"],
                state=options["state"],
                office_name=options["office"],
                email=options["email"],
                given_name=options["given_name"],
                family_name=options["family_name"],
                by=COMMAND,
                at=clock.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except RegionExists as error:
            raise CommandError(f"A region '{options['slug']}' exists already.") from error
        self.stdout.write(f"Created {found.name}. {options['email']} can sign in by mail link now.")
