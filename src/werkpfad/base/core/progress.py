"""How far a long piece of work is, told by one process to another while its transaction is still open.

What an open transaction writes nobody else sees, and on SQLite nobody else can write beside it: figures in the database
would all appear at once, at the end. So they stand in a small file per piece of work in the data folder. They are a
kindness, never a fact anything depends on: a page that finds no file shows no figures.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Stand:
    """`done` of `total` at the moment `at`."""

    done: int
    total: int
    at: datetime


def tell(key: str, done: int, total: int, *, at: datetime) -> None:
    """Note the stand of the work `key` (letters and digits). A full disk is no reason to stop working."""
    path = _path(key)
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(f"{done} {total} {at.isoformat()}", encoding="ascii")
        fresh.replace(path)
    except OSError:
        return


def told(key: str) -> Stand | None:
    """The last stand, or None if nothing was told or it cannot be read here."""
    try:
        done, total, at = _path(key).read_text(encoding="ascii").split()
        return Stand(int(done), int(total), datetime.fromisoformat(at))
    except (OSError, ValueError):
        return None


def forget(key: str) -> None:
    """The work has ended."""
    for path in (_path(key), _path(key).with_suffix(".new")):
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue


def _path(key: str) -> Path:
    if not key.isalnum():
        raise ValueError("not a key")
    return Path(settings.DATA) / "progress" / key
