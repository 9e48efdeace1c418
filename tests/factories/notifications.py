"""Factories for what the office tells."""

from datetime import date
from typing import Any

from tests.factories.network import make_region
from werkpfad.region.notifications.enums import Audience
from werkpfad.region.notifications.models import Announcement


def make_announcement(**overrides: Any) -> Announcement:
    """For everybody, in November 2026."""
    values: dict[str, Any] = {
        "audience": Audience.EVERYBODY,
        "title": "Hinweis",
        "text": "Bitte beachten.",
        "first_day": date(2026, 11, 1),
        "last_day": date(2026, 11, 30),
    } | overrides
    if "region" not in values:
        values["region"] = make_region()
    return Announcement.objects.create(**values)
