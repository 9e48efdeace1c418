"""What somebody searches for, as plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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
