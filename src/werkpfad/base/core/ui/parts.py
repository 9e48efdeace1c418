"""Small values that views hand to components. A plain mapping with the same keys works as well."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Tone = Literal["neutral", "info", "success", "warning", "danger"]
Light = Literal["red", "amber", "green", "grey"]
StepState = Literal["done", "current", "open"]
ButtonKind = Literal["primary", "secondary", "tertiary", "danger"]


@dataclass(frozen=True)
class Link:
    """A link with a label; ``current`` marks the page (or tab, or filter) one is on."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Fact:
    """One row of a description list; ``url`` turns the value into a link."""

    label: str
    value: object
    url: str = ""


@dataclass(frozen=True)
class Badge:
    """A status word with its tone; shown with an icon, so colour is never the only sign."""

    label: str
    tone: Tone = "neutral"
    icon: str = ""


@dataclass(frozen=True)
class Signal:
    """Traffic light of one thing: red, amber, green or grey, always with its word."""

    light: Light
    label: str
    note: str = ""


@dataclass(frozen=True)
class Step:
    """A phase of a round or a page of a wizard."""

    label: str
    state: StepState
    when: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Event:
    """A line of a timeline: who did (or must do) what, and when."""

    what: str
    who: str = ""
    at: date | datetime | None = None
    state: StepState = "done"
    note: str = ""
    is_you: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar: value in the chart's unit, ``tone`` picks a colour, ``note`` stands in the table."""

    label: str
    value: float
    tone: Tone = "neutral"
    note: str = ""


@dataclass(frozen=True)
class StackRow:
    """One stacked bar; ``values`` in the order of the chart's series."""

    label: str
    values: Sequence[float]


@dataclass(frozen=True)
class Ranked:
    """One item of a rank list, identified by its public id."""

    key: str
    label: str
    note: str = ""
    url: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Action:
    """One thing to do from a row or an empty place: a link, or a form when ``post`` is set."""

    label: str
    url: str
    icon: str = ""
    kind: ButtonKind = "secondary"
    post: bool = False
    fields: dict[str, str] = field(default_factory=dict)
