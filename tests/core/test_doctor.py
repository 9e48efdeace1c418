import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def doctor() -> dict[str, dict[str, object]]:
    out = StringIO()
    call_command("doctor", "--json", stdout=out)
    checks: dict[str, dict[str, object]] = json.loads(out.getvalue())["checks"]
    return checks


@pytest.fixture(autouse=True)
def _healthy(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()


def test_all_is_well() -> None:
    checks = doctor()
    assert len(checks) > 5
    assert [name for name, check in checks.items() if not check["ok"]] == []


@pytest.mark.parametrize("name", ["secret-key", "code-key"])
def test_an_exposed_key_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    (tmp_path / name).chmod(0o644)
    with pytest.raises(CommandError, match="keys"):
        doctor()


def test_production_without_mail_is_amiss(settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="mail"):
        doctor()


def test_missing_static_files_and_fonts_are_found(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "staticfiles.json").unlink()
    settings.FONTS = tmp_path
    with pytest.raises(CommandError, match="static, fonts"):
        doctor()
