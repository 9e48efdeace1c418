"""Factories for networks, their people and meetings."""

from datetime import date
from itertools import count
from typing import Any

from tests.factories.network import make_region
from werkpfad.region.meetings.models import Circle, CircleMember, Participant

_number = count(1)


def make_circle(**overrides: Any) -> Circle:
    values: dict[str, Any] = {"name": f"Netzwerk {next(_number)}"} | overrides
    if "region" not in values:
        values["region"] = make_region()
    return Circle.objects.create(**values)


def make_participant(**overrides: Any) -> Participant:
    n = next(_number)
    values: dict[str, Any] = {"name": f"Kim Netz {n}", "email": f"netz{n}@example.org"} | overrides
    if "region" not in values:
        values["region"] = make_region()
    return Participant.objects.create(**values)


def make_member(**overrides: Any) -> CircleMember:
    """A new person in `circle`, a new one unless given."""
    values: dict[str, Any] = {"joined_on": date(2026, 9, 1)} | overrides
    if "circle" not in values:
        values["circle"] = make_circle()
    if "participant" not in values:
        values["participant"] = make_participant(region=values["circle"].region)
    return CircleMember.objects.create(**values)
