"""Work outside of requests: owners are asked once a year whether their entry is still right."""

from datetime import datetime

from werkpfad.base.core.days import day_of
from werkpfad.region.atlas.actions import ask_stale


def ask_still_right(*, at: datetime) -> None:
    ask_stale(at=at, today=day_of(at))
