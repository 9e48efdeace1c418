"""The commands of `./dev`."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

from tools import demo, environment, testing
from tools.console import fail, say


def command_setup(arguments: list[str]) -> None:
    """Install everything from the lock files (the other commands do it when needed)"""
    environment.setup()
    say("Ready. Next: ./dev demo, ./dev run or ./dev test")


def command_lock(arguments: list[str]) -> None:
    """Renew the lock files after a change of requirements.in or requirements-dev.in"""
    environment.setup()
    environment.lock()
    environment.setup()


def command_werkpfad(arguments: list[str]) -> None:
    """Run a product command, e.g. ./dev werkpfad migrate"""
    environment.setup()
    replace("werkpfad", *arguments)


def command_demo(arguments: list[str]) -> None:
    """Serve the demo county (--port 8000, --data DIR)"""
    replace("werkpfad", *demo.serve(arguments))


def command_run(arguments: list[str]) -> None:
    """Migrate, serve and do background work, both with reload on code changes"""
    environment.setup()
    werkpfad = environment.BIN / "werkpfad"
    environment.run([werkpfad, "migrate"])
    environment.run([werkpfad, "createcachetable"])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parts = [
        subprocess.Popen([werkpfad, "worker", "--reload"]),
        subprocess.Popen([werkpfad, "runserver", *arguments]),
    ]
    try:
        parts[1].wait()
    except KeyboardInterrupt:
        say("")
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait()
    sys.exit(max(0, parts[1].returncode))


def command_test(arguments: list[str]) -> None:
    """Run all tests (--quick, --postgres, --browser, or pytest arguments)"""
    testing.main(arguments)


def command_check(arguments: list[str]) -> None:
    """Format, lint, types, import order, migrations, deployment, templates, addresses, settings"""
    environment.setup()
    replace("python", "-m", "tools.checks", *arguments)


def command_figures(arguments: list[str]) -> None:
    """Figures about the code beside other projects (--write renews them and the picture in the docs)"""
    environment.setup()
    environment.show([environment.PYTHON, "-m", "tools.figures", *arguments])
    environment.show([environment.PYTHON, "-m", "tools.rooms", *arguments])


def command_screenshots(arguments: list[str]) -> None:
    """Photograph the ten main pages of the demo into docs/screenshots"""
    environment.setup()
    replace("python", "-m", "tools.screenshots")


def command_bench(arguments: list[str]) -> None:
    """Run the measurements of bench/, or those named"""
    folder = environment.ROOT / "bench"
    files = [*folder.glob("*.py"), *folder.glob("*/__main__.py")]
    names = {path.parent.name if path.stem == "__main__" else path.stem for path in files} - {
        "__init__"
    }
    if unknown := set(arguments) - names:
        fail(f"unknown measurement {', '.join(sorted(unknown))}; known: {', '.join(sorted(names))}")
    environment.setup()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkpfad.config.settings")
    for name in arguments or sorted(names):
        say(f"\n==== {name} ====")
        environment.show([environment.PYTHON, "-m", f"bench.{name}"])


def replace(program: str, *arguments: str) -> None:
    """Becomes that program of the environment, so that signals reach it directly."""
    sys.stdout.flush()
    path = str(environment.BIN / program)
    os.environ["PATH"] = f"{environment.BIN}:{os.environ.get('PATH', '')}"
    os.execv(path, [path, *arguments])


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    name.removeprefix("command_"): function
    for name, function in list(globals().items())
    if name.startswith("command_")
}


def main(arguments: list[str]) -> None:
    if not arguments or arguments[0] in {"help", "-h", "--help"}:
        say("usage: ./dev COMMAND [arguments]\n")
        for name, function in COMMANDS.items():
            say(f"  {name:<12}{(function.__doc__ or '').strip()}")
        return
    if arguments[0] not in COMMANDS:
        fail(f"unknown command {arguments[0]!r}; try one of {', '.join(COMMANDS)}")
    os.chdir(environment.ROOT)
    COMMANDS[arguments[0]](arguments[1:])
