"""Offers: companies manage their own, the coordination those of its region."""

from typing import Any

from tests.access.route import Route
from tests.access.world import World

COMPANY = frozenset({"company_manager"})
MANAGERS = COMPANY | {"coordinator"}
BOTH = ("GET", "POST")


def own(world: World) -> dict[str, Any]:
    return {"public_id": world.own.offer.public_id}


def foreign(world: World) -> dict[str, Any]:
    return {"public_id": world.foreign.offer.public_id}


def one(*methods: str) -> Route:
    return Route(allowed=MANAGERS, args=own, foreign=foreign, methods=methods or ("GET",))


ROUTES = {
    "internships:company_offers": Route(allowed=COMPANY),
    "internships:offer_list": Route(allowed=frozenset({"coordinator"})),
    "internships:offer_bulk": Route(allowed=frozenset({"coordinator"}), methods=("POST",)),
    "internships:offer_new": Route(allowed=MANAGERS, methods=BOTH),
    "internships:offer_review": one(),
    "internships:offer_text": one(*BOTH),
    "internships:offer_seats": one(*BOTH),
    "internships:offer_place": one(*BOTH),
    "internships:offer_publish": one("POST"),
    "internships:offer_pause": one(*BOTH),
    "internships:offer_resume": one("POST"),
    "internships:offer_close": one(*BOTH),
    "internships:offer_delete": one(*BOTH),
    "internships:offer_clone": one(*BOTH),
}
