"""The real thing: pages answer, background work runs beside them, and one signal ends all."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.once


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def instance(tmp_path: Path) -> "Iterator[tuple[subprocess.Popen[bytes], str]]":
    port = free_port()
    clean = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("WERKPFAD_", "DJANGO_"))
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("werkpfad")), "serve", "--port", str(port)],
            env={**clean, "WERKPFAD_DATA": str(tmp_path)},
            stdout=log,
            stderr=log,
        )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def get(url: str, *, within: float) -> tuple[int, dict[str, object]]:
    deadline = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.status, json.load(answer)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_serve_answers_and_ends_cleanly(
    instance: "tuple[subprocess.Popen[bytes], str]", tmp_path: Path
) -> None:
    process, url = instance
    assert get(f"{url}/healthz", within=240) == (200, {"status": "ok"})
    status, body = get(f"{url}/readyz", within=5)
    assert (status, body["status"]) == (200, "ok")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert "Werkpfad is ready" in (tmp_path / "log").read_text()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=2)
