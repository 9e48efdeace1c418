"""Entries as pages show them: codes become words."""

from dataclasses import dataclass

from werkpfad.base.occupations.queries import fields
from werkpfad.region.atlas.enums import Direction
from werkpfad.region.atlas.rules import Content, Item, spoken_grades
from werkpfad.region.schools.enums import SchoolForm


@dataclass(frozen=True, slots=True)
class Shown:
    """One offer or need in words; `meant` says for whom and in which fields."""

    key: str
    kind: str
    text: str
    meant: tuple[str, ...]


def field_titles() -> dict[str, str]:
    return dict(fields().values_list("code", "title"))


def shown(item: Item, titles: dict[str, str]) -> Shown:
    grades = spoken_grades(item.first_grade, item.last_grade)
    meant = [titles[code] for code in item.fields if code in titles]
    meant += [SchoolForm(code).label for code in item.forms if code in SchoolForm.values]
    return Shown(item.key, item.kind.label, item.text, tuple(meant + ([grades] if grades else [])))


def shown_side(content: Content, direction: Direction, titles: dict[str, str]) -> list[Shown]:
    return [shown(item, titles) for item in content.of(direction)]
