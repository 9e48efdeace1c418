"""Finding a place in Germany by what somebody types: a postal code, a name, or both."""

import re
from dataclasses import dataclass, field

from django.db.models import QuerySet

from werkpfad.base.core.text import same_name_key
from werkpfad.region.network.models import Place

MOST_CHOICES = 12
_CODE = re.compile(r"\b\d{5}\b")


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """`place` if it is clear which is meant, else `choices` to pick from; both empty if nothing is known."""

    place: Place | None = None
    choices: list[Place] = field(default_factory=list)


def find_place(text: str) -> PlaceAnswer:
    """A postal code decides alone; of several places of one name the person chooses. At most two queries."""
    code = _CODE.search(text)
    name_key = same_name_key(_CODE.sub(" ", text))
    if code:
        rows = list(Place.objects.filter(postal_code=code[0]).order_by("name", "pk"))
        named = [row for row in rows if name_key and row.name_key.startswith(name_key)]
        return PlaceAnswer(place=next(iter(named or rows), None))
    if not name_key:
        return PlaceAnswer()
    exact = _one_per_district(Place.objects.filter(name_key=name_key))
    if exact:
        return _clear_or_choice(exact)
    return _clear_or_choice(_one_per_district(Place.objects.filter(name_key__startswith=name_key)))


def _one_per_district(rows: QuerySet[Place]) -> list[Place]:
    """One row per name and district: a town's many postal codes are one place to a person."""
    seen: dict[tuple[str, str], Place] = {}
    for row in rows.order_by("name", "postal_code")[:200]:
        seen.setdefault((row.name_key, row.district), row)
    return list(seen.values())


def _clear_or_choice(rows: list[Place]) -> PlaceAnswer:
    if len(rows) == 1:
        return PlaceAnswer(place=rows[0])
    return PlaceAnswer(choices=rows[:MOST_CHOICES])
