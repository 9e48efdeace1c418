"""A run's stored figures as charts and as columns to compare."""

from dataclasses import dataclass
from typing import Any

from werkpfad.base.core.ui.parts import Bar, StackRow
from werkpfad.journey.matching.models import Run

Summary = dict[str, Any]
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
    rule = CompareRow("Ausgleich", [run.get_equity_display() for run in runs])
    return [rule, *side_by_side([run.summary for run in runs])]


def side_by_side(summaries: list[Summary]) -> list[CompareRow]:
    """The same figures of several summaries, in their order; hidden cells stay hidden."""
    rows = [
        CompareRow(label, [shown_in(summary, name) for summary in summaries])
        for name, label in (
            ("people", "Schüler:innen"),
            ("placed", "mit Platz"),
            ("without", "noch ohne Platz"),
        )
    ]
    rows += _cells(summaries, "ranks", "{} Wunsch")
    rows.append(CompareRow("Weg im Mittel", [_km(summary) for summary in summaries]))
    rows += _cells(summaries, "distances", "{} km")
    return rows + _groups(summaries)


def _km(summary: Summary) -> str:
    way = summary.get("km")
    return "–" if way is None else f"{way:.1f} km".replace(".", ",")


def _groups(summaries: list[Summary]) -> list[CompareRow]:
    """Placed of all, by kind of school."""
    labels = dict.fromkeys(row["label"] for summary in summaries for row in summary["forms"])
    found = [{row["label"]: row for row in summary["forms"]} for summary in summaries]
    return [
        CompareRow(f"{label}: mit Platz", [_share(rows.get(label)) for rows in found])
        for label in labels
    ]


def _share(row: dict[str, Any] | None) -> str:
    if row is None or row["placed"] is None:
        return "*"
    return f"{row['placed']} von {row['people']}"


def _cells(summaries: list[Summary], name: str, label: str) -> list[CompareRow]:
    labels = list(
        dict.fromkeys(cell["label"] for summary in summaries for cell in summary.get(name, []))
    )
    found = [{c["label"]: c["count"] for c in summary.get(name, [])} for summary in summaries]
    return [
        CompareRow(
            "anderer Platz" if key == OTHER else label.format(key),
            [
                _text(summary, cells.get(key, 0))
                for summary, cells in zip(summaries, found, strict=True)
            ],
        )
        for key in labels
    ]


def shown(run: Run, name: str) -> str:
    """People, placed or without of a run; nothing for a comparison of policies, which has no one number."""
    return "" if "policies" in run.summary else shown_in(run.summary, name)


def shown_in(summary: Summary, name: str) -> str:
    """People, placed or without: the number, or the bound that hides a small one."""
    few, people = summary.get("few"), summary.get("people")
    if name in ("placed", "without") and few and few != name and people is not None:
        return f"über {people - summary['smallest']}"
    return _text(summary, summary.get(name))


def _text(summary: Summary, count: int | None) -> str:
    return HIDDEN.format(smallest=summary.get("smallest", 5)) if count is None else str(count)
