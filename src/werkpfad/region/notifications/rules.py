"""What an announcement of the office is, and who is meant by it."""

from dataclasses import dataclass
from datetime import date

from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.notifications.enums import Audience

_MEANT: dict[str, Audience] = {
    RoleCode.PUPIL: Audience.PUPILS,
    RoleCode.GUARDIAN: Audience.PUPILS,
    RoleCode.TEACHER: Audience.SCHOOLS,
    RoleCode.SCHOOL_COORDINATOR: Audience.SCHOOLS,
    RoleCode.COMPANY_MANAGER: Audience.COMPANIES,
    RoleCode.SUPERVISOR: Audience.COMPANIES,
}


def audiences_of(role: str) -> frozenset[Audience]:
    """The audiences somebody in this role belongs to. The office reads what it wrote to everybody."""
    meant = _MEANT.get(role)
    return frozenset({Audience.EVERYBODY} if meant is None else {Audience.EVERYBODY, meant})


@dataclass(frozen=True, slots=True)
class AnnouncementPlan:
    """What the office decides about an announcement; both days are included."""

    audience: Audience
    title: str
    text: str
    first_day: date
    last_day: date
