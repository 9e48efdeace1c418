"""Where a long solve is, for whoever waits: callers may watch, nobody has to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watcher = Callable[[str], None]
_watcher: ContextVar[Watcher | None] = ContextVar("fairplace_watcher", default=None)


@contextmanager
def watching(watcher: Watcher) -> Iterator[None]:
    """Within the block, `watcher` is called with "solve", "prove" and "explain", each as often as it begins.

    It may raise to stop the computation. It never changes the answer.
    """
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def tell(stage: str) -> None:
    """Say that a stage begins; costs nothing if nobody watches."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(stage)
