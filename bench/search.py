"""The offer search at 1,000, 100,000 and (with `--million`) 1,000,000 offers, beside the bare SQL on the same rows.

Run with ``./dev bench search`` or ``python -m bench.search [--million] [--postgres]``. Rows are generated with a
fixed seed around twenty towns, most of them near the biggest, as in life. Each line gives medians in milliseconds:
`page` is the product's search (count as far as the page counts, page of 20, its cards), `sql` the same count and page
by hand-written statements.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from random import Random
from typing import Any, NamedTuple

SIZES = (1_000, 100_000)
MILLION = 1_000_000
BATCH = 20_000
ROUNDS = 15
PER_PAGE = 20
TODAY = date(2026, 11, 20)
WORDS = [
    "Tischlerei",
    "Bäckerei",
    "Werkstatt",
    "Kita",
    "Labor",
    "Praxis",
    "Hotel",
    "Lager",
    "Büro",
    "Gärtnerei",
    "Elektro",
    "Metall",
    "Friseur",
    "Pflege",
    "Verkauf",
    "Programmieren",
    "Schweißen",
    "Kochen",
    "Malen",
    "Nähen",
    "Mauern",
    "Reparieren",
]
FILLER = (
    "Du lernst unseren Betrieb kennen, arbeitest mit und nimmst am Ende etwas Eigenes mit nach Hause. "
    "Wir zeigen dir, wie ein Auftrag entsteht, vom ersten Gespräch bis zur fertigen Arbeit."
)


VISIBLE = (
    "o.status = 'published' "
    "AND EXISTS (SELECT 1 FROM network_organisation c WHERE c.id = o.organisation_id AND c.status = 'active') "
    "AND EXISTS (SELECT 1 FROM internships_slot s JOIN internships_programme p ON p.id = s.programme_id "
    "WHERE s.offer_id = o.id AND p.status = 'open' AND s.last_day >= '2026-11-20')"
)


class Case(NamedTuple):
    """One kind of search, and the two bare statements (count, page) that give the same rows."""

    name: str
    criteria: Any
    sql: tuple[str, str]
    parameters: list[Any]


def main() -> None:
    options = _options()
    if options.postgres:
        from tools import postgres  # noqa: PLC0415 -- only where a server is wanted

        with postgres.server() as url:
            os.environ["WERKPFAD_DATABASE_URL"] = url
            _measure(options)
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WERKPFAD_DATA"] = folder
        _measure(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.search")
    parser.add_argument("--million", action="store_true", help="also at 1,000,000 offers (minutes)")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL for this run")
    return parser.parse_args()


def _measure(options: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkpfad.config.settings")
    os.environ["WERKPFAD_DEBUG"] = "0"  # debugging keeps every statement in memory
    import django  # noqa: PLC0415 -- settings are chosen first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings are chosen first
    from django.db import connection  # noqa: PLC0415 -- settings are chosen first

    call_command("migrate", verbosity=0)
    world, stored = _world(), 0
    _say(f"{connection.vendor}, medians of {ROUNDS} in ms, {os.cpu_count()} cores")
    _say(f"{'offers':>10}  {'search':<22}{'page':>9}{'sql':>9}{'ratio':>8}")
    for size in (*SIZES, MILLION) if options.million else SIZES:
        started = time.perf_counter()
        _fill(world, stored, size)
        seconds = time.perf_counter() - started
        speed = (size - stored) / seconds
        stored = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for case in _cases(connection.vendor):
            page = _median(lambda case=case: _page(case.criteria))  # type: ignore[misc]
            bare = _median(lambda case=case: _bare(case.sql, case.parameters))  # type: ignore[misc]
            _say(f"{size:>10,}  {case.name:<22}{page:>9.1f}{bare:>9.1f}{page / bare:>8.1f}")
        _say(f"{size:>10,}  filled at {speed:,.0f} offers/s")


def _world() -> dict[str, Any]:
    """One region with a programme and two hundred companies."""
    from werkpfad.base.occupations.models import Field  # noqa: PLC0415 -- settings are chosen first
    from werkpfad.journey.internships.models import Programme  # noqa: PLC0415 -- as above
    from werkpfad.region.network.models import Organisation, Region, Site  # noqa: PLC0415 -- as above

    region = Region.objects.create(slug="bench", name="Bench", state="NI")
    programme = Programme.objects.create(
        region=region,
        kind="block",
        status="open",
        title="Praktikum",
        school_year=2026,
        first_day=date(2027, 2, 1),
        last_day=date(2027, 2, 12),
        grades=[9],
        offers_until=date(2027, 1, 8),
    )
    companies = Organisation.objects.bulk_create(
        Organisation(region=region, kind="company", name=f"Betrieb {n}", name_key=f"betrieb{n}")
        for n in range(200)
    )
    sites = Site.objects.bulk_create(
        Site(organisation=c, is_main=True, place_name="Ort", lat=53.5, lon=9.5, located_by="given")
        for c in companies
    )
    return {
        "region": region,
        "programme": programme,
        "companies": companies,
        "sites": sites,
        "fields": list(Field.objects.order_by("pk")),
        "random": Random(20261120),  # noqa: S311 -- a fixed seed, no secret
    }


def _fill(world: dict[str, Any], have: int, want: int) -> None:
    from werkpfad.journey.internships.models import Offer, Slot  # noqa: PLC0415 -- settings first

    for start in range(have, want, BATCH):
        count = min(BATCH, want - start)
        offers = Offer.objects.bulk_create(_offers(world, start, count), batch_size=2000)
        Slot.objects.bulk_create(
            (
                Slot(
                    offer=offer,
                    programme=world["programme"],
                    first_day=world["programme"].first_day,
                    last_day=world["programme"].last_day,
                    capacity=2,
                )
                for offer in offers
            ),
            batch_size=5000,
        )


def _offers(world: dict[str, Any], start: int, count: int) -> Iterator[Any]:
    from werkpfad.base.core.text import search_text  # noqa: PLC0415 -- settings are chosen first
    from werkpfad.journey.internships.models import Offer  # noqa: PLC0415 -- as above

    random: Random = world["random"]
    filler = search_text(FILLER)
    tokens = {word: search_text(word) for word in WORDS}
    towns = [(51.0 + n * 0.17 % 3.5, 7.0 + n * 0.61 % 6.0) for n in range(20)]
    weights = [1 / (n + 1) for n in range(20)]
    for number in range(start, start + count):
        place = number % len(world["sites"])
        lat, lon = random.choices(towns, weights)[0]
        first, second = random.sample(WORDS, 2)
        yield Offer(
            region=world["region"],
            organisation=world["companies"][place],
            site=world["sites"][place],
            status="published",
            title=f"{first} und {second} {number}",
            description=FILLER,
            main_field=random.choice(world["fields"]),
            contact_name="Kim Beispiel",
            published_at=datetime.fromtimestamp(1_790_000_000 + number, UTC),
            lat=random.gauss(lat, 0.15),
            lon=random.gauss(lon, 0.2),
            search_text=f"{tokens[first]} {tokens[second]} {number} {filler}",
        )


def _cases(vendor: str) -> list[Case]:
    """Newest first; by name; one word; two words with a prefix; near a town; near with a word."""
    from werkpfad.base.core.text import fts5_query, tsquery  # noqa: PLC0415 -- as below
    from werkpfad.journey.internships.queries import COUNTED  # noqa: PLC0415 -- as below
    from werkpfad.journey.internships.rules import (  # noqa: PLC0415 -- settings are chosen first
        SearchCriteria,
        Sort,
    )

    near = {"lat": 51.34, "lon": 8.22, "radius_km": 15, "sort": Sort.NEAREST}
    box = "o.lat BETWEEN 51.2051 AND 51.4749 AND o.lon BETWEEN 8.0035 AND 8.4365"
    distance = "((o.lat-51.34)*(o.lat-51.34) + (o.lon-8.22)*(o.lon-8.22)*0.3903) * 12364.4 <= 225 "
    order = "ORDER BY (o.lat-51.34)*(o.lat-51.34) + (o.lon-8.22)*(o.lon-8.22)*0.3903"
    newest = "ORDER BY o.published_at DESC"
    match = (
        "o.search_vector @@ to_tsquery('simple', %s)"
        if vendor == "postgresql"
        else "o.id IN (SELECT rowid FROM internships_offer_fts WHERE internships_offer_fts MATCH %s)"
    )
    query = tsquery if vendor == "postgresql" else fts5_query

    def sql(where: str, order_by: str) -> tuple[str, str]:
        rows = f"FROM internships_offer o WHERE {VISIBLE} AND {where}"
        return (
            f"SELECT count(*) FROM (SELECT o.id {rows} LIMIT {COUNTED + 1}) found",  # noqa: S608 -- fixed text
            f"SELECT o.id, o.title {rows} {order_by} LIMIT {PER_PAGE}",
        )

    return [
        Case("newest", SearchCriteria(), sql("1 = 1", newest), []),
        Case("by name", SearchCriteria(sort=Sort.TITLE), sql("1 = 1", "ORDER BY o.title"), []),
        Case("one word", SearchCriteria(words="Bäckerin"), sql(match, newest), [query("Bäckerin")]),
        Case(
            "two words, prefix",
            SearchCriteria(words="Kita Gärt"),
            sql(match, newest),
            [query("Kita Gärt")],
        ),
        Case("within 15 km", SearchCriteria(**near), sql(f"{box} AND {distance}", order), []),
        Case(
            "15 km and a word",
            SearchCriteria(**near, words="Bäckerei"),
            sql(f"{box} AND {distance} AND {match}", order),
            [query("Bäckerei")],
        ),
    ]


def _page(criteria: Any) -> None:
    from werkpfad.base.core.ui.pagination import (  # noqa: PLC0415 -- settings are chosen first
        BoundedPaginator,
    )
    from werkpfad.journey.internships.queries import (  # noqa: PLC0415 -- settings are chosen first
        COUNTED,
        offer_cards,
        search_offers,
    )

    found = search_offers(criteria, today=TODAY).values_list("pk", flat=True)
    offer_cards(BoundedPaginator(found, PER_PAGE, COUNTED).get_page(1), today=TODAY)


def _bare(sql: tuple[str, str], parameters: list[Any]) -> None:
    from django.db import connection  # noqa: PLC0415 -- settings are chosen first

    with connection.cursor() as cursor:
        for statement in sql:
            cursor.execute(statement, parameters)
            cursor.fetchall()


def _median(work: Callable[[], None]) -> float:
    """Milliseconds; the first run warms the caches and does not count."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
