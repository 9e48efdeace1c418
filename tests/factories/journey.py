"""Factories for applications, rounds and placements."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.factories.internships import make_programme, make_slot
from tests.factories.schools import make_pupil
from werkpfad.journey.applications.models import Application
from werkpfad.journey.matching.models import Entry, Round, Ruling, Run, Wish
from werkpfad.journey.placements.enums import Side, Source
from werkpfad.journey.placements.models import Consent, Placement

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def make_application(**overrides: Any) -> Application:
    values: dict[str, Any] = {
        "submitted_at": NOW,
        "decide_by": NOW + timedelta(days=7),
    } | overrides
    if "pupil" not in values:
        values["pupil"] = make_pupil()
    if "slot" not in values:
        values["slot"] = make_slot()
    values.setdefault("submitted_by_id", values["pupil"].user_id or 0)
    return Application.objects.create(**values)


def make_round(**overrides: Any) -> Round:
    values: dict[str, Any] = {
        "wishes_from": date(2026, 11, 10),
        "wishes_until": date(2026, 12, 11),
        "publish_on": date(2026, 12, 15),
        "confirm_until": date(2027, 1, 15),
        "min_wishes": 1,
    } | overrides
    if "programme" not in values:
        values["programme"] = make_programme()
    return Round.objects.create(**values)


def make_entry(**overrides: Any) -> Entry:
    values: dict[str, Any] = {"submitted_at": NOW} | overrides
    if "round" not in values:
        values["round"] = make_round()
    if "pupil" not in values:
        values["pupil"] = make_pupil()
    return Entry.objects.create(**values)


def make_wish(**overrides: Any) -> Wish:
    values: dict[str, Any] = {"rank": 1} | overrides
    if "entry" not in values:
        values["entry"] = make_entry()
    if "slot" not in values:
        values["slot"] = make_slot(programme=values["entry"].round.programme)
    return Wish.objects.create(**values)


def make_ruling(**overrides: Any) -> Ruling:
    """A pin in force; `kind="ban"` bars the offer instead."""
    values: dict[str, Any] = {
        "kind": "pin",
        "reason": "Der Weg ist mit dem Rollstuhl möglich.",
        "decided_by_id": 0,
        "decided_at": NOW,
    } | overrides
    if "entry" not in values:
        values["entry"] = make_entry()
    if "slot" not in values:
        values["slot"] = make_slot(programme=values["entry"].round.programme)
    return Ruling.objects.create(**values)


def make_run(**overrides: Any) -> Run:
    values: dict[str, Any] = {"kind": "dry", "seed": "0" * 64} | overrides
    if "round" not in values:
        values["round"] = make_round()
    return Run.objects.create(**values)


def make_placement(**overrides: Any) -> Placement:
    """A proposed block placement with three open consents."""
    values: dict[str, Any] = {
        "source": Source.MANUAL,
        "proposed_at": NOW,
        "answer_by": NOW + timedelta(days=7),
    } | overrides
    if "slot" not in values:
        values["slot"] = make_slot()
    if "pupil" not in values:
        values["pupil"] = make_pupil()
    values.setdefault("exclusive_key", f"{values['pupil'].pk}:{values['slot'].programme_id}")
    placement = Placement.objects.create(**values)
    Consent.objects.bulk_create(
        Consent(placement=placement, side=side, due_at=values["answer_by"]) for side in Side
    )
    return placement
