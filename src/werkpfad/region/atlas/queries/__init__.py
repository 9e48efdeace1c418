"""Reads of the atlas: what everybody sees, what owners and the office see."""

from werkpfad.region.atlas.queries.cooperations import (
    Coverage,
    coverage_of,
    sleeping,
    visible_cooperations,
)
from werkpfad.region.atlas.queries.entries import (
    Voice,
    entries_to_ask,
    history_of,
    latest_content,
    maintained_entries,
    public_contacts,
    public_entries,
    visible_entries,
    voices_of,
    words_of,
)
from werkpfad.region.atlas.queries.fitting import introduced, side_of, sides_of
from werkpfad.region.atlas.queries.search import (
    Pin,
    Teaser,
    find_entries,
    pins_of,
    place_names,
    school_called,
    teasers,
)

__all__ = [
    "Coverage",
    "Pin",
    "Teaser",
    "Voice",
    "coverage_of",
    "entries_to_ask",
    "find_entries",
    "history_of",
    "introduced",
    "latest_content",
    "maintained_entries",
    "pins_of",
    "place_names",
    "public_contacts",
    "public_entries",
    "school_called",
    "side_of",
    "sides_of",
    "sleeping",
    "teasers",
    "visible_cooperations",
    "visible_entries",
    "voices_of",
    "words_of",
]
