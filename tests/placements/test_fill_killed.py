"""Killed at any point, a fill-up leaves nothing half-published, and the next try ends exactly as an undisturbed one."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.placements.killed_fill import KILLED, POINTS

pytestmark = pytest.mark.once

NOTHING_OUT = {"placements": 0, "consents": 0, "mails": 0}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("WERKPFAD_", "DJANGO_"))}
    clean |= {
        "WERKPFAD_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "werkpfad.config.settings_test",
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.placements.killed_fill", *arguments],
        env=clean,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


def seen(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_killed_at_every_point_it_ends_as_if_undisturbed(tmp_path: Path) -> None:
    """One night with a kill at each point, one after the other; each time the next worker goes on."""
    folder, calm = tmp_path / "data", tmp_path / "calm"
    folder.mkdir()
    assert seen(run(folder, "prepare"))["after"]["runs"] == []
    shutil.copytree(folder, calm)
    undisturbed: dict[str, Any] = seen(run(calm, "0"))["after"]
    assert (undisturbed["runs"], undisturbed["placements"]) == (["published"], 2)
    assert undisturbed["mails"] > 0

    for number, point in enumerate(POINTS):
        killed = run(folder, str(20 * number), point)
        assert (killed.returncode, point) == (KILLED, point), killed.stderr
    last = seen(run(folder, str(20 * len(POINTS))))

    assert last["before"]["runs"] == ["done"]
    assert {name: last["before"][name] for name in NOTHING_OUT} == NOTHING_OUT
    assert last["after"] == undisturbed
