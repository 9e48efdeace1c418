"""Small worlds for rounds: a school, pupils with wishes, slots with seats."""

from datetime import date
from typing import Any

from tests.factories.internships import make_field, make_offer, make_slot, make_week
from tests.factories.journey import make_entry, make_round, make_wish
from tests.factories.schools import make_class, make_pupil, make_school
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.actions.rounds import create_round
from werkpfad.journey.matching.enums import Equity
from werkpfad.journey.matching.models import Entry, FieldWish, Round
from werkpfad.journey.matching.rules import RoundPlan, commitment
from werkpfad.region.schools.models import SchoolClass

SEED = "5eed" * 16


def make_seeded_round(**overrides: Any) -> Round:
    """A round with a known seed whose wishes are open on 20 November 2026."""
    return make_round(**{"seed": SEED, "seed_commitment": commitment(SEED)} | overrides)


def make_plan(**overrides: Any) -> RoundPlan:
    values: dict[str, Any] = {
        "wishes_from": date(2026, 11, 23),
        "wishes_until": date(2026, 12, 11),
        "publish_on": date(2026, 12, 15),
        "confirm_until": date(2027, 1, 15),
        "min_wishes": 3,
        "max_wishes": 10,
        "equity": Equity.NONE,
    }
    return RoundPlan(**values | overrides)


def make_slots(round_: Round, *capacities: int) -> list[Slot]:
    """One slot of its own company for each capacity, all in the field Holz in Stade."""
    region = round_.programme.region
    return [
        make_slot(programme=round_.programme, offer=make_offer(region=region), capacity=seats)
        for seats in capacities
    ]


def make_list(round_: Round, slots: list[Slot], **overrides: Any) -> Entry:
    """A new pupil of a class in the round's region with these wishes in order."""
    if "pupil" not in overrides:
        school_class = overrides.pop("school_class", None) or make_round_class(round_)
        overrides["pupil"] = make_pupil(school_class=school_class)
    entry = make_entry(round=round_, **{"takes_other": False} | overrides)
    for rank, slot in enumerate(slots, start=1):
        make_wish(entry=entry, slot=slot, rank=rank)
    return entry


def make_round_class(round_: Round, **overrides: Any) -> SchoolClass:
    return make_class(school=make_school(region=round_.programme.region, **overrides))


def make_week_round(**overrides: Any) -> Round:
    programme = overrides.pop("programme", None) or make_week()
    return make_seeded_round(programme=programme, **overrides)


def make_week_entry(round_: Round, fields: list[str], days: list[date], **overrides: Any) -> Entry:
    """A new pupil with ranked fields (by code) and days that suit."""
    if "pupil" not in overrides:
        overrides["pupil"] = make_pupil(school_class=make_round_class(round_))
    values = {"days": [day.isoformat() for day in days], "wanted_days": len(days)} | overrides
    entry = make_entry(round=round_, **values)
    for rank, code in enumerate(fields, start=1):
        FieldWish.objects.create(entry=entry, field=make_field(code=code), rank=rank)
    return entry


def draw_round(**overrides: Any) -> Round:
    """A round through its own action, with a seed nobody knows."""
    at = overrides.pop("at")
    return create_round(plan=make_plan(), by=SYSTEM, at=at, **overrides)
