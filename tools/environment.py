"""Builds `.venv`, `node_modules` and `build` from the lock files. What is up to date is left alone, without network."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tools.console import fail, say, step

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
UV = VENV / "uv" / "bin" / "uv"
LOCK = ROOT / "requirements-dev.txt"


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> None:
    """Runs quietly; when it fails, shows what it said and stops."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        say("")
        say(done.stdout.strip())
        fail(f"`{' '.join(str(part) for part in command)}` ended with {done.returncode}.")


def show(command: Sequence[str | Path]) -> None:
    """Runs a command that reports its own progress; stops when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def setup() -> None:
    """Everything the other commands need; under a tenth of a second when nothing has changed."""
    say("Werkpfad: setting up")
    interpreter = f"{sys.version} {sys.base_prefix}"
    fresh = _stamp("python", [], extra=interpreter)
    if not fresh.current or not PYTHON.exists():
        with step("Python environment in .venv"):
            _make_environment()
        fresh.write()
    _when_changed("packages", "Locked Python packages", [LOCK], _install_packages)
    _when_changed(
        "project",
        "Werkpfad itself",
        [ROOT / "pyproject.toml", ROOT / "requirements.in", LOCK],
        _install_project,
    )
    _when_changed(
        "node",
        "Design system",
        [ROOT / "package-lock.json", ROOT / ".npmrc"],
        _install_node,
        result=ROOT / "node_modules",
    )
    _when_changed(
        "assets",
        "Styles and fonts",
        [ROOT / "package-lock.json", ROOT / "tools" / "assets.py"],
        _build_assets,
        result=ROOT / "build" / "static",
    )


def collect_static(env: Mapping[str, str]) -> None:
    """Compressed and hashed copies of all static files, renewed when one of them has changed."""
    folders = [ROOT / "build" / "static", *(ROOT / "src").glob("**/static")]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    _when_changed(
        "collected",
        "Compressed static files",
        [LOCK, *files],
        lambda: run([BIN / "werkpfad", "collectstatic", "--no-input", "--clear"], env=env),
        result=ROOT / "build" / "collected" / "staticfiles.json",
    )


class _Stamp:
    """Remembers in a file which inputs a step was last done with."""

    def __init__(self, path: Path, digest: str) -> None:
        self.path = path
        self.digest = digest

    @property
    def current(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.digest

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.digest)


def _stamp(name: str, inputs: Iterable[Path], *, extra: str = "") -> _Stamp:
    digest = hashlib.sha256(extra.encode())
    for path in inputs:
        digest.update(path.read_bytes())
    return _Stamp(VENV / "stamps" / name, digest.hexdigest())


def _when_changed(
    name: str, text: str, inputs: Sequence[Path], work: Callable[[], None], *, result: Path = VENV
) -> None:
    stamp = _stamp(name, inputs)
    if stamp.current and result.exists():
        return
    with step(text):
        work()
    stamp.write()


def _make_environment() -> None:
    """A bare environment and uv from the lock. With a pip at hand, the environment needs none of its own."""
    shutil.rmtree(VENV, ignore_errors=True)
    has_pip = importlib.util.find_spec("pip") is not None
    if not has_pip and importlib.util.find_spec("ensurepip") is None:
        fail("this Python has neither pip nor ensurepip; on Debian: apt-get install python3-venv")
    venv.create(VENV, with_pip=not has_pip, symlinks=True)
    wanted = re.search(r"^uv==.*(?:\n    --hash.*)+", LOCK.read_text(), re.MULTILINE)
    if wanted is None:
        fail(f"{LOCK.name} does not name uv.")
    only_uv = VENV / "uv.txt"
    only_uv.write_text(wanted[0])
    pip = [sys.executable if has_pip else str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", "--require-hashes", "--target", UV.parents[1], "-r", only_uv])


def uv(*arguments: str | Path) -> None:
    run([UV, *arguments], env={"VIRTUAL_ENV": str(VENV)})


def _install_packages() -> None:
    uv("pip", "sync", "--quiet", "--require-hashes", LOCK)
    (VENV / "stamps" / "project").unlink(missing_ok=True)


def _install_project() -> None:
    uv("pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)


def _install_node() -> None:
    run(
        [BIN / "npm", "ci", "--ignore-scripts"], env={"PATH": f"{BIN}:{os.environ.get('PATH', '')}"}
    )


def _build_assets() -> None:
    run([PYTHON, "-m", "tools.assets"])


def lock() -> None:
    """Writes the lock files anew: hashes for every package, and no address of where they come from."""
    common = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    common += ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"]
    with step("requirements.txt"):
        uv(*common, "requirements.in", "--output-file", "requirements.txt")
    with step("requirements-dev.txt"):
        uv(*common, "requirements.in", "requirements-dev.in", "--output-file", LOCK.name)
