"""Runs typst: template + data -> PDF/UA-1 and PDF/A-3a in one file, the same bytes for the same input.

Data travels as JSON, never as markup, so no field can change the document's structure. Templates and pictures
are read from the package alone; system fonts and the network are not used.
"""

import json
import threading
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

from werkpfad.base.core.pdf.data import PlainData, plain

PACKAGE = Path(__file__).resolve().parents[3]
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-3a"]
FAMILY = "Fira Sans"

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_PROBE = Path(__file__).with_name("glyphs.typ")


class RenderFailed(RuntimeError):
    """The document could not be made; the message names template and cause, for operators and developers."""


class Renderer:
    """One compiler with its fonts, kept warm for as many documents as wanted; usable from several threads."""

    def __init__(self, font_dir: Path) -> None:
        """``font_dir`` holds Fira Sans (and Noto Sans) as TTF or OTF. Raises RenderFailed without them."""
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[font_dir])
        if FAMILY not in fonts.families():
            raise RenderFailed(f"no {FAMILY} in {font_dir}: run the asset build")
        self.font_dir = font_dir
        self._compiler = typst.Compiler(root=PACKAGE, font_paths=fonts, ignore_system_fonts=True)
        self._lock = threading.Lock()
        self._displays: dict[str, bool] = {}

    def pdf(self, template: Path, data: object, *, dated: date) -> bytes:
        """Renders ``template`` (inside the package) with a dataclass; ``dated`` becomes the file's creation date."""
        values = self._displayable(plain(data))
        try:
            return self._compile(template, json.dumps(values), dated=dated)
        except RuntimeError as error:
            raise RenderFailed(f"{template.name}: {error}") from error

    def _compile(self, template: Path, inputs: str, *, dated: date) -> bytes:
        created = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
        with self._lock:
            made = self._compiler.compile(
                template,
                sys_inputs={"data": inputs},
                format="pdf",
                pdf_standards=STANDARDS,
                timestamp=created,
            )
        assert isinstance(made, bytes)
        return made

    def _displayable(self, values: PlainData) -> PlainData:
        """Characters that no font can show would break PDF/UA: symbols are left out, letters become U+FFFD."""
        self._probe({char for text in _strings(values) for char in text if char > "\u017f"})
        return self._without_unknown(values)

    def _probe(self, chars: set[str]) -> None:
        unknown = sorted(chars - self._displays.keys())
        if not unknown:
            return
        if shown := self._shows("".join(unknown)):
            self._displays.update(dict.fromkeys(unknown, shown))
        elif len(unknown) == 1:
            self._displays[unknown[0]] = False
        else:
            half = len(unknown) // 2
            self._probe(set(unknown[:half]))
            self._probe(set(unknown[half:]))

    def _shows(self, chars: str) -> bool:
        try:
            self._compile(_PROBE, chars, dated=date(2000, 1, 1))
        except typst.TypstError:
            return False
        return True

    def _without_unknown(self, values: PlainData) -> PlainData:
        if isinstance(values, str):
            return "".join(
                char if self._displays.get(char, True) else _substitute(char) for char in values
            )
        if isinstance(values, dict):
            return {key: self._without_unknown(value) for key, value in values.items()}
        if isinstance(values, list):
            return [self._without_unknown(value) for value in values]
        return values


def render(template: Path, data: object, *, dated: date, renderer: Renderer | None = None) -> bytes:
    """Renders with the given renderer, else with the process-wide one."""
    return (renderer or default_renderer()).pdf(template, data, dated=dated)


@lru_cache(maxsize=1)
def default_renderer() -> Renderer:
    """The process-wide renderer, with the fonts of the asset build."""
    return Renderer(settings.FONTS)


def _strings(values: PlainData) -> Iterable[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        for value in values.values():
            yield from _strings(value)
    elif isinstance(values, list):
        for value in values:
            yield from _strings(value)


def _substitute(char: str) -> str:
    return _REPLACEMENT if unicodedata.category(char)[0] in "LN" else ""
