"""Factories for members of a network and what they say."""

from datetime import UTC, date, datetime
from typing import Any

from tests.factories.network import make_organisation, make_region
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.ids import new_public_id
from werkpfad.region.atlas.actions import release_entry, save_content
from werkpfad.region.atlas.enums import CooperationKind, CooperationStatus, Direction, ItemKind
from werkpfad.region.atlas.models import Cooperation, MemberEntry
from werkpfad.region.atlas.rules import Content, Item
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation

RELEASED = datetime(2026, 9, 1, 8, tzinfo=UTC)


def item(**overrides: Any) -> Item:
    """A company tour for everybody."""
    values: dict[str, Any] = {
        "key": new_public_id(),
        "direction": Direction.OFFER,
        "kind": ItemKind.VISIT,
        "text": "Zwei Stunden durch die Werkstatt.",
    }
    return Item(**values | overrides)


def make_draft(
    organisation: Organisation | None = None, *items: Item, intro: str = ""
) -> MemberEntry:
    """Written, not public."""
    organisation = organisation or make_organisation()
    return save_content(
        organisation=organisation,
        content=Content(intro=intro, items=items or (item(),)),
        seen_version=0,
        by=SYSTEM,
        at=RELEASED,
    )


def make_entry(
    organisation: Organisation | None = None,
    *items: Item,
    intro: str = "",
    confirmed_at: datetime = RELEASED,
) -> MemberEntry:
    """Public, confirmed in September 2026."""
    entry = make_draft(organisation, *items, intro=intro)
    release_entry(entry=entry, by=SYSTEM, at=confirmed_at, today=confirmed_at.date())
    entry.refresh_from_db()
    return entry


def make_cooperation(**overrides: Any) -> Cooperation:
    """Agreed in spring, something happened in October 2026."""
    values: dict[str, Any] = {
        "kind": CooperationKind.PARTNERSHIP,
        "status": CooperationStatus.AGREED,
        "about": "Jedes Jahr ein Projekt.",
        "agreed_on": date(2026, 3, 2),
        "runs_until": date(2027, 7, 31),
        "active_on": date(2026, 10, 5),
    } | overrides
    if "school" not in values:
        region = values["partner"].region if "partner" in values else make_region()
        values["school"] = make_organisation(region=region, kind=OrganisationKind.SCHOOL)
    values.setdefault("region", values["school"].region)
    if "partner" not in values:
        values["partner"] = make_organisation(region=values["region"])
    return Cooperation.objects.create(**values)
