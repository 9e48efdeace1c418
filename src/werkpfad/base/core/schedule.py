"""The list of work that repeats. Rooms register in `apps.ready()`; `tasks.tick` queues what is due."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.module_loading import import_string

EPOCH = datetime(2001, 1, 1, tzinfo=UTC)  # a Monday, so that weekly work is due on Mondays


@dataclass(frozen=True, slots=True)
class Periodic:
    """`call` is the dotted path of a function that takes `at=`. It is due at multiples of `every`, counted in UTC."""

    name: str
    every: timedelta
    call: str

    def due(self, at: datetime) -> datetime:
        """The last moment at or before `at` when this was due."""
        return EPOCH + (at - EPOCH) // self.every * self.every


_registry: dict[str, Periodic] = {}


def register_periodic(name: str, *, every: timedelta, call: str) -> None:
    """Register once, in `apps.ready()`; raises ValueError for a name that is taken by something else."""
    entry = Periodic(name, every, call)
    if _registry.setdefault(name, entry) != entry:
        raise ValueError(f"periodic work {name!r} is registered twice")


def registered() -> list[Periodic]:
    return sorted(_registry.values(), key=lambda entry: entry.name)


def run(name: str, *, at: datetime) -> None:
    """Do one registered piece of work now. Raises KeyError for an unknown name."""
    import_string(_registry[name].call)(at=at)
