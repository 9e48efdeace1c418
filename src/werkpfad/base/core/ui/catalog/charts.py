"""Charts as server-rendered SVG, each with the same figures as a table."""

from collections.abc import Sequence
from typing import Any

from werkpfad.base.core.ui import charts
from werkpfad.base.core.ui.parts import Bar, StackRow
from werkpfad.base.core.ui.registry import component


@component("bar_chart")
def bar_chart(
    *,
    title: str,
    bars: Sequence[Bar],
    unit: str = "",
    id: str = "",
    label_head: str = "",
) -> dict[str, Any]:
    """Horizontal bars, one per label."""
    return {
        "title": title,
        "unit": unit,
        "id": id,
        "label_head": label_head,
        "chart": charts.horizontal(bars),
    }


@component("histogram")
def histogram(
    *,
    title: str,
    bars: Sequence[Bar],
    unit: str = "",
    id: str = "",
    label_head: str = "",
) -> dict[str, Any]:
    """Upright bars in the given order (classes of a distribution, weeks of a year)."""
    return {
        "title": title,
        "unit": unit,
        "id": id,
        "label_head": label_head,
        "chart": charts.upright(bars),
    }


@component("stacked_chart")
def stacked_chart(
    *,
    title: str,
    series: Sequence[str],
    rows: Sequence[StackRow],
    unit: str = "",
    id: str = "",
    label_head: str = "",
) -> dict[str, Any]:
    """Horizontal bars made of parts; at most five series, told apart by colour and by pattern of the legend."""
    return {
        "title": title,
        "unit": unit,
        "id": id,
        "label_head": label_head,
        "series": list(series),
        "chart": charts.stacked(series, rows),
    }
