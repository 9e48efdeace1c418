"""Requests per second of three pages beside the same server's empty page, on SQLite and PostgreSQL; and page sizes.

Run with ``./dev bench pages``. `werkpfad serve` runs with two workers and without background work on the demo county;
this process asks it over loopback, eight connections that stay open, 200 requests for each page. Directly before each
page the empty page (/healthz) is asked the same way: the ratio of the two says more than either on a busy machine.
"""

import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import Any, NamedTuple

import brotli

from bench.pages.world import SEARCH
from tools import environment, postgres
from tools.screenshots import free_port

CONNECTIONS = 8
REQUESTS = 200
WARM_UP = 16
EMPTY = "/healthz"
SEEN_AS = {  # pages whose size is measured, and the demo's role that looks at them
    "/": "",
    SEARCH: "",
    "/start/": "pupil",
    "/wuensche/": "pupil",
    "/klassen/": "teacher",
    "/ueberblick/": "coordinator",
    "/anfragen/": "company",
    "/pruefen/": "",
}


class Speed(NamedTuple):
    per_second: float
    p95_ms: float


def main() -> None:
    environment.collect_static(os.environ | {"WERKPFAD_DEMO": "1"})
    _measure("SQLite", {}, sizes=True)
    try:
        with postgres.server() as url:
            _measure("PostgreSQL", {"WERKPFAD_DATABASE_URL": url}, sizes=False)
    except postgres.Unavailable as reason:
        _say(f"PostgreSQL left out: {reason}")


def _measure(name: str, variables: dict[str, str], *, sizes: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="werkpfad-bench-") as data:
        env = os.environ | variables | {"WERKPFAD_DEMO": "1", "WERKPFAD_DATA": data}
        env["WERKPFAD_LOG_LEVEL"] = "ERROR"
        env["DJANGO_SETTINGS_MODULE"] = "werkpfad.config.settings"
        world = _world(env)
        rate = world["rows"] / world["seed_seconds"]
        _say(f"\n{name}: load average {os.getloadavg()[0]:.1f} before")
        _say(f"migrate {world['migrate_seconds']:.1f} s, ", end="")
        _say(f"demo_data {world['rows']} rows in {world['seed_seconds']:.1f} s, {rate:.0f} rows/s")
        for label, cpu in world["cpu_ms"].items():
            _say(
                f"{label:<16}{cpu:>8.1f} ms of processor time, {cpu / world['cpu_ms']['empty']:.0f}x"
            )
        with _serve(env) as address:
            cookie = _step_in(address, "pupil")
            pages = {"search": (SEARCH, ""), "pupil home": ("/start/", cookie)}
            pages["company answer"] = (world["answer"], "")
            _say(f"{'page':<16}{'req/s':>8}{'p95 ms':>9}{'empty/s':>9}{'p95 ms':>9}{'ratio':>8}")
            for label, (path, cookies) in pages.items():
                empty, page = _load(address, EMPTY, ""), _load(address, path, cookies)
                _say(f"{label:<16}{page.per_second:>8.1f}{page.p95_ms:>9.1f}", end="")
                _say(f"{empty.per_second:>9.1f}{empty.p95_ms:>9.1f}", end="")
                _say(f"{empty.per_second / page.per_second:>8.1f}")
            if sizes:
                _sizes(address, SEEN_AS | {world["answer"]: ""})


def _world(env: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.pages.world"]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603 -- our own
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _serve(env: dict[str, str]) -> Iterator[str]:
    port = free_port()
    command = [str(environment.BIN / "werkpfad"), "serve", "--no-worker", "--no-migrate"]
    server = subprocess.Popen([*command, "--workers", "2", "--port", str(port)], env=env)  # noqa: S603
    address = f"127.0.0.1:{port}"
    try:
        _wait(server, address)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def _wait(server: "subprocess.Popen[bytes]", address: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://{address}/readyz", timeout=10).close()
        except urllib.error.HTTPError:
            return  # it answers; that no background worker runs is on purpose
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not start")


# ---- load ----------------------------------------------------------------------------------------


def _load(address: str, path: str, cookie: str) -> Speed:
    """All connections together; the p95 is that of single answers as the asking side sees them."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        ask = [(address, path, cookie)] * CONNECTIONS
        list(pool.map(lambda one: _ask(*one, WARM_UP // CONNECTIONS), ask))
        started = time.perf_counter()
        times = list(pool.map(lambda one: _ask(*one, REQUESTS // CONNECTIONS), ask))
        seconds = time.perf_counter() - started
    answers = [took for connection in times for took in connection]
    return Speed(len(answers) / seconds, statistics.quantiles(answers, n=20)[-1] * 1000)


def _ask(address: str, path: str, cookie: str, times: int) -> list[float]:
    """Seconds of each answer on one open connection; anything but 200 ends the measurement."""
    connection = http.client.HTTPConnection(address, timeout=60)
    took = []
    for _ in range(times):
        started = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        took.append(time.perf_counter() - started)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
    connection.close()
    return took


def _step_in(address: str, role: str) -> str:
    """Signs in as one of the demo's people; returns the cookies of that visit."""
    jar = CookieJar()
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = visitor.open(f"http://{address}/demo/").read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    fields = {"csrfmiddlewaretoken": found[1] if found else "", "role": role}
    visitor.open(f"http://{address}/demo/einsteigen/", urllib.parse.urlencode(fields).encode())
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


# ---- sizes ---------------------------------------------------------------------------------------


def _sizes(address: str, pages: dict[str, str]) -> None:
    """Bytes of the page, plain, as the server sends it with gzip, and as a proxy could with Brotli; styles and scripts."""
    _say(f"\n{'page':<34}{'HTML':>8}{'gzip':>8}{'brotli':>8}{'CSS, JS':>9}")
    for path, role in pages.items():
        cookie = _step_in(address, role) if role else ""
        html = _get(address, path, cookie)
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html.decode()))
        assets = sum(len(_get(address, name, "", "br")) for name in files)
        packed = (len(_get(address, path, cookie, "gzip")), len(brotli.compress(html, quality=5)))
        name = "/antwort/…/" if path.startswith("/antwort/") else path
        _say(f"{name:<34}{len(html):>8}{packed[0]:>8}{packed[1]:>8}{assets:>9}")


def _get(address: str, path: str, cookie: str, encoding: str = "identity") -> bytes:
    headers = {"Cookie": cookie, "Accept-Encoding": encoding}
    request = urllib.request.Request(f"http://{address}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 -- loopback
        body: bytes = answer.read()
    return body


def _say(text: str, *, end: str = "\n") -> None:
    sys.stdout.write(text + end)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
