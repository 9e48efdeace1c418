from typing import Any

from tests.access.route import Route
from tests.access.world import World
from tests.factories.meetings import make_circle, make_member
from werkpfad.region.meetings.models import Circle, CircleMember

COORDINATOR = frozenset({"coordinator"})
BOTH = ("GET", "POST")


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


ROUTES = {
    "meetings:circle_list": Route(allowed=COORDINATOR),
    "meetings:circle_new": Route(allowed=COORDINATOR, methods=BOTH),
    "meetings:circle_edit": _of_circle(methods=BOTH),
    "meetings:members": _of_circle(methods=BOTH),
    "meetings:members_from_contacts": _of_circle(methods=BOTH),
    "meetings:participant": _of_member(methods=BOTH),
    "meetings:member_remove": _of_member(methods=BOTH),
}
