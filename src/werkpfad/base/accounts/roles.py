"""Roles as code: who does what, in words a county office can read aloud.

Memberships store the short code. A role that is no longer given stays here with empty permissions.
"""

from dataclasses import dataclass
from enum import StrEnum

from werkpfad.base.accounts.permissions import Permission as P


class Scope(StrEnum):
    """How far a role reaches: the organisation of the membership, or its whole region."""

    ORGANISATION = "organisation"
    REGION = "region"


class RoleCode(StrEnum):
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    SCHOOL_COORDINATOR = "school_coordinator"
    TEACHER = "teacher"
    COMPANY_MANAGER = "company_manager"
    SUPERVISOR = "supervisor"
    PUPIL = "pupil"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True)
class Role:
    """One role: German title and sentence for the screen, reach, and what it allows."""

    code: RoleCode
    title: str
    description: str
    scope: Scope
    permissions: frozenset[P]
    needs_second_factor: bool = False


_ALL = (
    Role(
        RoleCode.COORDINATOR,
        "Koordination",
        "Steuert die ganze Region: Programme, Betriebe, Schulen, Importe und Zuteilung.",
        Scope.REGION,
        frozenset(
            {
                P.MANAGE_REGION,
                P.MANAGE_PROGRAMMES,
                P.MANAGE_ORGANISATIONS,
                P.IMPORT_DATA,
                P.RUN_ROUNDS,
                P.SEE_REGION_FIGURES,
            }
        ),
        needs_second_factor=True,
    ),
    Role(
        RoleCode.PARTNER,
        "Partner der Region",
        "Kammer, Jugendhaus oder Vermittlungsstelle: sieht Plätze und Zahlen der Region, keine Personen.",
        Scope.REGION,
        frozenset({P.SEE_REGION_FIGURES}),
    ),
    Role(
        RoleCode.SCHOOL_COORDINATOR,
        "Schulkoordination",
        "Verwaltet Klassen und Lehrkräfte der Schule und genehmigt Praktikumsplätze.",
        Scope.ORGANISATION,
        frozenset({P.MANAGE_SCHOOL, P.MANAGE_CLASSES, P.SEE_ALL_CLASSES, P.APPROVE_PLACEMENTS}),
    ),
    Role(
        RoleCode.TEACHER,
        "BO-Lehrkraft",
        "Begleitet die eigenen Klassen: Zugänge, Wünsche, Genehmigung, Überblick.",
        Scope.ORGANISATION,
        frozenset({P.MANAGE_CLASSES, P.APPROVE_PLACEMENTS}),
    ),
    Role(
        RoleCode.COMPANY_MANAGER,
        "Betrieb: Verwaltung",
        "Veröffentlicht Angebote, antwortet auf Anfragen und pflegt den Betrieb.",
        Scope.ORGANISATION,
        frozenset({P.MANAGE_COMPANY, P.MANAGE_OFFERS, P.ANSWER_REQUESTS, P.RECORD_ATTENDANCE}),
    ),
    Role(
        RoleCode.SUPERVISOR,
        "Betrieb: Betreuung",
        "Sieht, wer heute kommt, bestätigt die Anwesenheit und gibt Rückmeldung.",
        Scope.ORGANISATION,
        frozenset({P.RECORD_ATTENDANCE}),
    ),
    Role(
        RoleCode.PUPIL,
        "Schüler:in",
        "Sucht, wünscht und macht ein Praktikum.",
        Scope.ORGANISATION,
        frozenset({P.BE_PUPIL}),
    ),
    Role(
        RoleCode.GUARDIAN,
        "Erziehungsberechtigte:r",
        "Sieht, wo und wann das eigene Kind im Praktikum ist.",
        Scope.ORGANISATION,
        frozenset({P.BE_GUARDIAN}),
    ),
)

ROLES: dict[str, Role] = {role.code: role for role in _ALL}


def role(code: str) -> Role | None:
    """The role of a stored code; None for a code that is no longer known, which then grants nothing."""
    return ROLES.get(code)
