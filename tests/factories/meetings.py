"""Factories for networks, their people and meetings."""

from datetime import date, time
from itertools import count
from typing import Any

from tests.factories.network import make_region
from werkpfad.region.meetings.enums import Answer, MeetingState, PlaceKind
from werkpfad.region.meetings.models import (
    Circle,
    CircleMember,
    Meeting,
    Participant,
    Registration,
)
from werkpfad.region.meetings.rules import moment

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


def make_meeting(**overrides: Any) -> Meeting:
    """Tuesday, 1 December 2026, 14 to 16 o'clock in Stade; invitations are out."""
    values: dict[str, Any] = {
        "title": f"Netzwerktreffen {next(_number)}",
        "starts_at": moment(date(2026, 12, 1), time(14)),
        "ends_at": moment(date(2026, 12, 1), time(16)),
        "place_kind": PlaceKind.ROOM,
        "room": "Raum Elbe",
        "address": "Am Markt 1, Stade",
        "room_key": "raumelbeammarkt1stade",
        "state": MeetingState.INVITED,
        "changed_at": moment(date(2026, 11, 1), time(9)),
    }
    values |= overrides
    if "circle" not in values:
        values["circle"] = make_circle()
    return Meeting.objects.create(**values)


def make_registration(**overrides: Any) -> Registration:
    """Somebody of the meeting's region, invited and without answer."""
    values: dict[str, Any] = dict(overrides)
    if "meeting" not in values:
        values["meeting"] = make_meeting()
    if "participant" not in values:
        values["participant"] = make_participant(region=values["meeting"].circle.region)
    if values.get("answer") == Answer.WAITING:
        values.setdefault("waiting_since", values["meeting"].changed_at)
    return Registration.objects.create(**values)
