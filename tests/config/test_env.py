import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from werkpfad.config.env import Env, kept_secret


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), ("off", False), ("", None)]
)
def test_flag(value: str, expected: bool | None) -> None:
    for default in (True, False):
        assert Env({"X": value}).flag("X", default) is (default if expected is None else expected)


@pytest.mark.parametrize("value", ["2", "ja", "tru", "-"])
def test_flag_rejects_odd_values(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="X must be 1 or 0"):
        Env({"X": value}).flag("X")


@pytest.mark.parametrize("value", ["-1", "1.5", "ten", "²", "101"])
def test_number_rejects_what_is_not_a_whole_number_in_range(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="from 0 to 100"):
        Env({"X": value}).number("X", 5, most=100)


def test_number_and_items() -> None:
    assert Env({}).number("X", 5) == 5
    assert Env({"X": "7"}).number("X", 5) == 7
    assert Env({"X": " a, b ,,"}).items("X") == ["a", "b"]


def test_a_value_can_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    assert Env({"X_FILE": str(tmp_path / "secret")}).text("X") == "s3cret"
    with pytest.raises(ImproperlyConfigured, match="X_FILE"):
        Env({"X_FILE": str(tmp_path / "absent")}).text("X")
    with pytest.raises(ImproperlyConfigured, match="both set"):
        Env({"X": "a", "X_FILE": "b"}).text("X")


@pytest.mark.parametrize(
    "value", ["ftp://a.example", "a.example", "https://a.example/path", "https://"]
)
def test_base_url_is_an_origin(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="must look like"):
        Env({"X": value}).base_url("X", "")


def test_database_address() -> None:
    database = Env({"X": "postgres://u%40b:p%2F@db.example:5433/name?sslmode=require"}).database(
        "X"
    )
    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "name",
        "USER": "u@b",
        "PASSWORD": "p/",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    socket = Env({"X": "postgres://u@/name?host=/run/pg"}).database("X")
    assert socket is not None
    assert socket["HOST"] == "/run/pg"
    assert Env({}).database("X") is None


@pytest.mark.parametrize("value", ["mysql://u@h/name", "postgres://u@h/"])
def test_database_rejects_other_addresses(value: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        Env({"X": value}).database("X")


def test_a_secret_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret-key"
    first = kept_secret(path)
    assert len(first) > 60
    assert kept_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret-key"]
