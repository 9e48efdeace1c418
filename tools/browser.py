"""The Chromium that browser tests and screenshots drive."""

import os
import shutil

from tools.console import fail, say, step
from tools.environment import run

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """The path of an installed Chromium or Chrome."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> None:
    """Installs the distribution's Chromium where that is possible, and otherwise says what to do."""
    if find():
        return
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or not apt:
        fail("browser tests need Chromium; install the package `chromium`, or use --no-browser")
    say("No Chromium found: installing the package `chromium` for the browser tests.")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    with step("apt-get update"):
        run([apt, "update"], env=quiet)
    with step("apt-get install chromium"):
        run([apt, "install", "-y", "--no-install-recommends", "chromium"], env=quiet)
    if not find():
        fail("the package `chromium` was installed, but no program of that name is in the PATH")
