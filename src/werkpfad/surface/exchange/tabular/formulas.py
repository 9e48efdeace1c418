"""Text that a spreadsheet would calculate, made harmless on the way out and restored on the way in."""

import re

# Excel and LibreOffice calculate cells that begin so; the wide forms are folded to the narrow ones by some.
_FORMULA = re.compile(r"'*[\s\0]*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[\s\0]*[=+\-@\t\r\n＝＋－＠]")


def guard(text: str) -> str:
    """`text` that no spreadsheet calculates; `unguard` gives the original back."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text
