from typing import Any

from tests.access.route import EVERYBODY, SIGNED_IN, Route
from tests.access.world import NOW, Side, World
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.internships.actions import merge_organisations
from werkpfad.region.network.actions import invite, save_site
from werkpfad.region.network.models import Invitation, Membership, Organisation, Site

MANAGERS = frozenset({"company_manager", "coordinator"})
COORDINATOR = frozenset({"coordinator"})
BOTH = ("GET", "POST")


def own(world: World) -> dict[str, Any]:
    return {"public_id": world.own.company.public_id}


def foreign(world: World) -> dict[str, Any]:
    return {"public_id": world.foreign.company.public_id}


def _second_site(company: Organisation) -> Site:
    existing = company.sites.filter(is_main=False).first()
    return existing or save_site(
        site=Site(organisation=company),
        street="Nebenweg 2",
        postal_code="21680",
        place_name="Stade",
        by=SYSTEM,
        at=NOW,
    )


def _site(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        company = getattr(world, side).company
        return {"public_id": company.public_id, "site_id": _second_site(company).public_id}

    return arguments


def _contact(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        company = getattr(world, side).company
        return {"public_id": company.public_id, "contact_id": company.contacts.get().public_id}

    return arguments


def _invitation(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        found: Side = getattr(world, side)
        open_one = Invitation.objects.filter(organisation=found.company).first()
        invitation = open_one or invite(
            organisation=found.company,
            role="supervisor",
            email="neu@example.org",
            name="",
            by=SYSTEM,
            at=NOW,
        )
        return {"invitation_id": invitation.public_id}

    return arguments


def _membership(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        company = getattr(world, side).company
        held = Membership.objects.get(organisation=company, role="supervisor")
        return {"membership_id": held.public_id}

    return arguments


def _merge(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        winner = getattr(world, side).company
        loser = Organisation.objects.create(
            region=winner.region, kind=winner.kind, name="Doppelt", name_key="doppelt"
        )
        made = merge_organisations(loser=loser, winner=winner, by=SYSTEM, at=NOW)
        return {"merge_id": made.public_id}

    return arguments


ROUTES = {
    "network:merge": Route(allowed=COORDINATOR, args=own, foreign=foreign, methods=BOTH),
    "network:merge_undo": Route(
        allowed=COORDINATOR, args=_merge("own"), foreign=_merge("foreign"), methods=("POST",)
    ),
    "network:switch": Route(allowed=SIGNED_IN, methods=("POST",)),
    "network:register": Route(allowed=EVERYBODY, methods=BOTH),
    "network:registered": Route(allowed=EVERYBODY),
    "network:accept": Route(
        allowed=EVERYBODY,
        args=lambda world: {"token": "nobody"},
        status=404,
        post_status=(404,),
        methods=BOTH,
        note="an unknown token; tests/network/test_invitations.py has the known ones",
    ),
    "network:accept_renew": Route(
        allowed=EVERYBODY, args=lambda world: {"token": "nobody"}, methods=("POST",)
    ),
    "network:branding": Route(allowed=EVERYBODY),
    "network:region": Route(allowed=COORDINATOR, methods=BOTH),
    "network:organisation_list": Route(allowed=COORDINATOR),
    "network:organisation_create": Route(allowed=COORDINATOR, methods=BOTH),
    "network:organisation": Route(allowed=MANAGERS, args=own, foreign=foreign),
    "network:organisation_edit": Route(allowed=MANAGERS, args=own, foreign=foreign, methods=BOTH),
    "network:organisation_step": Route(
        allowed=COORDINATOR, args=own, foreign=foreign, methods=("POST",)
    ),
    "network:organisation_block": Route(
        allowed=COORDINATOR, args=own, foreign=foreign, methods=BOTH
    ),
    "network:invite": Route(allowed=MANAGERS, args=own, foreign=foreign, methods=BOTH),
    "network:site_create": Route(allowed=MANAGERS, args=own, foreign=foreign, methods=BOTH),
    "network:site": Route(
        allowed=MANAGERS, args=_site("own"), foreign=_site("foreign"), methods=BOTH
    ),
    "network:site_remove": Route(
        allowed=MANAGERS, args=_site("own"), foreign=_site("foreign"), methods=("POST",)
    ),
    "network:contact_create": Route(allowed=MANAGERS, args=own, foreign=foreign, methods=BOTH),
    "network:contact": Route(
        allowed=MANAGERS, args=_contact("own"), foreign=_contact("foreign"), methods=BOTH
    ),
    "network:contact_remove": Route(
        allowed=MANAGERS, args=_contact("own"), foreign=_contact("foreign"), methods=("POST",)
    ),
    "network:invitation_again": Route(
        allowed=MANAGERS, args=_invitation("own"), foreign=_invitation("foreign"), methods=("POST",)
    ),
    "network:invitation_revoke": Route(
        allowed=MANAGERS, args=_invitation("own"), foreign=_invitation("foreign"), methods=("POST",)
    ),
    "network:membership_end": Route(
        allowed=MANAGERS, args=_membership("own"), foreign=_membership("foreign"), methods=BOTH
    ),
}
