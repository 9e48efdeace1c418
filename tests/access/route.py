"""How a route declares who may open it. One entry per named route, in `tests/access/routes/<app>.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ROLES = (
    "anonymous",
    "pupil",
    "guardian",
    "teacher",
    "school_coordinator",
    "company_manager",
    "supervisor",
    "coordinator",
    "partner",
    "operator",
)
EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {"anonymous"}

Arguments = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Route:
    """Expectation for one route.

    `args` builds the URL arguments of an own object from the world, `foreign` those of an object of another
    region, school, company or person (must be 404 for every role not in `foreign_allowed`). `allowed` are the
    roles that get `status`; all others get 403 or 404, and anonymous visitors of closed routes are led to the sign-in.
    `elsewhere` are roles that are led to another page of theirs (302).
    `methods` are the methods the view takes; a POST-only route is probed with an empty POST (`post_status`).
    """

    allowed: frozenset[str] | set[str] = field(default_factory=frozenset)
    args: Arguments | None = None
    foreign: Arguments | None = None
    foreign_allowed: frozenset[str] | set[str] = field(default_factory=frozenset)
    status: int = 200
    methods: tuple[str, ...] = ("GET",)
    post_status: tuple[int, ...] = (200, 302, 400, 422)
    elsewhere: frozenset[str] | set[str] = field(default_factory=frozenset)
    query: str = ""
    htmx: bool = False
    note: str = ""
