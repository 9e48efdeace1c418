"""Turns a document's dataclass into the plain values a template reads."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Any, TypeAlias

from werkpfad.base.core.days import WEEKDAYS, in_figures, written_out
from werkpfad.base.core.pdf.text import NO_BREAK, plain_line, plain_prose

PlainData: TypeAlias = str | int | bool | Sequence["PlainData"] | Mapping[str, "PlainData"] | None

LINE_LIMIT = 400
PROSE_LIMIT = 6000


class Svg(str):
    """A picture made by our own code: reaches the template as it is. Never build one from anybody's input."""

    __slots__ = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is: the region's name and one line on how to reach its service."""

    region: str
    contact: str = ""


def field_of(limit: int, **given: Any) -> Any:
    """A one-line text field cut at ``limit`` characters in print; ``given`` goes to ``dataclasses.field``."""
    return dataclasses.field(metadata={"limit": limit}, **given)


def prose_of(limit: int = PROSE_LIMIT, **given: Any) -> Any:
    """A text field that keeps its line breaks, cut at ``limit`` characters in print."""
    return dataclasses.field(metadata={"limit": limit, "prose": True}, **given)


def plain(value: object, limit: int = LINE_LIMIT, *, prose: bool = False) -> PlainData:
    """Strings are made safe, dates become their German spellings, dataclasses become mappings.

    Raises TypeError for a value no template could show.
    """
    match value:
        case Enum():
            return plain(value.value, limit, prose=prose)
        case None | bool() | int() | Svg():
            return value
        case str():
            return plain_prose(value, limit) if prose else plain_line(value, limit)
        case datetime():
            return f"{_long(value.date())}, {_clock(value.time())}"
        case date():
            return {
                "long": _long(value),
                "short": in_figures(value),
                "weekday": WEEKDAYS[value.weekday()],
            }
        case time():
            return _clock(value)
        case tuple() | list():
            return [plain(item, limit, prose=prose) for item in value]
        case Mapping():
            return {str(key): plain(item, limit, prose=prose) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain_field(value, each) for each in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be printed")


def _plain_field(owner: object, each: "dataclasses.Field[Any]") -> PlainData:
    limit = each.metadata.get("limit", LINE_LIMIT)
    return plain(getattr(owner, each.name), limit, prose=each.metadata.get("prose", False))


def _long(day: date) -> str:
    return written_out(day).replace(" ", NO_BREAK)


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02d}{NO_BREAK}Uhr"
