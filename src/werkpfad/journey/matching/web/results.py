"""A run's stored figures as charts and as columns to compare."""

from dataclasses import dataclass
from typing import Any

from werkpfad.base.core.ui.parts import Bar, StackRow
from werkpfad.journey.matching.models import Run

HIDDEN = "unter {smallest}"
OTHER = "anderer"


@dataclass(frozen=True, slots=True)
class Charts:
    """Bars of shown cells only; hidden ones are named in `hidden`."""

    ranks: list[Bar]
    distances: list[Bar]
    forms: list[StackRow]
    groups: list[dict[str, Any]]
    hidden: list[str]


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One figure of several runs, in their order."""

    label: str
    values: list[str]


def charts(run: Run) -> Charts:
    summary = run.summary
    ranks, distances = summary.get("ranks", []), summary.get("distances", [])
    hidden = [
        "anderer Platz" if cell["label"] == OTHER else f"{cell['label']} Wunsch"
        for cell in ranks
        if cell["count"] is None
    ]
    hidden += [f"{cell['label']} km" for cell in distances if cell["count"] is None]
    forms = summary.get("forms", [])
    return Charts(
        ranks=_bars(ranks),
        distances=_bars(distances),
        forms=[
            StackRow(row["label"], [row["placed"], row["without"]])
            for row in forms
            if row["placed"] is not None
        ],
        groups=summary.get("schools", []),
        hidden=hidden,
    )


def _bars(cells: list[dict[str, Any]]) -> list[Bar]:
    return [Bar(cell["label"], cell["count"]) for cell in cells if cell["count"] is not None]


def day_rows(run: Run) -> list[CompareRow]:
    """For a week: how many have at least one day, two, ..., beside what no allocation can exceed."""
    smallest = run.summary.get("smallest", 5)
    pairs = zip(run.result["days"], run.result["days_bound"], strict=True)
    return [
        CompareRow(
            "mindestens 1 Tag" if n == 1 else f"mindestens {n} Tage",
            [f"unter {smallest}" if 0 < count < smallest else str(count), str(bound)],
        )
        for n, (count, bound) in enumerate(pairs, start=1)
        if bound
    ]


def comparison(runs: list[Run]) -> list[CompareRow]:
    """The figures that differ in what one decides: placed, wishes, ways."""
    if not runs:
        return []
    rows = [
        CompareRow("Ausgleich", [run.get_equity_display() for run in runs]),
        CompareRow("Schüler:innen", [shown(run, "people") for run in runs]),
        CompareRow("mit Platz", [shown(run, "placed") for run in runs]),
        CompareRow("noch ohne Platz", [shown(run, "without") for run in runs]),
    ]
    rows += _cells(runs, "ranks", "{} Wunsch")
    return rows + _cells(runs, "distances", "{} km")


def _cells(runs: list[Run], name: str, label: str) -> list[CompareRow]:
    labels = list(
        dict.fromkeys(cell["label"] for run in runs for cell in run.summary.get(name, []))
    )
    found = [{c["label"]: c["count"] for c in run.summary.get(name, [])} for run in runs]
    return [
        CompareRow(
            "anderer Platz" if key == OTHER else label.format(key),
            [_text(run, cells.get(key, 0)) for run, cells in zip(runs, found, strict=True)],
        )
        for key in labels
    ]


def shown(run: Run, name: str) -> str:
    """People, placed or without: the number, or the bound that hides a small one."""
    summary = run.summary
    few, people = summary.get("few"), summary.get("people")
    if name in ("placed", "without") and few and few != name and people is not None:
        return f"über {people - summary['smallest']}"
    return _text(run, summary.get(name))


def _text(run: Run, count: int | None) -> str:
    return HIDDEN.format(smallest=run.summary.get("smallest", 5)) if count is None else str(count)
