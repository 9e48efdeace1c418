"""Tasks as lists show them: with their light."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from werkpfad.region.meetings.models import ActionPoint
from werkpfad.region.meetings.rules import light_of


@dataclass(frozen=True, slots=True)
class PointLine:
    """One task; `light` and `word` belong together."""

    point: ActionPoint
    owner: str
    light: str
    word: str


def lines_of(points: Iterable[ActionPoint], today: date) -> list[PointLine]:
    """In the order given; the owner is loaded with them."""
    lines = []
    for point in points:
        light, word = light_of(is_done=point.done_at is not None, due_on=point.due_on, today=today)
        owner = point.owner.name if point.owner else point.owner_name
        lines.append(PointLine(point, owner or "noch niemand", light, word))
    return lines
