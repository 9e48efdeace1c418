"""Work outside of requests: owners are asked once a year whether their entry is still right."""

from datetime import datetime

from werkpfad.base.core.days import day_of
from werkpfad.region.atlas.actions import ask_stale, forget_introductions


def ask_still_right(*, at: datetime) -> None:
    ask_stale(at=at, today=day_of(at))


def tidy(*, at: datetime) -> None:
    """Forget what two members wrote to each other a year ago."""
    forget_introductions(at=at)
