"""The demo county as a running instance."""

import argparse
import os
from pathlib import Path

from tools import environment
from tools.console import say, step


def serve(arguments: list[str]) -> list[str]:
    """Prepares the demo that the arguments describe, and returns the command that serves it."""
    parser = argparse.ArgumentParser(prog="./dev demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, default=_folder(), help="folder of database and files")
    options = parser.parse_args(arguments)
    _prepare(options.data, options.port)
    return ["serve", "--host", options.host, "--port", str(options.port)]


def _folder() -> Path:
    return Path(os.environ.get("WERKPFAD_DATA") or environment.ROOT / "var" / "demo")


def _prepare(data: Path, port: int) -> None:
    environment.setup()
    os.environ.update(
        WERKPFAD_DEMO="1",
        WERKPFAD_DATA=str(data.absolute()),
        WERKPFAD_BASE_URL=f"http://localhost:{port}",
    )
    os.environ.setdefault("WERKPFAD_LOG_LEVEL", "WARNING")
    environment.collect_static(os.environ)
    with step("Database"):
        environment.run([environment.BIN / "werkpfad", "migrate"])
    say("Demo county")
    environment.show([environment.BIN / "werkpfad", "demo_data"])
