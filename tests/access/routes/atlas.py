from datetime import timedelta
from typing import Any

from tests.access.route import EVERYBODY, Route
from tests.access.world import NOW, World
from tests.factories.atlas import item, make_cooperation, make_entry
from werkpfad.base.accounts.actions import issue_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.atlas.enums import Direction
from werkpfad.region.atlas.models import Cooperation, MemberEntry, PlanStep
from werkpfad.region.network.models import Organisation

COORDINATOR = frozenset({"coordinator"})
OWNERS = frozenset({"company_manager", "coordinator"})
BOTH = ("GET", "POST")


def entry_of(organisation: Organisation) -> MemberEntry:
    found = MemberEntry.objects.filter(organisation=organisation).first()
    return found or make_entry(organisation)


def _company(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        company = getattr(world, side).company
        entry_of(company)
        return {"public_id": company.public_id}

    return arguments


def _item(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        company = getattr(world, side).company
        key = entry_of(company).content["items"][0]["key"]
        return {"public_id": company.public_id, "key": key}

    return arguments


def _entry(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        return {"public_id": entry_of(getattr(world, side).company).public_id}

    return arguments


def _token(world: World) -> dict[str, Any]:
    entry = entry_of(world.own.company)
    token = issue_link(
        purpose=LinkPurpose.ENTRY_CHECK,
        email="firma@example.org",
        valid_for=timedelta(days=5000),
        by=SYSTEM,
        at=NOW,
        obj=entry,
    )
    return {"token": token}


def _owned(**overrides: Any) -> Route:
    values: dict[str, Any] = {
        "allowed": OWNERS,
        "args": _company("own"),
        "foreign": _company("foreign"),
        "methods": BOTH,
    }
    return Route(**values | overrides)


def _fitting(side: str) -> Any:
    """Somebody who seeks what the own company offers."""

    def arguments(world: World) -> dict[str, Any]:
        entry_of(world.own.company)
        entry_of(world.own.office)
        found = getattr(world, side).company
        wanted = MemberEntry.objects.filter(organisation=found).first() or make_entry(
            found, item(direction=Direction.NEED)
        )
        return {"public_id": wanted.public_id}

    return arguments


def _cooperation(side: str) -> Any:
    """Of the side's company; the foreign one with its own school, so that nobody here is part of it."""

    def arguments(world: World) -> dict[str, Any]:
        half = getattr(world, side)
        found = Cooperation.objects.filter(partner=half.company).first()
        found = found or make_cooperation(school=half.school.organisation, partner=half.company)
        return {"public_id": found.public_id}

    return arguments


def _plan_step(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        values = _cooperation(side)(world)
        cooperation = Cooperation.objects.get(**values)
        step = cooperation.steps.first() or PlanStep.objects.create(
            cooperation=cooperation, text="Termin finden", party="office", due_on=NOW.date()
        )
        return values | {"step_id": step.public_id}

    return arguments


def _cooperating(**overrides: Any) -> Route:
    values: dict[str, Any] = {
        "allowed": {"coordinator", "company_manager", "school_coordinator"},
        "args": _cooperation("own"),
        "foreign": _cooperation("foreign"),
        "methods": BOTH,
    }
    return Route(**values | overrides)


def _region(world: World) -> dict[str, Any]:
    entry_of(world.own.company)
    return {"slug": world.own.region.slug}


def _files(world: World) -> dict[str, Any]:
    """No arguments, but an entry of each side to be found in the file."""
    entry_of(world.own.company)
    entry_of(world.foreign.company)
    return {}


ROUTES = {
    "atlas:network": Route(allowed=EVERYBODY, args=_files),
    "atlas:geojson": Route(allowed=EVERYBODY, args=_files),
    "atlas:csv": Route(allowed=EVERYBODY, args=_files),
    "atlas:embed": Route(allowed=EVERYBODY, args=_region),
    "atlas:embed_colour": Route(allowed=EVERYBODY, args=_region),
    "atlas:embed_script": Route(allowed=EVERYBODY),
    "atlas:member": Route(allowed=EVERYBODY, args=_entry("own")),
    "atlas:cooperation_list": Route(
        allowed={"company_manager", "coordinator", "partner", "school_coordinator"}
    ),
    "atlas:cooperation_new": Route(allowed=COORDINATOR, methods=BOTH),
    "atlas:cooperation": _cooperating(methods=("GET",)),
    "atlas:cooperation_step": _cooperating(allowed=COORDINATOR, methods=("POST",)),
    "atlas:topic_new": _cooperating(),
    "atlas:plan_new": _cooperating(),
    "atlas:plan_done": _cooperating(
        args=_plan_step("own"), foreign=_plan_step("foreign"), methods=("POST",)
    ),
    "atlas:charter_pdf": _cooperating(methods=("GET",)),
    "atlas:fitting": Route(
        allowed={"company_manager", "coordinator", "partner", "school_coordinator"}
    ),
    "atlas:introduce": Route(
        allowed=OWNERS, args=_fitting("neighbour"), foreign=_fitting("foreign"), methods=BOTH
    ),
    "atlas:my_entry": Route(
        allowed=frozenset(),
        elsewhere={"company_manager", "coordinator", "partner", "school_coordinator"},
        note="leads to the entry of the organisation one acts for",
    ),
    "atlas:entry": _owned(methods=("GET",)),
    "atlas:entry_intro": _owned(),
    "atlas:item_new": _owned(),
    "atlas:item": _owned(args=_item("own"), foreign=_item("foreign")),
    "atlas:item_remove": _owned(args=_item("own"), foreign=_item("foreign")),
    "atlas:entry_publish": _owned(methods=("POST",)),
    "atlas:entry_confirm": _owned(methods=("POST",)),
    "atlas:entry_withdraw": _owned(),
    "atlas:care": Route(allowed=COORDINATOR),
    "atlas:care_step": Route(
        allowed=COORDINATOR, args=_entry("own"), foreign=_entry("foreign"), methods=("POST",)
    ),
    "atlas:still_right": Route(allowed=EVERYBODY, args=_token, methods=BOTH),
}
