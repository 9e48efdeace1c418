"""Work outside of requests: owners are asked once a year whether their entry is still right."""

from datetime import datetime

from django.utils import timezone

from werkpfad.region.atlas.actions import ask_stale


def ask_still_right(*, at: datetime) -> None:
    ask_stale(at=at, today=timezone.localdate(at))
