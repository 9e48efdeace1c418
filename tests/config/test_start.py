"""Each missing or dangerous setting stops the start with one clear line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PRODUCTION = {
    "WERKPFAD_ENV": "production",
    "WERKPFAD_BASE_URL": "https://praktikum.example",
    "WERKPFAD_ALLOWED_HOSTS": "praktikum.example",
}


def start(tmp_path: Path, **changes: str) -> "subprocess.CompletedProcess[str]":
    clean = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("WERKPFAD_", "DJANGO_"))
    }
    return subprocess.run(
        [str(Path(sys.executable).with_name("werkpfad")), "check"],
        env={**clean, "WERKPFAD_DATA": str(tmp_path / "data"), **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_all_is_set(tmp_path: Path) -> None:
    assert start(tmp_path, **PRODUCTION).returncode == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"WERKPFAD_DEMO": "1"}, "cannot be combined with WERKPFAD_ENV=production"),
        ({"WERKPFAD_DEBUG": "1"}, "cannot be combined with WERKPFAD_ENV=production"),
        ({"WERKPFAD_BASE_URL": ""}, "WERKPFAD_BASE_URL is missing"),
        ({"WERKPFAD_BASE_URL": "http://praktikum.example"}, "WERKPFAD_BASE_URL is missing"),
        ({"WERKPFAD_ALLOWED_HOSTS": ""}, "WERKPFAD_ALLOWED_HOSTS is missing"),
        ({"WERKPFAD_ALLOWED_HOSTS": "*"}, "WERKPFAD_ALLOWED_HOSTS is missing"),
        ({"WERKPFAD_ENV": "prod"}, "must be one of development, production"),
        ({"WERKPFAD_DATA": "/proc/nothing"}, "cannot be kept"),
    ],
)
def test_production_refuses(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    done = start(tmp_path, **{**PRODUCTION, **changes})
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
