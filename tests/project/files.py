"""The files under version control, as the tests of the project itself read them."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    "", ".py", ".in", ".txt", ".toml", ".json", ".md", ".html", ".css", ".js", ".svg", ".typ", ".yml", ".csv", ".npmrc",
}  # fmt: skip


@cache
def tracked() -> tuple[Path, ...]:
    """Tracked and new files, without what .gitignore leaves out."""
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def texts(*suffixes: str, under: str = "") -> Iterator[tuple[str, str]]:
    """Path relative to the root and content of every text file with one of these suffixes, or of any."""
    for path in tracked():
        relative = str(path.relative_to(ROOT))
        if path.suffix in (suffixes or TEXT) and relative.startswith(under):
            yield relative, path.read_text(encoding="utf-8")
