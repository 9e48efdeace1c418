"""Builds the demo county in one transaction: the same rows for the same day, whoever runs it."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random

from django.db import transaction

from werkpfad.region.network.models import Region
from werkpfad.surface.portal.demo import (
    companies,
    cooperations,
    journey,
    members,
    networks,
    pupils,
    region,
    under_way,
)
from werkpfad.surface.portal.demo.dates import demo_dates
from werkpfad.surface.portal.demo.finished_week import make_finished_week
from werkpfad.surface.portal.demo.names import Namer

SEED = 20261121

Report = Callable[[str], None]


def is_seeded() -> bool:
    return Region.objects.filter(slug=region.REGION_SLUG).exists()


@transaction.atomic
def seed_demo(*, today: date, at: datetime, report: Report) -> Region:
    """Schools, companies, pupils, a running round and a finished week; `report` gets a line per step."""
    random = Random(SEED)
    namer = Namer(random)
    dates = demo_dates(today)
    report("Orte, Servicestelle und Schulen")
    places = region.load_places()
    county = region.make_region()
    region.make_offices(county, places)
    schools = region.make_schools(county, places, random, namer)
    report("180 Betriebe mit 260 Angeboten")
    firms = companies.make_companies(county, places, random, namer)
    offers = companies.make_offers(firms, random, at=at)
    report("1.200 Schüler:innen mit Profilen")
    classes = pupils.make_classes(schools, dates.school_year, namer)
    everybody = pupils.make_pupils(classes, places, random, namer, at=at)
    profiled = pupils.make_profiles(everybody, random, at=at)
    report("Eine laufende Runde und eine abgeschlossene Woche")
    round_ = journey.make_block(county, schools, dates)
    week = journey.make_week(county, schools, dates)
    in_block, in_week = companies.make_slots(offers, round_.programme, week, random)
    journey.make_wishes(round_, in_block, profiled, random, at=at)
    make_finished_week(week, in_week, profiled, random)
    report("Anfragen, Zusagen und Praktika von heute")
    under_way.make_requests(round_.programme, random, at=at)
    tenth = [
        p for p in everybody if p.school_class.school == schools[-1] and p.school_class.grade == 10
    ]
    under_way.make_running_block(schools[-1], offers, tenth, today=today, at=at)
    under_way.attest(week, at=at)
    report("Netzwerke und Treffen")
    networks.make_networks(county, today=today, at=at)
    report("Die Netzwerkkarte mit Angeboten und Bedarf")
    members.make_entries(county, firms, schools, random, at=at)
    cooperations.make_cooperations(county, firms, schools, random, today=today)
    return county
