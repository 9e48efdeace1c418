"""The picture of the house: storeys, rooms with their size, and who imports whom."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape

from tools.console import fail, say
from tools.environment import ROOT
from tools.figures import SRC, STOREYS, Module, arrows, modules

PICTURE = ROOT / "docs" / "developer" / "rooms.svg"

WIDTH, BOX, HIGH, ROW, LEFT, STEP = 1090, 148, 58, 128, 110, 192
# Columns left free, so that no arrow runs behind a room; and how many columns a band is wide.
INDENT = {"steering": 1}
COLUMNS = {"base": 3}
ENGINE = "fairplace"
STYLE = """
text { font: 15px system-ui, sans-serif; fill: #14323f } .small { font-size: 12px; fill: #4a6470 }
.storey { fill: #f0f6f9 } .room { fill: #fff; stroke: #00566b; stroke-width: 1.5 } .engine { stroke: #b35c00 }
path { fill: none; stroke: #7fa3b0; stroke-width: 1.5; marker-end: url(#tip) } marker path { fill: #7fa3b0; stroke: none }
"""


def necessary(edges: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The arrows that no longer way replaces."""
    targets: dict[str, set[str]] = {}
    for start, end in edges:
        targets.setdefault(start, set()).add(end)

    def reached(room: str) -> set[str]:
        direct = targets.get(room, set())
        return direct.union(*(reached(other) for other in direct)) if direct else set()

    return {
        (start, end)
        for start, ends in targets.items()
        for end in ends
        if not any(end in reached(other) for other in ends - {end})
    }


def places(rooms: Mapping[str, int], edges: set[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Upper left corners: a band for each storey, in it the rooms in the order in which they build on each other."""

    def depth(room: str) -> int:
        below = [
            depth(end) for start, end in edges if start == room and _storey(end) == _storey(room)
        ]
        return 1 + max(below) if below else 0

    spots = {}
    for band, storey in enumerate(reversed(STOREYS)):
        inside = sorted(
            (room for room in rooms if _storey(room) == storey), key=lambda r: (depth(r), r)
        )
        for column, room in enumerate(inside):
            spots[room] = (
                LEFT + (column + INDENT.get(storey, 0)) * STEP,
                20 + band * ROW + (ROW - HIGH) // 2,
            )
    return spots


def _storey(room: str) -> str:
    return room.split(".")[0]


def picture(found: Iterable[Module]) -> str:
    """The drawing as SVG text; the same code gives the same bytes."""
    modules = list(found)
    sizes: Counter[str] = Counter()
    for module in modules:
        if module.room == ENGINE or _storey(module.room) in STOREYS:
            sizes[module.room] += module.lines
    edges = necessary(pair for pair in arrows(modules) if pair[0] in sizes and pair[1] in sizes)
    spots = places({room: size for room, size in sizes.items() if room != ENGINE}, edges)
    spots[ENGINE] = (LEFT + 3 * STEP + STEP // 2, 20 + 4 * ROW + (ROW - HIGH) // 2)
    high = 40 + len(STOREYS) * ROW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" role="img"'
        ' aria-label="The rooms of Werkpfad and what they import">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8Z"/></marker></defs>',
    ]
    for band, storey in enumerate(reversed(STOREYS)):
        top = 20 + band * ROW + 8
        wide = LEFT + COLUMNS.get(storey, 5) * STEP - STEP + BOX + 8
        parts.append(
            f'<rect class="storey" x="12" y="{top}" width="{wide}" height="{ROW - 16}" rx="10"/>'
            f'<text x="26" y="{top + ROW // 2 - 4}">{storey}</text>'
        )
    parts += [_arrow(spots[start], spots[end]) for start, end in sorted(edges)]
    parts += [_box(room, spots[room], size) for room, size in sorted(sizes.items())]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _box(room: str, spot: tuple[int, int], size: int) -> str:
    x, y = spot
    kind = "room engine" if room == ENGINE else "room"
    return (
        f'<rect class="{kind}" x="{x}" y="{y}" width="{BOX}" height="{HIGH}" rx="8"/>'
        f'<text x="{x + 12}" y="{y + 25}">{escape(room.split(".")[-1])}</text>'
        f'<text class="small" x="{x + 12}" y="{y + 45}">{round(size, -2):,} lines</text>'
    )


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    """From box to box: sideways inside a storey, else from the bottom to the top."""
    if start[1] == end[1]:
        x1, x2, y = (start[0], end[0] + BOX, start[1] + HIGH // 2)
        if x1 > x2:
            bow = 0 if x1 - x2 < BOX else HIGH // 2 + 12
            return f'<path d="M{x1} {y}C{x1 - 20} {y + bow} {x2 + 20} {y + bow} {x2 + 1} {y}"/>'
        x1, x2 = start[0] + BOX, end[0]
        return f'<path d="M{x1} {y}C{x1 + 20} {y} {x2 - 20} {y} {x2 - 1} {y}"/>'
    x1, y1 = start[0] + BOX // 2, start[1] + HIGH
    x2, y2 = end[0] + BOX // 2, end[1]
    return f'<path d="M{x1} {y1}C{x1} {y1 + 40} {x2} {y2 - 40} {x2} {y2 - 1}"/>'


def without_sizes(drawing: str) -> str:
    """Rooms grow with every commit; the picture is old only when rooms or arrows have changed."""
    return re.sub(r">[\d,]+ lines<", "><", drawing)


def main(arguments: list[str]) -> None:
    drawing = picture(modules(SRC))
    if "--write" in arguments:
        PICTURE.write_text(drawing, encoding="utf-8")
        say(f"Written to {PICTURE.relative_to(ROOT)}")
    elif without_sizes(PICTURE.read_text(encoding="utf-8")) != without_sizes(drawing):
        fail(f"{PICTURE.relative_to(ROOT)} is out of date: ./dev figures --write")


if __name__ == "__main__":
    main(sys.argv[1:])
