"""The README's settings table is complete and names nothing that is not read."""

import ast
import re

from tests.project.files import ROOT, texts


def _read_in_code() -> set[str]:
    """First arguments of calls like `env.flag("WERKPFAD_DEMO")`."""
    names = set()
    for _, text in texts(".py", under="src/"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                value = node.args[0].value
                if isinstance(value, str) and re.fullmatch(r"WERKPFAD_[A-Z0-9_]+", value):
                    names.add(value)
    return names


def _told() -> set[str]:
    rows = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    return {match[1] for row in rows if (match := re.match(r"\| `(WERKPFAD_[A-Z0-9_]+)`", row))}


def test_readme_lists_every_setting() -> None:
    assert _read_in_code()
    assert _read_in_code() - _told() == set()


def test_readme_lists_no_setting_that_is_gone() -> None:
    assert _told() - _read_in_code() == set()
