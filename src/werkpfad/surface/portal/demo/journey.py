"""The demo's programmes: a block whose wishes are being collected, and a week that is over."""

import hashlib
from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

from werkpfad.base.core.geo import Point, distance_km
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Programme, ProgrammeDay, Slot
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Entry, Round, Wish
from werkpfad.region.network.models import Region
from werkpfad.region.schools.models import Pupil, School
from werkpfad.surface.portal.demo.dates import DemoDates
from werkpfad.surface.portal.demo.pupils import DemoPupils

MAX_WISHES = 8


def make_block(region: Region, schools: list[School], dates: DemoDates) -> Round:
    """The running Schülerbetriebspraktikum of grade 9 with its round."""
    block = Programme.objects.create(
        region=region,
        kind=ProgrammeKind.BLOCK,
        status=ProgrammeStatus.OPEN,
        title="Schülerbetriebspraktikum Klasse 9",
        description="Zwei Wochen in einem Betrieb: mitarbeiten, fragen, ausprobieren.",
        school_year=dates.school_year,
        first_day=dates.block_first,
        last_day=dates.block_last,
        grades=[9],
        min_age=13,
        max_distance_km=25,
        offers_until=dates.wishes_until,
        accepts_direct=True,
    )
    block.schools.set(schools)
    seed = hashlib.sha256(b"demo").hexdigest()
    return Round.objects.create(
        programme=block,
        phase=RoundPhase.WISHES,
        wishes_from=dates.wishes_from,
        wishes_until=dates.wishes_until,
        publish_on=dates.publish_on,
        confirm_until=dates.confirm_until,
        leftovers_until=dates.leftovers_until,
        fills_nightly=True,
        min_wishes=3,
        max_wishes=MAX_WISHES,
        seed=seed,
        seed_commitment=hashlib.sha256(seed.encode()).hexdigest(),
    )


def make_week(region: Region, schools: list[School], dates: DemoDates) -> Programme:
    """The finished Praktikumswoche of grade 10."""
    week = Programme.objects.create(
        region=region,
        kind=ProgrammeKind.WEEK,
        status=ProgrammeStatus.OPEN,
        title="Praktikumswoche Klasse 10",
        description="Jeden Tag ein anderer Betrieb.",
        school_year=dates.school_year,
        first_day=dates.week_days[0],
        last_day=dates.week_days[-1],
        grades=[10],
        min_age=14,
        max_distance_km=25,
        max_days=min(3, len(dates.week_days)),
        offers_until=dates.week_days[0] - timedelta(days=14),
    )
    week.schools.set(schools)
    ProgrammeDay.objects.bulk_create(
        ProgrammeDay(programme=week, day=day) for day in dates.week_days
    )
    return week


def make_wishes(
    round_: Round, slots: list[Slot], profiled: DemoPupils, random: Random, *, at: datetime
) -> None:
    """Three in four pupils of grade 9 have ranked places near them; a few began and have too few."""
    by_field: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.offer.status == OfferStatus.PUBLISHED:
            by_field[slot.offer.main_field_id].append(slot)
    everything = [slot for row in by_field.values() for slot in row]
    entries, wishes = [], []
    for pupil in profiled.pupils:
        if pupil.school_class.grade != 9 or random.random() > 0.75:
            continue
        near = _nearest(pupil, profiled, by_field, everything, round_)
        wanted = random.choice((1, 2, 3, 4, 5, 6, MAX_WISHES))
        entry = Entry(
            round=round_,
            pupil=pupil,
            submitted_at=at - timedelta(hours=random.randint(1, 200)) if wanted >= 3 else None,
        )
        entries.append(entry)
        wishes += [
            Wish(entry=entry, slot=slot, rank=rank)
            for rank, slot in enumerate(near[:wanted], start=1)
        ]
    Entry.objects.bulk_create(entries)
    Wish.objects.bulk_create(wishes)


def _nearest(
    pupil: Pupil,
    profiled: DemoPupils,
    by_field: dict[int, list[Slot]],
    everything: list[Slot],
    round_: Round,
) -> list[Slot]:
    """Places of the pupil's fields by distance, then any near one; old enough on the first day."""
    home = Point(pupil.home_lat or 0, pupil.home_lon or 0)
    first_day = round_.programme.first_day
    birthday = pupil.birth_date

    def old_enough(slot: Slot) -> bool:
        turns = birthday.replace(year=birthday.year + slot.offer.min_age, day=min(birthday.day, 28))
        return turns <= first_day

    def distance(slot: Slot) -> float:
        return distance_km(home, Point(slot.offer.lat or 0, slot.offer.lon or 0))

    wished = [
        slot
        for field in profiled.interests.get(pupil.pk, [])
        for slot in sorted(by_field[field.pk], key=distance)[:4]
    ]
    rest = sorted(everything, key=distance)[:8]
    chosen: list[Slot] = []
    companies: set[int] = set()
    for slot in wished + rest:
        if slot.offer.organisation_id in companies or not old_enough(slot) or distance(slot) > 25:
            continue
        companies.add(slot.offer.organisation_id)
        chosen.append(slot)
    return chosen
