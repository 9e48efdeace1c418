"""Figures about the code: measured, held to limits in `./dev check`, and written into docs/developer/structure.md.

What is counted, and how the projects beside it came out, stands in that page. Migrations are left out everywhere, modules
under three lines too.
"""

import ast
import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.console import fail, say
from tools.environment import ROOT

SRC = ROOT / "src"
PAGE = ROOT / "docs" / "developer" / "structure.md"
MEASURED = ROOT / "build" / "figures"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
STOREYS = ("base", "region", "journey", "steering", "surface")
WRITES = {
    "save",
    "delete",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
# Written numbers may drift by this share before the page must be renewed, so that not every commit touches it.
DRIFT = 0.1


@dataclass(frozen=True, slots=True)
class Module:
    """One parsed file of the product; `room` is "storey.app", or the top package's name."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def parts(self) -> tuple[str, ...]:
        return self.path.relative_to(SRC).with_suffix("").parts

    @property
    def room(self) -> str:
        parts = self.parts
        return ".".join(parts[1:3]) if parts[0] == "werkpfad" and parts[1] in STOREYS else parts[0]

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `limit` is a bound that `./dev check` holds; `best` what the best anchor has."""

    name: str
    value: float
    shown: str
    best: str
    limit: float | None = None
    at_least: bool = False

    @property
    def is_broken(self) -> bool:
        if self.limit is None:
            return False
        return self.value < self.limit if self.at_least else self.value > self.limit


def modules(root: Path) -> list[Module]:
    found = []
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if "migrations" not in path.parts and lines >= 3:
            found.append(Module(path, ast.parse(text), lines))
    return found


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_typed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """The return and every argument but `self` and `cls` say what they are."""
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    starred = [one for one in (node.args.vararg, node.args.kwarg) if one]
    named = [one for one in arguments if one.arg not in {"self", "cls"}]
    return node.returns is not None and all(one.annotation for one in [*named, *starred])


def imports(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def arrows(found: Iterable[Module]) -> Counter[tuple[str, str]]:
    """(importing room, imported room) with the number of imports; pages are left out, they may show any room's data."""
    counted: Counter[tuple[str, str]] = Counter()
    for module in found:
        if "web" in module.parts:
            continue
        for name in imports(module):
            parts = name.split(".")
            if parts[0] == "werkpfad" and len(parts) > 2 and parts[1] in STOREYS:
                target = ".".join(parts[1:3])
            elif parts[0] == "fairplace":
                target = "fairplace"
            else:
                continue
            if target != module.room:
                counted[module.room, target] += 1
    return counted


def write_calls(found: Iterable[Module]) -> list[str]:
    """Where a page writes to the database by itself instead of calling an action."""
    return [
        f"{module.path.relative_to(ROOT)}:{node.lineno}"
        for module in found
        if "web" in module.parts
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not _is_session(node.func.value)
    ]


def _is_session(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "session"


def documented(found: Iterable[Module], layer: str) -> float:
    """Share of the public functions of rules or actions that say what they do, in percent."""
    public = [
        node
        for module in found
        if layer in module.parts[3:] or module.parts[-1] == layer
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    return 100 * sum(ast.get_docstring(node) is not None for node in public) / len(public)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def measure() -> list[Figure]:
    found = modules(SRC)
    tests = modules(ROOT / "tests")
    sizes = [module.lines for module in found]
    spans = [length(node) for module in found for node in module.functions()]
    typed = [is_typed(node) for module in found for node in module.functions()]
    pairs = arrows(found)
    mutual = sum((b, a) in pairs for a, b in pairs) // 2
    writes = write_calls(found)
    for place in writes:
        say(f"  a page writes: {place}")
    share = 100 * sum(typed) / len(typed)
    large = 100 * sum(size for size in sizes if size > 500) / sum(sizes)
    ratio = sum(module.lines for module in tests) / sum(sizes)
    median, most = statistics.median(sizes), percentile(sizes, 0.95)
    rows = [
        Figure("Modules", len(found), f"{len(found)}, {sum(sizes):,} lines", "38 to 580"),
        Figure("Module, lines: median", median, f"{median:.0f}", "44 (healthchecks)", 100),
        Figure("Module, lines: 95 %", most, f"{most:.0f}", "326 (healthchecks)", 326),
        Figure("Lines in modules over 500", large, f"{large:.0f} %", "18 % (job-server)", 5),
        Figure(
            "Function, lines: median",
            statistics.median(spans),
            f"{statistics.median(spans):.0f}",
            "6 (pretalx, umap)",
            9,
        ),
        Figure(
            "Function, lines: 95 %",
            percentile(spans, 0.95),
            f"{percentile(spans, 0.95):.0f}",
            "30 (umap)",
            30,
        ),
        Figure("Rooms importing each other", mutual, str(mutual), "0 (job-server)", 0),
        Figure("Write calls in pages", len(writes), str(len(writes)), "21 % of all (pretalx)", 0),
        Figure("Typed functions", share, f"{share:.1f} %", "99 % (healthchecks)", 100, True),
    ]
    for layer in ("rules", "actions"):
        part = documented(found, layer)
        best = "44 % in its domain layer (pretalx)" if layer == "rules" else "33 % (job-server)"
        rows.append(Figure(f"Documented public {layer}", part, f"{part:.0f} %", best, 60, True))
    rows.append(Figure("Test lines per line of code", ratio, f"{ratio:.2f}", "1.4 to 3.1"))
    return [*rows, *_from_the_tests()]


def _from_the_tests() -> list[Figure]:
    """What the last whole run of the suite on SQLite left behind; nothing on a machine where none has run."""
    rows = []
    report = MEASURED / "tests.xml"
    if report.exists():
        suite = ET.parse(report).getroot()[0]
        count, seconds = int(suite.get("tests", "0")), float(suite.get("time", "0"))
        speed = count / seconds
        text = f"{speed:.0f} ({count:,} in {seconds:.0f} s, 2 processes)"
        best = "153 (healthchecks), 27 (pretalx)"
        rows.append(Figure("Tests per second, SQLite", speed, text, best))
    pages: dict[str, int] = {}
    for part in sorted(MEASURED.glob("queries-*.json")):
        pages |= json.loads(part.read_text())
    if pages:
        counts = list(pages.values())
        middle, most = statistics.median(counts), percentile(counts, 0.95)
        text = f"{middle:.0f} / {most:.0f} / {max(counts)} ({len(counts)} pages)"
        name = "Queries per page and role: median / 95 % / most"
        rows.append(Figure(name, middle, text, "not published"))
    return rows


def table(rows: Sequence[Figure]) -> str:
    lines = [
        "| Figure | Werkpfad | Best of the projects compared | Held by `./dev check` |",
        "|---|---|---|---|",
    ]
    for row in rows:
        held = "" if row.limit is None else f"{'≥' if row.at_least else '≤'} {row.limit:g}"
        lines.append(f"| {row.name} | {row.shown} | {row.best} | {held} |")
    return "\n".join(lines)


def written() -> dict[str, list[str]]:
    """The cells that stand in the page (ours, the best other), by the figure's name."""
    text = PAGE.read_text(encoding="utf-8")
    if BEGIN not in text:
        return {}
    rows = text.split(BEGIN)[1].split(END)[0].strip().splitlines()[2:]
    cells = [[cell.strip() for cell in row.split("|")[1:4]] for row in rows]
    return {name: rest for name, *rest in cells}


def is_stale(row: Figure, cells: Sequence[str]) -> bool:
    """Whether the page is further off than a tenth. Figures of test runs differ between machines and are not compared."""
    if row.name.startswith(("Tests per second", "Queries")):
        return False
    digits = (cells[0] if cells else "").replace(",", "").split()
    if not digits:
        return True
    try:
        number = float(digits[0])
    except ValueError:
        return True
    return abs(number - row.value) > max(DRIFT * row.value, 1)


def write(rows: Sequence[Figure]) -> None:
    """Renew the table. Figures of test runs stay as they were where no run has left its report."""
    kept = written()
    known = {row.name for row in rows}
    rows = [
        *rows,
        *(Figure(n, 0, cells[0], cells[1]) for n, cells in kept.items() if n not in known),
    ]
    text = PAGE.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    PAGE.write_text(f"{head}{BEGIN}\n{table(rows)}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    rows = measure()
    if "--write" in arguments:
        write(rows)
        say(f"Written to {PAGE.relative_to(ROOT)}")
    before = written()
    problems = [
        f"{row.name}: {row.shown}, the limit is {row.limit:g}" for row in rows if row.is_broken
    ]
    stale = [row.name for row in rows if is_stale(row, before.get(row.name, ()))]
    if stale:
        problems.append(
            f"{PAGE.relative_to(ROOT)} is out of date ({', '.join(stale)}): ./dev figures --write"
        )
    if "--write" in arguments or "--check" not in arguments:
        say(table(rows))
    if problems:
        fail("\n".join(problems))


if __name__ == "__main__":
    main(sys.argv[1:])
