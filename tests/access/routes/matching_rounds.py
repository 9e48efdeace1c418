"""Rounds and runs: coordinators of the region only."""

from typing import Any

from tests.access.route import Route
from tests.access.world import Side

COORDINATOR = {"coordinator"}


def _round(side: Side) -> dict[str, Any]:
    return {"public_id": side.round.public_id}


def _run(side: Side) -> dict[str, Any]:
    return {"public_id": side.run.public_id}


def _programme(side: Side) -> dict[str, Any]:
    return {"programme_id": side.week.public_id}


def rounds(*methods: str) -> Route:
    return Route(
        allowed=COORDINATOR,
        args=lambda world: _round(world.own),
        foreign=lambda world: _round(world.foreign),
        methods=methods,
    )


def runs(*methods: str) -> Route:
    return Route(
        allowed=COORDINATOR,
        args=lambda world: _run(world.own),
        foreign=lambda world: _run(world.foreign),
        methods=methods,
    )


ROUTES = {
    "matching:round_list": Route(allowed=COORDINATOR),
    "matching:round_create": Route(
        allowed=COORDINATOR,
        args=lambda world: _programme(world.own),
        foreign=lambda world: _programme(world.foreign),
        methods=("GET", "POST"),
    ),
    "matching:round": rounds("GET"),
    "matching:round_edit": rounds("GET", "POST"),
    "matching:round_leftovers": rounds("GET", "POST"),
    "matching:round_step": rounds("POST"),
    "matching:run_request": rounds("POST"),
    "matching:reach": rounds("GET"),
    "matching:classes_missing": rounds("GET"),
    "matching:class_remind": Route(
        allowed=COORDINATOR,
        args=lambda world: _round(world.own) | {"class_id": world.own.school_class.public_id},
        foreign=lambda world: (
            _round(world.foreign) | {"class_id": world.foreign.school_class.public_id}
        ),
        methods=("POST",),
    ),
    "matching:rulings": rounds("GET", "POST"),
    "matching:ruling_lift": Route(
        allowed=COORDINATOR,
        args=lambda world: {"public_id": world.own.ruling.public_id},
        foreign=lambda world: {"public_id": world.foreign.ruling.public_id},
        methods=("POST",),
    ),
    "matching:run_compare": rounds("GET"),
    "matching:run": runs("GET"),
    "matching:run_places": runs("GET"),
    "matching:run_rules": runs("POST"),
    "matching:run_trial": runs("GET", "POST"),
    "matching:ask_company": Route(
        allowed=COORDINATOR,
        args=lambda world: _run(world.own) | {"slot_id": world.own.slot.public_id},
        foreign=lambda world: _run(world.foreign) | {"slot_id": world.foreign.slot.public_id},
        methods=("GET", "POST"),
    ),
    "matching:run_cancel": runs("POST"),
    "matching:run_restart": runs("POST"),
    "matching:run_publish": runs("GET", "POST"),
    "matching:run_withdraw": runs("GET", "POST"),
}
