"""The words in which a format is described: columns, how a row is checked, what makes two rows the same thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkpfad.surface.exchange.enums import Kind

# A row's content after reading: only what JSON can hold; days as "2011-03-04", times as "08:00".
Values = dict[str, Any]


class BadValue(ValueError):
    """A cell that cannot be understood; the text is German and says what to do."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A cell understood, with a remark if it was not taken literally."""

    value: Any
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` in our values, `title` in the template, other headings under which it is found.

    `parse` gets the stripped, non-empty text and returns a value (or `Parsed`), or raises `BadValue`.
    """

    name: str
    title: str
    parse: Callable[[str], Any]
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What an offer must fit to; `days` are those of a Praktikumswoche, empty for a block."""

    key: str
    title: str
    first_day: date
    last_day: date
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Keys:
    """What makes two rows the same thing.

    `strong` is an official number and decides alone; `weak` is used if one side has none.
    """

    strong: str = ""
    weak: str = ""

    @property
    def best(self) -> str:
        return self.strong or self.weak


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a row may refer to, loaded once per import. Empty where a format needs nothing of it."""

    state: str = ""  # of the region, e.g. "NI"
    today: date = date(2000, 1, 1)
    school_year: int = 2000
    school_key: str = ""  # when all pupils of a file belong to one school
    districts: frozenset[str] = frozenset()  # keep only rows of these districts (AGS, 5 digits)
    district_of: Mapping[str, str] = field(default_factory=dict)  # postal code -> AGS
    schools: frozenset[str] = frozenset()  # Schulnummern of the region
    classes: frozenset[str] | None = None  # names a teacher may fill; None: any, new ones too
    companies: frozenset[str] = frozenset()  # strong and weak keys
    programmes: Mapping[str, "ProgrammeFacts"] = field(
        default_factory=dict
    )  # key of title -> facts
    fields: Mapping[str, str] = field(default_factory=dict)  # key of title or code -> code
    field_titles: tuple[str, ...] = ()
    field_prefixes: Mapping[str, str] = field(default_factory=dict)  # start of a KldB code -> code
    occupations: frozenset[str] = frozenset()  # KldB codes
    pupils_elsewhere: Mapping[str, str] = field(default_factory=dict)  # person key -> class
    twins: frozenset[str] = frozenset()  # addresses under several Schulnummern
    crowded_points: frozenset[tuple[float, float]] = frozenset()  # points shared by several codes


@dataclass(slots=True)
class Draft:
    """One row while it is being checked."""

    number: int
    values: Values
    problems: list[tuple[str, str]] = field(default_factory=list)  # (column title, text)
    notes: list[str] = field(default_factory=list)
    skip: str = ""

    def problem(self, column: str, text: str) -> None:
        self.problems.append((column, text))


def _no_prepare(_rows: Sequence[Mapping[str, str]], lookup: Lookup) -> Lookup:
    return lookup


def _no_merge(_first: Values, _second: Values) -> Values | None:
    return None


def _equal(_name: str, old: Any, new: Any) -> bool:
    return bool(old == new)


def _no_conflict(_values: Values, _existing: Values) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Spec:
    """One kind of file.

    `check` looks across columns and at `Lookup`, only at what could be read; `keys` is asked for rows without
    problems only; `merge` joins a second row of the same thing within a file, or returns None if the two contradict
    each other; `prepare` may look at the whole file before the rows; `conflict` says in German why an existing
    record cannot be changed so.
    """

    kind: Kind
    columns: tuple[Column, ...]
    check: Callable[[Draft, Lookup], None]
    keys: Callable[[Values], Keys]
    label: Callable[[Values], str]
    merge: Callable[[Values, Values], Values | None] = _no_merge
    prepare: Callable[[Sequence[Mapping[str, str]], Lookup], Lookup] = _no_prepare
    conflict: Callable[[Values, Values], str] = _no_conflict
    unchanged: Callable[[str, Any, Any], bool] = _equal  # (field, old, new)
    compared: tuple[str, ...] = ()  # fields that make an update; all others only on creation
    personal: bool = False  # rows name minors

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)
