"""Progress lines with seconds, and one way to fail."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


def say(text: str) -> None:
    print(text, flush=True)


def fail(text: str) -> NoReturn:
    print(f"dev: {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Prints what is being done, and how long it took once it is."""
    started = time.monotonic()
    terminal = sys.stdout.isatty()
    print(f"  {text} ...", end="" if terminal else "\n", flush=True)
    yield
    seconds = f"{time.monotonic() - started:6.1f} s"
    print(f"\r  {text:<52}{seconds}" if terminal else f"  {text:<52}{seconds}", flush=True)
