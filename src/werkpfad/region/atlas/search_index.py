"""The text index over `MemberEntry.search_text`."""

from typing import Any

from werkpfad.base.core.text_index import TextIndex

ENTRIES = TextIndex("atlas_memberentry", "member_entry_search_vector")


def build(using: str = "default", **_: Any) -> None:
    """Make the index where it is missing; called after each migration."""
    ENTRIES.build(using)
