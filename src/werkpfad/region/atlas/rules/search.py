"""What somebody looks for in the network, as plain values."""

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_RADIUS_KM = 25


class Sort(StrEnum):
    NAME = "name"
    NEAREST = "nah"


@dataclass(frozen=True, slots=True)
class NetworkCriteria:
    """All filters of the network; the defaults leave everything open.

    Direction, kind of item, field, school form and grade must hold for one and the same item. `form` is also met by
    a school of that form. `lat`/`lon` are WGS84 degrees.
    """

    words: str = ""
    kind: str = ""
    direction: str = ""
    item: str = ""
    field: str = ""
    form: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: int = DEFAULT_RADIUS_KM
    free_only: bool = False
    sort: Sort = Sort.NAME

    @property
    def asks_items(self) -> bool:
        return bool(self.direction or self.item or self.field)
