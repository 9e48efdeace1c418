"""How long the sign-in page takes to refuse: addresses that have an account beside those that have none.

Run with ``./dev bench doors``. The product's own password hashing (Argon2), in process, each request by a new visitor
and for another address, so that no limit answers instead. Medians and quartiles in milliseconds.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

ROUNDS = 40


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"WERKPFAD_DATA": folder, "WERKPFAD_DEBUG": "0"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "werkpfad.config.settings"
        _measure()


def _measure() -> None:
    import django  # noqa: PLC0415 -- settings are chosen first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings are chosen first

    from werkpfad.base.accounts.models import User  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    for number in range(ROUNDS + 1):
        for name, password in (("mit", "ein-langes-passwort"), ("ohne", None)):
            user = User(email=f"{name}{number}@example.org")
            user.set_password(password)
            user.save()
    cases: dict[str, Callable[[int], dict[str, str]]] = {
        "password, no such account": lambda n: _password(f"nie{n}@example.org"),
        "password, wrong": lambda n: _password(f"mit{n}@example.org"),
        "password, account without": lambda n: _password(f"ohne{n}@example.org"),
        "link, no such account": lambda n: {"door": "link", "email": f"nie{n}@example.org"},
        "link, account": lambda n: {"door": "link", "email": f"mit{n}@example.org"},
    }
    taken: dict[str, list[float]] = {name: [] for name in cases}
    names = list(cases)
    for number in range(
        ROUNDS + 1
    ):  # in turns that begin elsewhere each time, so that all cases see the same machine
        for name in names[number % len(names) :] + names[: number % len(names)]:
            taken[name].append(_refused(cases[name](number)))
    sys.stdout.write(f"load average {os.getloadavg()[0]:.1f}, medians of {ROUNDS} in ms\n")
    for name, milliseconds in taken.items():
        low, middle, high = statistics.quantiles(milliseconds[1:], n=4)
        sys.stdout.write(f"{name:<28}{middle:>8.1f}   ({low:.1f} to {high:.1f})\n")


def _password(email: str) -> dict[str, str]:
    return {"door": "password", "email": email, "password": "falsch-falsch"}


def _refused(typed: dict[str, str]) -> float:
    from django.test import Client  # noqa: PLC0415 -- settings are chosen first

    visitor = Client(headers={"host": "localhost"})
    started = time.perf_counter()
    visitor.post("/anmelden/", typed)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
