"""One instance as a small family of processes: the web server, and the background worker beside it."""

import logging
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds that work under way may take to end
PAUSE = 0.2
BEFORE_RESTART = 3.0


class Instance:
    """Starts the processes, restarts the worker when it dies, and ends all of them together."""

    def __init__(self, host: str, port: int, workers: int, *, with_worker: bool) -> None:
        self.address = (host, port)
        self._web_command = [
            program("granian"),
            *("--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", str(workers), "--blocking-threads", "1"),
            *("--respawn-failed-workers", "--no-ws", "--log-level", "warning"),
            "werkpfad.config.wsgi:application",
        ]
        self._worker_command = [program("werkpfad"), "worker"] if with_worker else []
        self._ending = False

    def run(self, *, ready: Callable[[], object]) -> int:
        """Serves until told to stop: 0, or the web server's exit code when it ended by itself."""
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        web = _start(self._web_command)
        worker = _start(self._worker_command) if self._worker_command else None
        waiting, restart_at = True, 0.0
        try:
            while not self._ending and web.poll() is None:
                if waiting and answers(*self.address):
                    waiting = False
                    ready()
                if worker is not None and worker.poll() is not None:
                    if not restart_at:
                        log.error(
                            "worker ended, starting another", extra={"code": worker.returncode}
                        )
                        restart_at = time.monotonic() + BEFORE_RESTART
                    elif time.monotonic() >= restart_at:
                        worker, restart_at = _start(self._worker_command), 0.0
                time.sleep(PAUSE)
            return 0 if self._ending else web.returncode or 1
        finally:
            _stop([process for process in (web, worker) if process is not None])

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._ending = True


def program(name: str) -> str:
    """The path of a program of this Python environment."""
    return str(Path(sys.executable).with_name(name))


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        socket.create_connection((_reachable(host), port), timeout=0.5).close()
    except OSError:
        return False
    return True


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- translated, not bound


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    """In a session of its own: Ctrl-C reaches this process alone, which then ends the others in order."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 -- our own command line


def _stop(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
