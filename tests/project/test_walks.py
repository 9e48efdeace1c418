"""The walks through the code that newcomers are sent on lead past files that exist."""

import re

from tests.project.files import ROOT, tracked

STRUCTURE = ROOT / "docs" / "developer" / "structure.md"
_FILE = re.compile(r"`([a-z_]+(?:/[a-z_]+)+\.py)`")


def missing(text: str) -> list[str]:
    """Files named in code marks that end no path of ours; the text leaves out the folders everybody knows."""
    named = set(_FILE.findall(text))
    return sorted(
        name for name in named if not any(f"/{path}".endswith(f"/{name}") for path in tracked())
    )


def test_each_file_of_the_walks_exists() -> None:
    text = STRUCTURE.read_text(encoding="utf-8")
    assert len(_FILE.findall(text)) > 20
    assert missing(text) == []


def test_control_a_file_that_moved_away_is_noticed() -> None:
    assert missing("`placements/actions/answers.py` and `placements/answering.py`") == [
        "placements/answering.py"
    ]
