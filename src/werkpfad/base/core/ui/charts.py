"""Geometry of the charts: numbers in, positions out.

Across, positions are percent of the drawing's width, so that text keeps its size on a phone; down, they are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from werkpfad.base.core.ui.parts import Bar, StackRow

ROW = 54
MAX_SERIES = 5
_BAR = 20
_TEXT_ABOVE = 24
_LONGEST = 76.0  # percent; the rest is for the figure behind the bar
_PLOT = 200
_HEAD = 24
_FOOT = 30
_MOST_LABELS = 8


@dataclass(frozen=True)
class Mark:
    """A bar: ``x``, ``width``, ``middle`` and ``end`` in percent, ``y`` and ``height`` in pixels."""

    label: str
    shown: str
    x: float
    y: float
    width: float
    height: float
    tone: str = "neutral"
    note: str = ""
    middle: float = 0
    end: float = 0
    text_y: float = 0
    label_shown: bool = True


@dataclass(frozen=True)
class Group:
    """The parts of one stacked bar; ``shown`` are the figures for the table."""

    label: str
    text_y: float
    marks: list[Mark]
    shown: list[str]
    total: str


@dataclass(frozen=True)
class Chart:
    """A drawing of ``height`` pixels; ``base`` is the height of the base line of upright bars."""

    height: int
    marks: list[Mark]
    groups: list[Group]
    base: float = 0


def number(value: float) -> str:
    """German notation: thousands with a point, at most one decimal after a comma."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
    return text.translate(str.maketrans(",.", ".,"))


def nice_top(value: float) -> float:
    """The next round number (1, 2, 2.5, 5 times a power of ten) not below ``value``; 1 for nothing."""
    if value <= 0:
        return 1
    power = 10 ** floor(log10(value))
    return float(next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value))


def horizontal(bars: Sequence[Bar]) -> Chart:
    """Bars below their labels, so that long German words never collide with them."""
    top = max((bar.value for bar in bars), default=0) or 1
    marks = []
    for index, bar in enumerate(bars):
        width = round(_LONGEST * bar.value / top, 2)
        y = index * ROW + _TEXT_ABOVE
        marks.append(
            Mark(
                bar.label,
                number(bar.value),
                0,
                y,
                width,
                _BAR,
                bar.tone,
                bar.note,
                end=width,
                text_y=y + 15,
            )
        )
    return Chart(max(len(bars), 1) * ROW, marks, [])


def upright(bars: Sequence[Bar]) -> Chart:
    """Columns on a common base line; of many labels only so many are drawn that they do not touch."""
    top = nice_top(max((bar.value for bar in bars), default=0))
    slot = 100 / (len(bars) or 1)
    every = ceil(len(bars) / _MOST_LABELS)
    marks = []
    for index, bar in enumerate(bars):
        height = _PLOT * bar.value / top
        y = _HEAD + _PLOT - height
        marks.append(
            Mark(
                bar.label,
                number(bar.value),
                x=round((index + 0.12) * slot, 2),
                y=round(y, 1),
                width=round(slot * 0.76, 2),
                height=round(height, 1),
                tone=bar.tone,
                note=bar.note,
                middle=round((index + 0.5) * slot, 2),
                text_y=round(y - 7, 1),
                label_shown=index % every == 0,
            )
        )
    return Chart(_HEAD + _PLOT + _FOOT, marks, [], base=_HEAD + _PLOT)


def stacked(series: Sequence[str], rows: Sequence[StackRow]) -> Chart:
    """Bars of parts; every row is scaled to the longest. Raises ValueError for more series than colours."""
    if len(series) > MAX_SERIES:
        raise ValueError(f"at most {MAX_SERIES} series can be told apart, got {len(series)}")
    top = max((sum(row.values) for row in rows), default=0) or 1
    return Chart(
        max(len(rows), 1) * ROW,
        [],
        [_group(series, row, index * ROW, top) for index, row in enumerate(rows)],
    )


def _group(series: Sequence[str], row: StackRow, y: float, top: float) -> Group:
    x, marks = 0.0, []
    for name, value in zip(series, row.values, strict=True):
        width = 100 * value / top
        marks.append(Mark(name, number(value), round(x, 2), y + _TEXT_ABOVE, round(width, 2), _BAR))
        x += width
    return Group(
        row.label, y + 16, marks, [number(value) for value in row.values], number(sum(row.values))
    )
