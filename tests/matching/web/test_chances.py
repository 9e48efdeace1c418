"""Honest chances while choosing, and reasons for each place of a week afterwards."""

from datetime import date, datetime

import pytest

from tests.factories.internships import make_field, make_offer, make_slot
from tests.factories.rounds import (
    make_list,
    make_round_class,
    make_seeded_round,
    make_slots,
    make_week_entry,
    make_week_round,
)
from tests.factories.schools import make_class_teacher, make_pupil
from tests.factories.signed_in import client_of
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.matching.actions import execute, mark_run_published, request_run
from werkpfad.journey.matching.enums import RoundPhase, RunKind
from werkpfad.journey.matching.models import Round

pytestmark = pytest.mark.django_db

DAYS = [date(2027, 3, 22), date(2027, 3, 23)]


def crowded_week(**overrides: object) -> tuple[Round, list[object]]:
    """One seat in one company on the first day, three pupils of one class who want it."""
    round_ = make_week_round(**overrides)
    offer = make_offer(region=round_.programme.region, title="Werkstatt")
    make_slot(offer=offer, programme=round_.programme, first_day=DAYS[0], capacity=1)
    school_class = make_round_class(round_)
    entries = [
        make_week_entry(round_, ["holz"], DAYS, pupil=make_pupil(school_class=school_class))
        for _ in range(3)
    ]
    return round_, entries


def test_the_fields_of_a_week_say_how_many_want_them() -> None:
    make_field(code="pflege", title="Pflege")
    _, entries = crowded_week()
    page = client_of(entries[0].pupil.user).get("/wuensche/woche/").content.decode()
    assert "(3 Wünsche für 1 Platz)" in page
    assert "Pflege (zurzeit kein Platz)" in page


def test_the_page_of_an_offer_in_a_week_speaks_of_its_field() -> None:
    round_, entries = crowded_week()
    offer = round_.programme.slots.get().offer
    page = client_of(entries[0].pupil.user).get(f"/angebote/{offer.public_id}/").content.decode()
    assert "3 Wünsche für 1 Platz an allen Tagen zusammen." in page
    assert "wünscht sich das sonst niemand" not in page


def test_the_search_shows_pupils_how_many_want_a_place() -> None:
    round_ = make_seeded_round()
    (slot,) = make_slots(round_, 2)
    entry = make_list(round_, [slot])
    make_list(round_, [slot])
    seen = client_of(entry.pupil.user).get("/angebote/?q=").content.decode()
    assert "2 Wünsche" in seen
    assert "2 Wünsche" not in client_of(None).get("/angebote/?q=").content.decode()


def test_each_place_of_a_week_has_its_reason(now: datetime) -> None:
    round_, entries = crowded_week(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))
    run = request_run(round_=round_, kind=RunKind.FINAL, by=SYSTEM, at=now)
    execute(run_id=run.public_id, at=now)
    mark_run_published(run=run, by=SYSTEM, at=now)

    pages = [client_of(e.pupil.user).get("/ergebnis/").content.decode() for e in entries]
    told = [page for page in pages if "Warum ist es kein anderer Betrieb geworden?" in page]
    assert len(told) == 2
    assert all("Werkstatt (Mo 22.03.)" in page and "Der Platz war voll" in page for page in told)
    teacher = client_of(make_class_teacher(school_class=entries[0].pupil.school_class).user)
    page = teacher.get("/ergebnis/klassen/").content.decode()
    assert page.count("1. Werkstatt (Mo 22.03.): voll;") == 2
