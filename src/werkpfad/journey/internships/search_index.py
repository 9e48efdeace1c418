"""The text index over `Offer.search_text`."""

from typing import Any

from werkpfad.base.core.text_index import TextIndex

OFFERS = TextIndex("internships_offer", "offer_search_vector")


def build(using: str = "default", **_: Any) -> None:
    """Make the index where it is missing; called after each migration."""
    OFFERS.build(using)
