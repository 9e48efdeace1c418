from datetime import date, timedelta
from typing import Any

from tests.access.route import EVERYBODY, SIGNED_IN, Route
from tests.access.world import NOW, World
from tests.factories.meetings import (
    make_circle,
    make_meeting,
    make_member,
    make_participant,
    make_registration,
)
from werkpfad.base.accounts.actions import issue_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.meetings.actions import open_feed
from werkpfad.region.meetings.models import (
    Circle,
    CircleMember,
    Meeting,
    PeriodChange,
    Registration,
)

COORDINATOR = frozenset({"coordinator"})
BOTH = ("GET", "POST")
POST = ("POST",)
# The probes ask the real clock.
FOR_LONG = timedelta(days=3650)


def circle_of(world: World, side: str) -> Circle:
    region = getattr(world, side).region
    return Circle.objects.filter(region=region).first() or make_circle(region=region)


def member_of(world: World, side: str) -> CircleMember:
    circle = circle_of(world, side)
    return circle.members.first() or make_member(circle=circle)


def _circle(side: str) -> Any:
    return lambda world: {"public_id": circle_of(world, side).public_id}


def _member(side: str) -> Any:
    return lambda world: {"public_id": member_of(world, side).public_id}


def _of_circle(**more: Any) -> Route:
    return Route(allowed=COORDINATOR, args=_circle("own"), foreign=_circle("foreign"), **more)


def _of_member(**more: Any) -> Route:
    return Route(allowed=COORDINATOR, args=_member("own"), foreign=_member("foreign"), **more)


def meeting_of(world: World, side: str) -> Meeting:
    circle = circle_of(world, side)
    return circle.meetings.first() or make_meeting(circle=circle)


def registration_of(world: World, side: str) -> Registration:
    """The teacher of that side is invited, was there, and has an account of the same address."""
    meeting = meeting_of(world, side)
    found = meeting.registrations.first()
    if found is not None:
        return found
    email = getattr(world, side).users["teacher"].email
    person = make_participant(region=meeting.circle.region, email=email)
    return make_registration(meeting=meeting, participant=person, answer="coming", was_there=True)


def _meeting(side: str) -> Any:
    return lambda world: {"public_id": meeting_of(world, side).public_id}


def _registration(side: str) -> Any:
    return lambda world: {"public_id": registration_of(world, side).public_id}


def _of_meeting(**more: Any) -> Route:
    return Route(allowed=COORDINATOR, args=_meeting("own"), foreign=_meeting("foreign"), **more)


def _of_registration(**more: Any) -> Route:
    return Route(
        allowed={"teacher"},
        args=_registration("own"),
        foreign=_registration("foreign"),
        **more,
    )


def _token(world: World) -> dict[str, Any]:
    row = registration_of(world, "own")
    token = issue_link(
        purpose=LinkPurpose.MEETING,
        email=row.participant.email,
        valid_for=FOR_LONG,
        by=SYSTEM,
        at=NOW,
        obj=row,
        single_use=False,
    )
    return {"token": token}


def _feed_token(world: World) -> dict[str, Any]:
    person = registration_of(world, "own").participant
    return {"token": open_feed(participant=person, by=SYSTEM, at=NOW)}


def _change(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        region = getattr(world, side).region
        values = {"deed": "call_off", "first_day": date(2026, 12, 1), "last_day": date(2026, 12, 9)}
        found = PeriodChange.objects.filter(region=region).first()
        return {
            "public_id": (found or PeriodChange.objects.create(region=region, **values)).public_id
        }

    return arguments


ROUTES = {
    "meetings:period": Route(allowed=COORDINATOR, methods=BOTH),
    "meetings:period_done": Route(
        allowed=COORDINATOR, args=_change("own"), foreign=_change("foreign")
    ),
    "meetings:period_undo": Route(
        allowed=COORDINATOR, args=_change("own"), foreign=_change("foreign"), methods=POST
    ),
    "meetings:circle_list": Route(allowed=COORDINATOR),
    "meetings:circle_new": Route(allowed=COORDINATOR, methods=BOTH),
    "meetings:circle_edit": _of_circle(methods=BOTH),
    "meetings:members": _of_circle(methods=BOTH),
    "meetings:members_from_contacts": _of_circle(methods=BOTH),
    "meetings:participant": _of_member(methods=BOTH),
    "meetings:member_remove": _of_member(methods=BOTH),
    "meetings:circle": _of_circle(),
    "meetings:meeting_new": _of_circle(methods=BOTH),
    "meetings:meeting": _of_meeting(),
    "meetings:meeting_edit": _of_meeting(methods=BOTH),
    "meetings:invite": _of_meeting(methods=BOTH),
    "meetings:meeting_call_off": _of_meeting(methods=BOTH),
    "meetings:meeting_take_up": _of_meeting(methods=POST),
    "meetings:checkin": _of_meeting(methods=BOTH),
    "meetings:checkin_pdf": _of_meeting(),
    "meetings:my_meetings": Route(allowed=SIGNED_IN - {"pupil", "guardian"}),
    "meetings:my_meeting": _of_registration(methods=BOTH),
    "meetings:my_meeting_ics": _of_registration(),
    "meetings:my_meeting_certificate": _of_registration(),
    "meetings:my_meeting_calendar": _of_registration(methods=POST),
    "meetings:answer": Route(allowed=EVERYBODY, args=_token, methods=BOTH),
    "meetings:answer_ics": Route(allowed=EVERYBODY, args=_token),
    "meetings:answer_certificate": Route(allowed=EVERYBODY, args=_token),
    "meetings:answer_calendar": Route(allowed=EVERYBODY, args=_token, methods=POST),
    "meetings:feed": Route(allowed=EVERYBODY, args=_feed_token),
}
