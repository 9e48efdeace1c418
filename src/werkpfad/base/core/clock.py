"""The one place that asks the time. Domain code is told (`at=`, `today=`); pages, tasks and commands ask here."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, UTC."""
    return timezone.now()


def today() -> date:
    """The present day in Germany."""
    return timezone.localdate()
