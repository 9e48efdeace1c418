"""Programmes: everybody of the region reads the open ones, coordinators change them."""

from typing import Any

from tests.access.route import SIGNED_IN, Route
from tests.access.world import World

MEMBERS = SIGNED_IN - {"operator"}
COORDINATOR = {"coordinator"}


def own(world: World) -> dict[str, Any]:
    return {"public_id": world.own.programme.public_id}


def foreign(world: World) -> dict[str, Any]:
    return {"public_id": world.foreign.programme.public_id}


def week(world: World) -> dict[str, Any]:
    return {"public_id": world.own.week.public_id}


def foreign_week(world: World) -> dict[str, Any]:
    return {"public_id": world.foreign.week.public_id}


BOTH = ("GET", "POST")
ROUTES = {
    "internships:programme_list": Route(allowed=MEMBERS),
    "internships:programme": Route(allowed=MEMBERS, args=own, foreign=foreign),
    "internships:programme_create": Route(allowed=COORDINATOR, methods=BOTH, query="?art=block"),
    "internships:programme_edit": Route(
        allowed=COORDINATOR, args=own, foreign=foreign, methods=BOTH
    ),
    "internships:programme_days": Route(
        allowed=COORDINATOR, args=week, foreign=foreign_week, methods=BOTH
    ),
    "internships:programme_open": Route(
        allowed=COORDINATOR, args=own, foreign=foreign, methods=BOTH
    ),
    "internships:programme_close": Route(
        allowed=COORDINATOR, args=own, foreign=foreign, methods=BOTH
    ),
}
