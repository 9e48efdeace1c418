"""Copies what pages need of the design system to build/static, and fonts for PDF to build/fonts.

Fonts are cut to the letters of German, and to those of other European languages in files of their own: a page loads
two small files, and more only when a name on it needs them.
"""

import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
KERN = ROOT / "node_modules" / "@kern-ux" / "native" / "dist"
STATIC = ROOT / "build" / "static"
PDF_FONTS = ROOT / "build" / "fonts"

# Faces of the pages: file of the design system and weight. Text is regular or semi-bold, nothing else.
FACES = [("FiraSans-Regular", 400), ("FiraSans-SemiBold", 600)]
# for PDF: all faces of letters and certificates, and letters and marks that Fira Sans lacks
PRINTED = [
    "fira-sans/FiraSans-Light",
    "fira-sans/FiraSans-Regular",
    "fira-sans/FiraSans-Italic",
    "fira-sans/FiraSans-Medium",
    "fira-sans/FiraSans-SemiBold",
    "fira-sans/FiraSans-Bold",
    "noto-sans/NotoSans-Regular",
    "noto-sans/NotoSans-Bold",
]
# Every page needs the letters of German; those of other European languages come when a name has one.
GERMAN = [
    *range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2016), *range(0x2018, 0x201F),
    0x2022, 0x2026, 0x202F, 0x2030, 0x2039, 0x203A, 0x20AC, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2264, 0x2265,
]  # fmt: skip
EUROPEAN = [*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E, 0x2116, 0x2122, 0x2248, 0x2713]
PARTS = {"": GERMAN, "-european": EUROPEAN}
FEATURES = ["ccmp", "kern", "liga", "locl", "lnum", "mark", "mkmk", "tnum", "zero"]
FACE = """@font-face {{
  font-family: "Fira Sans";
  src: url("fonts/{file}.woff2") format("woff2");
  font-weight: {weight};
  font-display: swap;
  unicode-range: {letters};
}}
"""


def main() -> None:
    target = STATIC / "kern"
    shutil.rmtree(target, ignore_errors=True)
    (target / "fonts").mkdir(parents=True)
    PDF_FONTS.mkdir(parents=True, exist_ok=True)
    shutil.copy(KERN / "kern.min.css", target / "kern.css")
    shutil.copy(KERN.parent / "LICENSE.md", target / "LICENSE.md")
    faces = []
    for file, weight in FACES:
        source = KERN / "fonts" / "fira-sans" / f"{file}.woff2"
        for suffix, letters in PARTS.items():
            _cut(source, target / "fonts" / f"{file}{suffix}.woff2", letters)
            faces.append(FACE.format(file=file + suffix, weight=weight, letters=_ranges(letters)))
    for path in PRINTED:
        source = KERN / "fonts" / f"{path}.woff2"
        _convert(source, PDF_FONTS / f"{source.stem}.ttf")
    (target / "fonts.css").write_text("".join(faces))


def _ranges(letters: list[int]) -> str:
    """CSS notation: ``U+20-7E, U+A0-FF, ...``."""
    runs: list[list[int]] = []
    for letter in sorted(letters):
        if runs and letter == runs[-1][1] + 1:
            runs[-1][1] = letter
        else:
            runs.append([letter, letter])
    return ", ".join(
        f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs
    )


def _cut(source: Path, target: Path, letters: list[int]) -> None:
    options = subset.Options(flavor="woff2", layout_features=FEATURES, name_IDs=[0, 1, 2, 13, 14])
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def _convert(source: Path, target: Path) -> None:
    font = TTFont(source)
    font.flavor = None
    font.save(target)


if __name__ == "__main__":
    main()
