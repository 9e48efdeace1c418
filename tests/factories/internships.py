"""Factories for fields, programmes, offers and slots."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from tests.factories.network import make_organisation, make_region, make_site
from werkpfad.base.core.text import search_text
from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Offer, Programme, ProgrammeDay, Slot

_number = count(1)


def make_field(**overrides: Any) -> Field:
    code = overrides.get("code", "holz")
    existing = Field.objects.filter(code=code).first()
    if existing is not None:
        return existing
    values: dict[str, Any] = {
        "code": code,
        "title": "Holz",
        "sentence": "Möbel und Häuser aus Holz.",
    }
    return Field.objects.create(**values | overrides)


def make_programme(**overrides: Any) -> Programme:
    """An open block programme in February 2027 for grades 9 and 10; `schools=` adds schools."""
    schools = overrides.pop("schools", ())
    values: dict[str, Any] = {
        "kind": ProgrammeKind.BLOCK,
        "status": ProgrammeStatus.OPEN,
        "title": f"Schülerbetriebspraktikum {next(_number)}",
        "school_year": 2026,
        "first_day": date(2027, 2, 8),
        "last_day": date(2027, 2, 19),
        "grades": [9, 10],
        "offers_until": date(2027, 1, 8),
        "accepts_direct": True,
    }
    values |= overrides
    if "region" not in values:
        values["region"] = schools[0].organisation.region if schools else make_region()
    programme = Programme.objects.create(**values)
    programme.schools.set(schools)
    return programme


def make_week(days: list[date] | None = None, **overrides: Any) -> Programme:
    """A Praktikumswoche with its days."""
    days = days or [date(2027, 3, 22), date(2027, 3, 23), date(2027, 3, 24)]
    values: dict[str, Any] = {
        "kind": ProgrammeKind.WEEK,
        "title": f"Praktikumswoche {next(_number)}",
        "first_day": days[0],
        "last_day": days[-1],
        "max_days": len(days),
    }
    programme = make_programme(**values | overrides)
    ProgrammeDay.objects.bulk_create(ProgrammeDay(programme=programme, day=day) for day in days)
    return programme


def make_offer(**overrides: Any) -> Offer:
    """A published offer of a new company in Stade unless `organisation=` or `region=` are given."""
    region = overrides.pop("region", None)
    values: dict[str, Any] = {
        "status": OfferStatus.PUBLISHED,
        "title": f"Praktikum in der Tischlerei {next(_number)}",
        "description": "Du baust ein kleines Regal und nimmst es mit nach Hause.",
        "contact_name": "Kim Beispiel",
        "contact_email": "tischlerei@example.org",
        "published_at": datetime(2026, 11, 1, 8, tzinfo=UTC),
    }
    values |= overrides
    if "organisation" not in values:
        values["organisation"] = make_organisation(**({"region": region} if region else {}))
    if "site" not in values:
        main = values["organisation"].sites.filter(is_main=True).first()
        values["site"] = main or make_site(organisation=values["organisation"])
    if "main_field" not in values:
        values["main_field"] = make_field()
    values.setdefault("region", values["organisation"].region)
    values.setdefault("lat", values["site"].lat)
    values.setdefault("lon", values["site"].lon)
    values.setdefault("search_text", search_text(values["title"], values["description"]))
    offer = Offer.objects.create(**values)
    offer.fields.set([values["main_field"]])
    return offer


def make_slot(**overrides: Any) -> Slot:
    values: dict[str, Any] = {"capacity": 1} | overrides
    if "programme" not in values:
        region = values["offer"].region if "offer" in values else make_region()
        values["programme"] = make_programme(region=region)
    if "offer" not in values:
        values["offer"] = make_offer(region=values["programme"].region)
    values.setdefault("first_day", values["programme"].first_day)
    is_week = values["programme"].kind == ProgrammeKind.WEEK
    values.setdefault("last_day", values["first_day"] if is_week else values["programme"].last_day)
    return Slot.objects.create(**values)
