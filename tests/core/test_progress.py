"""Progress told between processes: figures, or nothing; never an error."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from werkpfad.base.core import progress
from werkpfad.base.core.progress import Stand

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def test_the_last_stand_counts_until_the_work_has_ended() -> None:
    assert progress.told("abc1") is None
    progress.tell("abc1", 500, 2000, at=AT)
    progress.tell("abc1", 1000, 2000, at=AT + timedelta(seconds=3))
    progress.tell("abc2", 1, 2, at=AT)
    assert progress.told("abc1") == Stand(1000, 2000, AT + timedelta(seconds=3))
    progress.forget("abc1")
    progress.forget("abc1")
    assert progress.told("abc1") is None
    assert progress.told("abc2") == Stand(1, 2, AT)


def test_what_cannot_be_written_or_read_is_no_error(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "progress").write_text("a file where the folder should be", encoding="utf-8")
    progress.tell("abc1", 1, 2, at=AT)
    assert progress.told("abc1") is None
    settings.DATA = tmp_path / "other"
    progress.tell("abc1", 1, 2, at=AT)
    (tmp_path / "other" / "progress" / "abc1").write_text("half", encoding="utf-8")
    assert progress.told("abc1") is None


def test_a_key_never_leaves_the_folder() -> None:
    with pytest.raises(ValueError, match="not a key"):
        progress.tell("../secret-key", 1, 2, at=AT)
