"""What somebody searches for, as plain values, and the words as a query for the text index."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from werkpfad.base.core.text import tokens

MAX_WORDS = 8
MAX_RADIUS_KM = 200
DEFAULT_RADIUS_KM = 15


class Sort(StrEnum):
    NEAREST = "nah"
    NEWEST = "neu"
    TITLE = "titel"


@dataclass(frozen=True, slots=True)
class SearchCriteria:
    """All filters of the offer search; the defaults leave everything open.

    `lat`/`lon` (WGS84 degrees) and `radius_km` belong together; `fields` are codes, `programme` a public id,
    `age` the searcher's age on the first day, `accessibility` codes that must all be offered.
    """

    words: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: int = DEFAULT_RADIUS_KM
    fields: tuple[str, ...] = ()
    programme: str = ""
    day: date | None = None
    age: int | None = None
    free_only: bool = False
    accessibility: tuple[str, ...] = ()
    sort: Sort = Sort.NEWEST

    @property
    def has_place(self) -> bool:
        return self.lat is not None and self.lon is not None


def search_tokens(words: str) -> list[str]:
    """The first words as index tokens: letters and digits only, so nothing can be read as query syntax."""
    return [token for token in tokens(words) if token.isalnum()][:MAX_WORDS]


def fts5_query(words: str) -> str:
    """All words must occur, the last one may be the beginning of a word; empty without a usable word."""
    found = search_tokens(words)
    if not found:
        return ""
    return " AND ".join([f'"{token}"' for token in found[:-1]] + [f'"{found[-1]}"*'])


def tsquery(words: str) -> str:
    """The same for PostgreSQL's to_tsquery('simple', ...)."""
    found = search_tokens(words)
    return " & ".join([*found[:-1], f"{found[-1]}:*"]) if found else ""
