"""The `werkpfad` command: Django's commands, with errors as one clear line instead of a trace."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkpfad.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"werkpfad: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
