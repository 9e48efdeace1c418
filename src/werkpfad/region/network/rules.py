"""What may become of an organisation, and which roles there are where. Plain values, no database."""

from enum import StrEnum

from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.network.enums import OrganisationKind as Kind
from werkpfad.region.network.enums import OrganisationStatus as Status


class Step(StrEnum):
    """What a coordinator decides about an organisation."""

    RELEASE = "release"
    PAUSE = "pause"
    RESUME = "resume"
    BLOCK = "block"
    UNBLOCK = "unblock"


TRANSITIONS: dict[tuple[Status, Step], Status] = {
    (Status.REQUESTED, Step.RELEASE): Status.ACTIVE,
    (Status.ACTIVE, Step.PAUSE): Status.PAUSED,
    (Status.PAUSED, Step.RESUME): Status.ACTIVE,
    (Status.REQUESTED, Step.BLOCK): Status.BLOCKED,
    (Status.ACTIVE, Step.BLOCK): Status.BLOCKED,
    (Status.PAUSED, Step.BLOCK): Status.BLOCKED,
    (Status.BLOCKED, Step.UNBLOCK): Status.ACTIVE,
}

ROLES_AT: dict[Kind, tuple[RoleCode, ...]] = {
    Kind.OFFICE: (RoleCode.COORDINATOR,),
    Kind.SCHOOL: (RoleCode.TEACHER, RoleCode.SCHOOL_COORDINATOR),
    Kind.COMPANY: (RoleCode.COMPANY_MANAGER, RoleCode.SUPERVISOR),
    Kind.CHAMBER: (RoleCode.PARTNER,),
    Kind.INTERMEDIARY: (RoleCode.PARTNER,),
    Kind.YOUTH_PLACE: (RoleCode.PARTNER,),
}

# Schools are known by their official number and hold classes; an office is the region itself.
MERGEABLE = frozenset(Kind) - {Kind.SCHOOL, Kind.OFFICE}

# The roles without which nobody can look after an organisation any more.
MANAGING = frozenset({RoleCode.COORDINATOR, RoleCode.SCHOOL_COORDINATOR, RoleCode.COMPANY_MANAGER})


def next_status(status: str, step: str) -> Status | None:
    """The state after `step`, or None where the step makes no sense."""
    try:
        return TRANSITIONS.get((Status(status), Step(step)))
    except ValueError:
        return None


def steps_from(status: str) -> list[Step]:
    """What can be done to an organisation in this state, in the order of the table."""
    return [step for (before, step) in TRANSITIONS if before == status]


def roles_at(kind: str) -> tuple[RoleCode, ...]:
    """The roles somebody can be invited into at an organisation of this kind."""
    return ROLES_AT.get(Kind(kind), ())


def merge_problem(
    *, same_region: bool, kinds: tuple[str, str], statuses: tuple[str, str]
) -> str | None:
    """Why the first of two cannot become part of the second, as a German sentence; None if it can."""
    if not same_region or kinds[0] != kinds[1] or Kind(kinds[0]) not in MERGEABLE:
        return "Zusammengeführt werden nur zwei Betriebe oder zwei Partner derselben Art in einer Region."
    if Status.MERGED in statuses:
        return "Einer der beiden Einträge ist schon zusammengeführt."
    if Status.BLOCKED in statuses:
        return "Einer der beiden Einträge ist gesperrt. Heben Sie die Sperre zuerst auf."
    if statuses[1] == Status.REQUESTED and statuses[0] != Status.REQUESTED:
        return (
            "Der Eintrag, der bleiben soll, ist noch nicht freigegeben. Geben Sie ihn zuerst frei."
        )
    return None


def is_managing(role: str) -> bool:
    """Whether whoever holds the role runs the organisation."""
    return role in MANAGING
