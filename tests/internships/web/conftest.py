from datetime import datetime

import pytest

from werkpfad.base.core import clock


@pytest.fixture(autouse=True)
def _frozen(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask the clock themselves; in these tests it stands still."""
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", now.date)
