"""Factories for members of a network and what they say."""

from datetime import UTC, datetime
from typing import Any

from tests.factories.network import make_organisation
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.ids import new_public_id
from werkpfad.region.atlas.actions import release_entry, save_content
from werkpfad.region.atlas.enums import Direction, ItemKind
from werkpfad.region.atlas.models import MemberEntry
from werkpfad.region.atlas.rules import Content, Item
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
