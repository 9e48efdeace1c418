"""The network map at 10,000 entries: bytes and server time of the page, its fragment and its files, and each filter.

Run with ``python -m bench.atlas``. Entries are generated with a fixed seed around twenty towns. Times are medians in
milliseconds; `sql` is the bare statement that finds the same members, `ratio` how many times dearer the whole answer is
(list, cards, clusters and the drawing included). Bytes are those of the answer and of the same compressed by gzip.
"""

import gzip
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

ENTRIES = 10_000
ROUNDS = 5
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
PUBLIC = (
    "FROM atlas_memberentry e JOIN network_organisation o ON o.id = e.organisation_id "
    "WHERE e.status = 'public' AND o.status = 'active'"
)
ITEM = "AND e.id IN (SELECT i.entry_id FROM atlas_entryitem i WHERE "
NEAR = (
    "AND e.organisation_id IN (SELECT s.organisation_id FROM network_site s WHERE s.lat BETWEEN 51.1 AND 51.55 "
    "AND s.lon BETWEEN 7.9 AND 8.6)"
)
CASES = (
    ("everything", "", ""),
    ("zoomed in", "?mitte=51.34,8.22&zoom=5", ""),
    ("kind", "?art=school", "AND o.kind = 'school'"),
    (
        "need of a kind",
        "?richtung=need&was=visit",
        ITEM + "i.direction = 'need' AND i.kind = 'visit')",
    ),
    ("field", "?feld=metall", ITEM + "i.fields LIKE '%\"metall\"%')"),
    (
        "word",
        "?q=werkstatt",
        "AND e.id IN (SELECT rowid FROM atlas_memberentry_fts WHERE atlas_memberentry_fts MATCH 'werkstatt')",
    ),
    ("around a place", "?ort=59909", NEAR),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WERKPFAD_DATA"] = folder
        os.environ["WERKPFAD_DEBUG"] = "0"  # debugging keeps every statement in memory
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkpfad.config.settings")
        import django  # noqa: PLC0415 -- settings are chosen first

        django.setup()
        from django.conf import settings  # noqa: PLC0415 -- settings are chosen first
        from django.core.management import call_command  # noqa: PLC0415 -- settings are chosen first

        settings.STORAGES["staticfiles"]["BACKEND"] = (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
        call_command("migrate", verbosity=0)
        _fill(Random(20261121))  # noqa: S311 -- invented rows, nothing secret
        _measure()


def _measure() -> None:
    from django.test import Client  # noqa: PLC0415 -- settings are chosen first

    client = Client()
    _say(f"sqlite, {ENTRIES:,} entries, medians of {ROUNDS} in ms, {os.cpu_count()} cores")
    _say(f"{'page':<18}{'ms':>8}{'sql':>8}{'ratio':>8}{'map ms':>9}{'bytes':>10}{'gzip':>9}")
    for name, query, condition in CASES:
        path = f"/netzwerk/{query}"
        body = client.get(path, HTTP_HOST="localhost").content
        page = _median(lambda path=path: client.get(path, HTTP_HOST="localhost"))  # type: ignore[misc]
        part = _median(
            lambda path=path: client.get(  # type: ignore[misc]
                path, HTTP_HOST="localhost", headers={"HX-Request": "true", "HX-Target": "map"}
            )
        )
        bare = _median(lambda condition=condition: _bare(condition))  # type: ignore[misc]
        _say(
            f"{name:<18}{page:>8.0f}{bare:>8.1f}{page / bare:>8.1f}{part:>9.0f}"
            f"{len(body):>10,}{len(gzip.compress(body)):>9,}"
        )
    for path in ("/netzwerk/eintraege.geojson", "/netzwerk/eintraege.csv"):
        started = time.perf_counter()
        body = client.get(path, HTTP_HOST="localhost").content
        seconds = time.perf_counter() - started
        _say(
            f"{path:<34}{seconds * 1000:>8.0f} ms {len(body):>12,} {len(gzip.compress(body)):>10,}"
        )


def _bare(condition: str) -> None:
    from django.db import connection  # noqa: PLC0415 -- settings are chosen first

    with connection.cursor() as cursor:
        sql = f"{PUBLIC} {condition}".replace("%", "%%")
        cursor.execute(f"SELECT count(*) {sql}", [])
        cursor.fetchall()
        cursor.execute(
            f"SELECT s.lat, s.lon, o.name FROM network_site s JOIN network_organisation o "  # noqa: S608 -- fixed text
            f"ON o.id = s.organisation_id WHERE o.id IN (SELECT e.organisation_id {sql})",
            [],
        )
        cursor.fetchall()


def _fill(random: Random) -> None:
    from werkpfad.base.core.text import search_text  # noqa: PLC0415 -- settings are chosen first
    from werkpfad.region.atlas.actions import items_for  # noqa: PLC0415 -- as above
    from werkpfad.region.atlas.enums import Direction, ItemKind  # noqa: PLC0415 -- as above
    from werkpfad.region.atlas.models import EntryItem, MemberEntry  # noqa: PLC0415 -- as above
    from werkpfad.region.atlas.rules import Content, Item, as_data  # noqa: PLC0415 -- as above
    from werkpfad.region.network.models import Organisation, Place, Region, Site  # noqa: PLC0415 -- as above

    region = Region.objects.create(slug="bench", name="Bench", state="NW")
    Place.objects.create(
        postal_code="59909", name="Bestwig", name_key="bestwig", lat=51.34, lon=8.22
    )
    towns = [(random.uniform(50.4, 52.4), random.uniform(6.2, 9.4)) for _ in range(20)]
    towns[0] = (51.34, 8.22)
    kinds = ["company"] * 8 + ["school", "youth_place"]
    organisations = Organisation.objects.bulk_create(
        Organisation(
            region=region,
            kind=random.choice(kinds),
            name=f"Mitglied {n}",
            name_key=f"mitglied{n:05d}",
        )
        for n in range(ENTRIES)
    )
    sites, entries, items = [], [], []
    for organisation in organisations:
        lat, lon = random.choice(towns)
        sites.append(
            Site(
                organisation=organisation,
                is_main=True,
                place_name="Ort",
                lat=lat + random.gauss(0, 0.08),
                lon=lon + random.gauss(0, 0.12),
                located_by="given",
            )
        )
        content = Content(
            intro="Wir stellen uns vor: ein Betrieb, in dem man vieles ausprobieren kann.",
            items=tuple(
                Item(
                    key=f"i{number}",
                    direction=random.choice(list(Direction)),
                    kind=random.choice(list(ItemKind)),
                    text=random.choice(["In der Werkstatt", "Im Labor", "Im Lager"])
                    + " dabei sein, Fragen stellen, mitmachen.",
                    fields=(random.choice(["metall", "holz", "it", "pflege"]),),
                )
                for number in range(4)
            ),
        )
        entry = MemberEntry(
            region=region,
            organisation=organisation,
            status="public",
            latest=1,
            published=1,
            published_at=AT,
            confirmed_at=AT,
            content=as_data(content),
            search_text=search_text(
                organisation.name, content.intro, *(i.text for i in content.items)
            ),
        )
        entries.append(entry)
        items.append(content)
    Site.objects.bulk_create(sites, batch_size=1000)
    MemberEntry.objects.bulk_create(entries, batch_size=1000)
    EntryItem.objects.bulk_create(
        (
            row
            for entry, content in zip(entries, items, strict=True)
            for row in items_for(entry, content)
        ),
        batch_size=1000,
    )


def _median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
