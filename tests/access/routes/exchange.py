"""Imports: the coordination for its region, schools for their own class lists, operators for shared data."""

from typing import Any

from tests.access.route import Route
from tests.access.world import World
from tests.factories.exchange import make_batch

IMPORTERS = {"coordinator", "teacher", "school_coordinator"}
COORDINATOR = {"coordinator"}
BOTH = ("GET", "POST")


def own(world: World) -> dict[str, Any]:
    return {"public_id": make_batch(region=world.own.region).public_id}


def foreign(world: World) -> dict[str, Any]:
    return {"public_id": make_batch(region=world.foreign.region).public_id}


def pupils(_world: World) -> dict[str, Any]:
    return {"kind": "pupils"}


def committed(world: World) -> dict[str, Any]:
    batch = make_batch(region=world.own.region)
    batch.state, batch.errors, batch.created = "committed", 0, 2
    batch.committed_at = batch.created_at
    batch.save()
    return {"public_id": batch.public_id}


def queued(world: World) -> dict[str, Any]:
    return {"public_id": make_batch(region=world.own.region, state="queued").public_id}


def failed(world: World) -> dict[str, Any]:
    return {"public_id": make_batch(region=world.own.region, state="failed").public_id}


ROUTES = {
    "exchange:import_list": Route(allowed=IMPORTERS | {"operator"}),
    "exchange:import_create": Route(allowed=IMPORTERS, args=pupils, methods=BOTH),
    "exchange:import_template": Route(
        allowed=IMPORTERS, args=lambda world: {"kind": "pupils", "suffix": "csv"}
    ),
    "exchange:import_detail": Route(allowed=COORDINATOR, args=own, foreign=foreign),
    "exchange:import_errors": Route(allowed=COORDINATOR, args=own, foreign=foreign),
    "exchange:import_commit": Route(
        allowed=COORDINATOR, args=own, foreign=foreign, methods=("POST",)
    ),
    "exchange:import_discard": Route(
        allowed=COORDINATOR, args=own, foreign=foreign, methods=("POST",)
    ),
    "exchange:import_withdraw": Route(
        allowed=COORDINATOR, args=queued, foreign=foreign, methods=("POST",)
    ),
    "exchange:import_restart": Route(
        allowed=COORDINATOR, args=failed, foreign=foreign, methods=("POST",)
    ),
    "exchange:import_undo": Route(
        allowed=COORDINATOR, args=committed, foreign=foreign, methods=BOTH
    ),
}
