"""What a trial changes in the input of its base run: more seats, new places, longer ways, another rule."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

MOST_SEATS = 200


@dataclass(frozen=True, slots=True)
class NewPlace:
    """`seats` in a field (by its code) that nobody offers yet, around a point; on each day of a week."""

    field: str
    town: str
    lat: float
    lon: float
    seats: int


@dataclass(frozen=True, slots=True)
class Variation:
    """`seats` are (slot id, more seats); with `max_km` every way up to it counts as within reach, for the pupils of
    `school` (a public id) or for all. `equity` is another rule than the base run's; empty: the same.
    """

    seats: tuple[tuple[str, int], ...] = ()
    new: tuple[NewPlace, ...] = ()
    max_km: int | None = None
    school: str = ""
    equity: str = ""

    def stored(self) -> dict[str, Any]:
        """As it stands in the frozen input; only what differs from nothing."""
        return {key: value for key, value in asdict(self).items() if value not in ((), None, "")}

    def reach(self, school: str, km: int) -> int:
        """The limit in km for a pupil of `school` who has `km` today."""
        applies = self.max_km is not None and self.school in ("", school)
        return max(km, self.max_km) if applies and self.max_km is not None else km


def variation_of(stored: Mapping[str, Any]) -> Variation:
    """The inverse of `Variation.stored`, also from JSON."""
    return Variation(
        seats=tuple((slot, seats) for slot, seats in stored.get("seats", ())),
        new=tuple(NewPlace(**row) for row in stored.get("new", ())),
        max_km=stored.get("max_km"),
        school=stored.get("school", ""),
        equity=stored.get("equity", ""),
    )
