"""`./dev screenshots`: the ten main pages of the demo county in docs/screenshots, at phone and desktop width.

Beside each other on four contact sheets (light and dark) one sees whether they speak one language. Starts the demo
with a data folder of its own, walks through it as its people would, and photographs what they see.
"""

import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from tools import browser, environment
from tools.console import fail, say, step

FOLDER = environment.ROOT / "docs" / "screenshots"
# Width to the least and the most height, in CSS pixels.
SIZES = {360: (800, 1600), 1280: (800, 1400)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SHEET_WIDTHS = {360: 270, 1280: 420}
COLOURS = 128
PATIENCE = 300.0
CHECK_CODE = re.compile(r"\b([0-9a-z]{4}(?:-[0-9a-z]{4}){2})\b")

Walk = Callable[[Page], None]


@contextmanager
def demo(data: Path, *, port: int) -> Iterator[str]:
    """Runs `./dev demo` and yields its address once it answers; ends it as Ctrl-C would."""
    command = [sys.executable, str(environment.ROOT / "dev"), "demo"]
    command += ["--port", str(port), "--data", str(data)]
    log = (data / "demo.log").open("w+")
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    try:
        _wait(process, address, log=Path(log.name))
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        log.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", address: str, *, log: Path) -> None:
    """Raises SystemExit with what the demo said when it ends or does not answer in time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    fail(f"the demo did not start:\n{log.read_text()}")


# ---- the ten pages -------------------------------------------------------------------------------


def landing(page: Page) -> None:
    page.goto("/")


def search(page: Page) -> None:
    """Offers near Stade, as anybody may look for them."""
    page.goto("/angebote/?ort=Stade&umkreis=10")


def offer(page: Page) -> None:
    search(page)
    page.locator(".wp-results a").first.click()
    page.wait_for_url(re.compile("/angebote/.+/"))


def pupil_start(page: Page) -> None:
    page.goto("/start/")


def wishes(page: Page) -> None:
    page.goto("/wuensche/")


def class_page(page: Page) -> None:
    page.goto("/klassen/")
    page.locator("main a[href^='/klassen/']:not([href$='/neu/'])").first.click()


def overview(page: Page) -> None:
    page.goto("/ueberblick/")


def dry_run(page: Page) -> None:
    """Asks for a dry run of the open round unless there is one already, and waits for its result."""
    page.goto("/runden/")
    page.locator("main a[href^='/runden/']").first.click()
    runs = page.locator("main a[href^='/runden/laeufe/']")
    if not runs.count():
        page.get_by_role("button", name="Probelauf starten").click()
    else:
        runs.first.click()
    until = time.monotonic() + PATIENCE
    while not page.get_by_text("mit Platz").count() and time.monotonic() < until:
        time.sleep(1)
        page.reload()


def requests(page: Page) -> None:
    page.goto("/anfragen/")


def certificate(page: Page) -> None:
    """The public check of a certificate, with the code from the paper of the pupil who holds it."""
    page.goto("/praktikum/")
    paper = page.locator("main a[href$='bescheinigung.pdf']").first.get_attribute("href")
    pdf = PdfReader(BytesIO(page.request.get(str(paper)).body()))
    found = CHECK_CODE.search(" ".join(sheet.extract_text() for sheet in pdf.pages))
    if found is None:
        fail("the certificate shows no code")
    page.goto(f"/pruefen/{found[1]}/")


PAGES: dict[str, tuple[str, Walk]] = {
    "landing": ("", landing),
    "search": ("", search),
    "offer": ("", offer),
    "pupil-start": ("pupil", pupil_start),
    "wishes": ("pupil", wishes),
    "class": ("teacher", class_page),
    "overview": ("coordinator", overview),
    "round-result": ("coordinator", dry_run),
    "requests": ("company", requests),
    "certificate": ("pupil-done", certificate),
}


# ---- photographs ---------------------------------------------------------------------------------


def shoot(chromium: Browser, address: str) -> None:
    for scheme in SCHEMES:
        sheets: dict[int, list[Image.Image]] = {width: [] for width in SIZES}
        for name, (role, walk) in PAGES.items():
            context = chromium.new_context(
                base_url=address,
                locale="de-DE",
                timezone_id="Europe/Berlin",
                is_mobile=True,
                color_scheme=scheme,
            )
            page = context.new_page()
            if role:
                _step_in(page, role)
            for width, heights in SIZES.items():
                page.set_viewport_size({"width": width, "height": heights[0]})
                with step(f"{name}, {width} px, {scheme}"):
                    walk(page)
                    picture = _photograph(page, width, heights)
                sheets[width].append(picture)
                if scheme == "light":
                    _save(picture, f"{name}-{width}")
            context.close()
        for width, pictures in sheets.items():
            _save(_beside(pictures, SHEET_WIDTHS[width]), f"sheet-{width}-{scheme}")


def _step_in(page: Page, role: str) -> None:
    page.goto("/demo/")
    page.locator(f"form:has(input[value='{role}']) button").click()


def _photograph(page: Page, width: int, heights: tuple[int, int]) -> Image.Image:
    """The page from its top; fails when it scrolls sideways."""
    page.evaluate("document.fonts.ready")
    wide, high = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    if wide > width:
        fail(f"{page.url} is {wide} pixels wide in a window of {width}")
    height = min(max(high, heights[0]), heights[1])
    page.set_viewport_size({"width": width, "height": height})
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def _beside(pictures: list[Image.Image], width: int) -> Image.Image:
    """Five in a row, each `width` pixels wide."""
    small = [p.resize((width, round(p.height * width / p.width))) for p in pictures]
    rows = [small[start : start + 5] for start in range(0, len(small), 5)]
    highs = [max(picture.height for picture in row) for row in rows]
    gap = 12
    sheet = Image.new("RGB", (5 * (width + gap) + gap, sum(highs) + gap * (len(rows) + 1)), "#777")
    top = gap
    for row, high in zip(rows, highs, strict=True):
        for column, picture in enumerate(row):
            sheet.paste(picture, (gap + column * (width + gap), top))
        top += high + gap
    return sheet


def _save(picture: Image.Image, name: str) -> None:
    """A PNG of at most 128 colours."""
    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    browser.ensure()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="werkpfad-screenshots-"))
        with step("Demo county"):
            address = stack.enter_context(demo(Path(data), port=free_port()))
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.FLAGS)
        stack.callback(chromium.close)
        shoot(chromium, address)
    size = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    say(f"{len(list(FOLDER.glob('*.png')))} pictures, {size / 1e6:.1f} MB in docs/screenshots")


if __name__ == "__main__":
    main()
