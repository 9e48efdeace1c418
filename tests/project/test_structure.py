"""What docs/developer/structure.md tells of the way through the code leads to files that exist."""

import re

import pytest

from tests.project.files import ROOT

# A file of a room (`matching/actions/runs.py`), with `<kind>` for one of several, or a path from the root.
NAMED = re.compile(r"`((?:tests|[a-z_]+)/[a-z_/<>]+\.py)`")


def named(text: str) -> list[str]:
    return sorted(set(NAMED.findall(text)))


def leads_somewhere(name: str) -> bool:
    pattern = re.sub(r"<\w+>", "*", name)
    return any(ROOT.glob(pattern)) or any(ROOT.glob(f"src/werkpfad/*/{pattern}"))


@pytest.mark.parametrize("name", named((ROOT / "docs/developer/structure.md").read_text("utf-8")))
def test_the_walks_lead_to_files_that_exist(name: str) -> None:
    assert leads_somewhere(name)


def test_a_wrong_turn_would_be_seen() -> None:
    text = "`matching/actions/wishes.py` → `matching/actions/wishing.py`"
    assert [leads_somewhere(name) for name in named(text)] == [True, False]
