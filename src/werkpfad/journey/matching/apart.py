"""The computation in a process of its own, so that it can really be ended and cannot take the worker with it.

`python -m werkpfad.journey.matching.apart` reads a frozen input on stdin and writes JSON lines: stages as they
begin for the first time, then the result or an error.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO, Any

from werkpfad.journey.matching.engine import compute

LOOK_EVERY = 0.5
"""Seconds between two looks whether the result is still wanted."""


class NotWanted(Exception):
    """Nobody wants the result any more; the computation was ended."""


class NotComputed(Exception):
    """The computation failed; the text says how."""


def compute_apart(
    frozen: Mapping[str, Any], *, report: Callable[[str], None], is_wanted: Callable[[], bool]
) -> dict[str, Any]:
    """The same as `engine.compute`, elsewhere. Raises `NotWanted` within a second of being cancelled, `NotComputed`."""
    child = subprocess.Popen(
        [sys.executable, "-m", "werkpfad.journey.matching.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        text=True,
    )
    try:
        return _listen(child, json.dumps(frozen), report, is_wanted)
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _listen(
    child: subprocess.Popen[str],
    text: str,
    report: Callable[[str], None],
    is_wanted: Callable[[], bool],
) -> dict[str, Any]:
    lines: queue.Queue[str | None] = queue.Queue()
    threads = [
        threading.Thread(target=_feed, args=(child.stdin, text), daemon=True),
        threading.Thread(target=_collect, args=(child.stdout, lines), daemon=True),
    ]
    for thread in threads:
        thread.start()
    while True:
        try:
            line = lines.get(timeout=LOOK_EVERY)
        except queue.Empty:
            line = ""
        if not is_wanted():
            child.kill()
            for thread in threads:
                thread.join()
            raise NotWanted
        if line is None:
            code = child.wait()
            raise NotComputed(f"the computation ended with code {code}, perhaps for lack of memory")
        message = json.loads(line) if line else {}
        if "error" in message:
            raise NotComputed(message["error"])
        if "result" in message:
            for thread in threads:
                thread.join()
            found: dict[str, Any] = message["result"]
            return found
        if message:
            report(message["stage"])


def _feed(pipe: IO[str] | None, text: str) -> None:
    if pipe is not None:
        try:
            pipe.write(text)
            pipe.close()
        except (BrokenPipeError, ValueError):
            return  # ended early: the reader of the output hears of it


def _collect(pipe: IO[str] | None, lines: "queue.Queue[str | None]") -> None:
    if pipe is not None:
        try:
            for line in pipe:
                lines.put(line)
        except ValueError:
            return
    lines.put(None)


def main() -> None:
    """The child's side. A parent that has gone breaks the pipe, which ends the child at its next stage."""

    def say(message: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()

    told: set[str] = set()

    def report(stage: str) -> None:
        if stage not in told:
            told.add(stage)
            say({"stage": stage})

    try:
        say({"result": compute(json.load(sys.stdin), report)})
    except (ValueError, ArithmeticError, MemoryError) as error:
        say({"error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
