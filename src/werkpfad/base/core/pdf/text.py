"""Makes any string safe and well set for print: no control characters, no overrides, German spacing."""

import re
import unicodedata

NARROW = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

_BREAK_HERE = "\N{ZERO WIDTH SPACE}"
_LONGEST_WORD = 40
_MARKS_PER_LETTER = 2
# Joiners carry meaning in several scripts and the soft hyphen in German; every other format character
# can only hide or reorder text (directional overrides, tags, byte order marks).
_KEPT_FORMAT = frozenset("\N{SOFT HYPHEN}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_DROPPED = frozenset({"Cf", "Cn", "Co", "Cs"})

_ABBREVIATIONS = re.compile(r"\b(z|d|u|i|s|v|o)\. ?(B|h|a|U|d|R|o|Ä|A|T)\.(?!\w)")
_UNITS = re.compile(r"(?<=\d) ?(km|m|cm|mm|kg|g|€|%)(?!\w)")
_COUNTED = re.compile(r"(?<=\d) (Uhr|Std\.|Min\.|Minuten|Stunden|Tage|Wochen)(?!\w)")
_PARAGRAPH = re.compile(r"(§§?|Abs\.|Nr\.|Art\.|Satz) (?=\d)")
_DAY_OF_MONTH = re.compile(
    r"\b(\d{1,2}\.) (?=(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)"
)
_SPACES = re.compile(r"[^\S\n\u00a0\u202f]+")
_LONG_WORD = re.compile(rf"[^\s\u200b\u00ad-]{{{_LONGEST_WORD + 1},}}")


def plain_line(value: str, limit: int) -> str:
    """One line of visible text of at most ``limit`` characters, longer text ends in an ellipsis."""
    return _finished(" ".join(_visible(value).split()), limit)


def plain_prose(value: str, limit: int) -> str:
    """Text that keeps its line breaks (never two empty lines), with German no-break spaces set."""
    lines = [_SPACES.sub(" ", line).strip() for line in _visible(value).split("\n")]
    return _finished(spaced(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()), limit)


def spaced(value: str) -> str:
    """Sets the no-break spaces of German typography: z. B., 12 km, 8:00 Uhr, § 7, 20. November."""
    value = _ABBREVIATIONS.sub(rf"\1.{NARROW}\2.", value)
    value = _UNITS.sub(rf"{NARROW}\1", value)
    value = _COUNTED.sub(rf"{NO_BREAK}\1", value)
    value = _PARAGRAPH.sub(rf"\1{NARROW}", value)
    return _DAY_OF_MONTH.sub(rf"\1{NO_BREAK}", value)


def _visible(value: str) -> str:
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    marks = 0
    for char in value:
        category = unicodedata.category(char)
        if category == "Cc":
            char = "\n" if char in "\n\x0b\x0c\x85" else " "
        elif category in {"Zl", "Zp"}:
            char = "\n"
        elif category in _DROPPED and char not in _KEPT_FORMAT:
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= _MARKS_PER_LETTER:
            kept.append(char)
    return "".join(kept)


def _finished(value: str, limit: int) -> str:
    if len(value) > limit:
        value = value[: limit - 1].rstrip() + ELLIPSIS
    return _LONG_WORD.sub(_with_break_points, value)


def _with_break_points(word: re.Match[str]) -> str:
    letters = word.group()
    return _BREAK_HERE.join(letters[start : start + 8] for start in range(0, len(letters), 8))
