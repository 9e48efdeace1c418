"""Every template compiles, and every one of ours is used."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.project.files import ROOT, texts

# Looked up by Django itself by these names.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "429.html"}
# Folders whose names are composed by a package (form fields, sign-in pages), or by the component registry of core.
COMPOSED = ("core/", "layouts/", "django/", "account/", "mfa/", "allauth/", "usersessions/")


def _names() -> list[str]:
    """Names as `get_template` takes them."""
    return sorted(
        path.split("/templates/", 1)[1]
        for path, _ in texts(".html", ".txt", under="src/")
        if "/templates/" in path
    )


@pytest.mark.parametrize("name", _names())
def test_template_compiles(name: str) -> None:
    assert get_template(name)


def test_each_template_is_used() -> None:
    sources = "\n".join(text for _, text in texts(".py", ".html", ".txt", under="src/"))
    unused = [
        name
        for name in _names()
        if name not in BY_NAME and not name.startswith(COMPOSED) and name not in sources
    ]
    assert unused == []


# How days and moments are written; what each is for stands in docs/developer/design.md.
DAYS = {"j. F Y", "j. F", "l, j. F Y", "l, j. F", "d.m.Y", "D d.m.", "c", "Y-m-d"}
SHORT_DAYS = re.compile(r"%d\.%m\.(?!%Y)|\.day\}\.")
MOMENTS = {"H:i", "j. F, H:i", "j. F Y, H:i", "d.m.Y, H:i", "d.m., H:i"}


def test_days_and_moments_are_written_in_the_few_agreed_ways() -> None:
    odd = {
        f"{path}: {found}"
        for path, text in texts(".html", ".txt", under="src/")
        for found in re.findall(r'\|date:"([^"]*)"', text)
        if found not in DAYS | MOMENTS
    }
    assert odd == set()


def test_code_leaves_the_shorter_ways_to_one_module() -> None:
    """Days with a missing part (`5.12.`, `5.12.26`) are made in `core/days.py` alone, where their use is named."""
    odd = {
        f"{path}: {found}"
        for path, text in texts(".py", under="src/werkpfad/")
        for found in SHORT_DAYS.findall(text)
        if path != "src/werkpfad/base/core/days.py"
    }
    assert odd == set()


@pytest.mark.parametrize("text", ["{d:%d.%m.}", "{d:%d.%m.%y}", "{d.day}.{d.month}.", "%d.%m. um"])
def test_shorter_ways_would_be_found(text: str) -> None:
    assert SHORT_DAYS.search(text)
    assert not SHORT_DAYS.search("{d:%d.%m.%Y} {d:%d.%m.%Y %H:%M}")


def test_templates_lie_in_a_folder_of_their_room() -> None:
    """`placements/templates/placements/...`: two rooms never shadow each other; core keeps base and errors."""
    misplaced = [
        path
        for path, _ in texts(".html", ".txt", under="src/")
        if "/templates/" in path and not _is_at_home(Path(path))
    ]
    assert misplaced == []
    assert (ROOT / "src").is_dir()


def _is_at_home(path: Path) -> bool:
    room, folder = path.parts[3], path.parts[5]
    return folder == room or room == "core" or f"{folder}/" in COMPOSED
