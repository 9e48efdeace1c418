"""Certificates per second: one file for each, and a whole class in one file.

Run with ``python -m bench.documents``. Prints one line of JSON; the first document is counted apart, because it
loads the fonts.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from werkpfad.base.core.pdf import Letterhead, Renderer
from werkpfad.journey.placements.documents import CertificateDocument, Verification, certificates

FONTS = Path(__file__).resolve().parents[1] / "build" / "fonts"
ROUNDS = 200
CLASS_SIZE = 25


def main() -> None:
    documents = [_certificate(number) for number in range(ROUNDS)]
    renderer = Renderer(FONTS)
    first = _seconds(lambda: certificates(documents[:1], renderer=renderer))
    single = _seconds(
        lambda: [certificates([document], renderer=renderer) for document in documents]
    )
    classes = [documents[start : start + CLASS_SIZE] for start in range(0, ROUNDS, CLASS_SIZE)]
    together = _seconds(lambda: [certificates(group, renderer=renderer) for group in classes])
    size = len(certificates(documents[:1], renderer=renderer))
    sys.stdout.write(json.dumps(_result(size, first, single, together)) + "\n")


def _certificate(number: int) -> CertificateDocument:
    code = f"WP-{number:04d}-22KX"
    page = "https://praktikum.example.org/pruefen"
    return CertificateDocument(
        letterhead=Letterhead(region="Landkreis Stade", contact="Servicestelle Schule–Wirtschaft"),
        programme="Schülerbetriebspraktikum 2027",
        pupil=f"Jörg Großmann {number}",
        school="Oberschule Jork",
        company="Tischlerei Hansen & Söhne GmbH",
        company_place="Stade",
        first_day=date(2027, 3, 1),
        last_day=date(2027, 3, 12),
        days_present=9,
        days_planned=10,
        field="Handwerk, Holz und Bau",
        tasks=("Holz gemessen", "Beim Einbau von Fenstern geholfen", "Ein Regal gebaut"),
        verification=Verification(code=code, page=page, link=f"{page}/{code}"),
        dated=date(2027, 3, 12),
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _result(size: int, first: float, single: float, together: float) -> dict[str, float]:
    return {
        "first_ms": round(first * 1000, 1),
        "certificates_per_second": round(ROUNDS / single, 1),
        "certificates_per_second_by_class": round(ROUNDS / together, 1),
        "bytes": size,
    }


if __name__ == "__main__":
    main()
