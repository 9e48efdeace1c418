"""What stands in the menu of each role: at most seven entries, the most needed first.

Entries are named by route; `tests/portal/test_navigation.py` proves that each exists and is open to its role.
"""

from typing import NamedTuple

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission as P


class Entry(NamedTuple):
    """A menu entry; shown to those who hold one of `permissions` anywhere (empty: everybody signed in)."""

    label: str
    route: str
    icon: str
    permissions: frozenset[P]


def _entry(label: str, route: str, icon: str, *permissions: P) -> Entry:
    return Entry(label, route, icon, frozenset(permissions))


MENU: tuple[Entry, ...] = (
    _entry("Start", "portal:start", "home", P.BE_PUPIL, P.ANSWER_REQUESTS),
    _entry("Überblick", "reporting:overview", "chart", P.SEE_REGION_FIGURES),
    _entry("Programme", "internships:programme_list", "calendar-today", P.MANAGE_PROGRAMMES),
    _entry("Ohne Platz", "placements:without_place", "compass", P.MANAGE_PROGRAMMES),
    _entry(
        "Angebote",
        "internships:offer_search",
        "search",
        P.BE_PUPIL,
        P.SEE_REGION_FIGURES,
        P.MANAGE_CLASSES,
    ),
    _entry("Meine Liste", "matching:wishes", "heart", P.BE_PUPIL),
    _entry("Mein Praktikum", "placements:my_internship", "wrench", P.BE_PUPIL),
    _entry("Profil", "schools:profile", "user", P.BE_PUPIL),
    _entry("Mein Kind", "schools:child", "user", P.BE_GUARDIAN),
    _entry("Klassen", "schools:class_list", "users", P.MANAGE_CLASSES),
    _entry("Genehmigen", "placements:approvals", "check", P.APPROVE_PLACEMENTS),
    _entry("Anfragen", "placements:requests", "mail", P.ANSWER_REQUESTS),
    _entry("Unsere Angebote", "internships:company_offers", "wrench", P.MANAGE_OFFERS),
    _entry("Anwesenheit", "placements:today", "check", P.RECORD_ATTENDANCE),
    _entry(
        "Karte",
        "atlas:network",
        "map-pin",
        P.SEE_REGION_FIGURES,
        P.MANAGE_SCHOOL,
        P.MANAGE_COMPANY,
    ),
    _entry("Organisationen", "network:organisation_list", "building", P.MANAGE_ORGANISATIONS),
    _entry("Netzwerke", "meetings:circle_list", "handshake", P.MANAGE_REGION),
)


def menu_for(grants: Grants) -> list[Entry]:
    """The entries of everything somebody may do, in the order of `MENU`."""
    return [
        entry
        for entry in MENU
        if not entry.permissions or any(grants.has(permission) for permission in entry.permissions)
    ]
