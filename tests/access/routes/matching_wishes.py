"""Wish lists and results: the pupil's own, and those of pupils one teaches."""

from typing import Any

from tests.access.route import Route
from tests.access.world import World

PUPIL = {"pupil"}
SCHOOL = {"teacher", "school_coordinator"}


def own(world: World) -> dict[str, Any]:
    return {"pupil_id": world.own.pupil.public_id}


def foreign(world: World) -> dict[str, Any]:
    return {"pupil_id": world.neighbour.pupil.public_id}


def mine(*methods: str) -> Route:
    return Route(allowed=PUPIL, methods=methods)


def for_pupil(*methods: str) -> Route:
    return Route(allowed=SCHOOL, args=own, foreign=foreign, methods=methods)


ROUTES = {
    "matching:wishes": mine("GET"),
    "matching:wish_add": mine("POST"),
    "matching:wish_order": mine("POST"),
    "matching:wish_submit": mine("POST"),
    "matching:week_wishes": mine("GET", "POST"),
    "matching:wishes_for": for_pupil("GET"),
    "matching:wish_add_for": for_pupil("POST"),
    "matching:wish_order_for": for_pupil("POST"),
    "matching:wish_submit_for": for_pupil("POST"),
    "matching:week_wishes_for": for_pupil("GET", "POST"),
    "matching:leftovers": mine("GET"),
    "matching:leftovers_for": for_pupil("GET"),
    "matching:class_leftovers": Route(allowed=SCHOOL),
    "matching:result": mine("GET"),
    "matching:class_results": Route(allowed=SCHOOL),
}
