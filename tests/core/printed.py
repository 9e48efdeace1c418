"""Where text stands on the pages of a PDF, read from its content streams."""

import io
from typing import Any

from pypdf import PdfReader

Matrix = list[float]


def text_outside(pdf: bytes, margin: float = 12.0) -> list[tuple[int, float, float]]:
    """(page from 1, left, right) of each run of text that comes nearer than ``margin`` points to a page's edge."""
    found: list[tuple[int, float, float]] = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, start=1):
        runs: list[tuple[float, float, float]] = []
        page.extract_text(visitor_operand_before=_Reader(page, runs))
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        found += [
            (number, left, right)
            for left, right, base in runs
            if left < margin or right > width - margin or base < margin or base > height - margin
        ]
    return found


class _Reader:
    """Follows the text operators typst writes: Tf, then Tm, then TJ with two-byte glyph numbers."""

    def __init__(self, page: Any, runs: list[tuple[float, float, float]]) -> None:
        self._fonts = {
            name: _widths(font.get_object()) for name, font in page["/Resources"]["/Font"].items()
        }
        self._runs = runs
        self._font = ""
        self._size = 0.0

    def __call__(self, operator: bytes, operands: Any, cm: Matrix, tm: Matrix) -> None:
        if operator == b"Tf":
            self._font, self._size = operands[0], float(operands[1])
        elif operator in {b"TJ", b"Tj"}:
            advance = self._advance(operands[0] if operator == b"TJ" else [operands[0]])
            left = tm[4] * cm[0] + cm[4]
            base = tm[5] * cm[3] + cm[5]
            self._runs.append((left, left + advance * abs(tm[0] * cm[0]), base))

    def _advance(self, parts: Any) -> float:
        widths = self._fonts[self._font]
        units = 0.0
        for part in parts:
            if isinstance(part, (int, float)):
                units -= float(part)
                continue
            raw = part if isinstance(part, bytes) else part.original_bytes
            glyphs = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
            units += sum(widths.get(glyph, 1000.0) for glyph in glyphs)
        return units / 1000 * self._size


def _widths(font: Any) -> dict[int, float]:
    table = font["/DescendantFonts"][0].get_object()["/W"]
    entries = [entry.get_object() for entry in table]
    widths: dict[int, float] = {}
    while entries:
        first = int(entries.pop(0))
        second = entries.pop(0)
        if isinstance(second, list):
            widths |= {first + offset: float(width) for offset, width in enumerate(second)}
        else:
            width = float(entries.pop(0))
            widths |= dict.fromkeys(range(first, int(second) + 1), width)
    return widths
