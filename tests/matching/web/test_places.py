"""The result by place: map and list say the same, small counts are hidden in both."""

import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.rounds import make_list, make_round_class, make_seeded_round, make_slots
from tests.factories.signed_in import coordinator_of
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.matching.actions import execute, request_run
from werkpfad.journey.matching.enums import RoundPhase, RunKind
from werkpfad.journey.matching.models import Round, Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make_seeded_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))


@pytest.fixture
def visitor(round_: Round) -> Client:
    return coordinator_of(round_.programme.region)


def finished(round_: Round, now: datetime) -> Run:
    run = request_run(round_=round_, kind=RunKind.DRY, by=SYSTEM, at=now)
    execute(run_id=run.public_id, at=now)
    run.refresh_from_db()
    return run


def towns_with_places(round_: Round, now: datetime) -> Run:
    """Stade: 8 of 9 seats given; Buxtehude: 2 of 3; Jork: none of 4; Horneburg: 6 of 6."""
    slots = make_slots(round_, 9, 3, 4, 6)
    school_class = make_round_class(round_)
    names = ("Stade", "Buxtehude", "Jork", "Horneburg")
    for slot, name, count in zip(slots, names, (8, 2, 0, 6), strict=True):
        slot.offer.site.place_name = name
        slot.offer.site.save()
        for _ in range(count):
            make_list(round_, [slot], school_class=school_class)
    return finished(round_, now)


def test_the_list_beside_the_map_hides_small_counts(
    visitor: Client, round_: Round, now: datetime
) -> None:
    run = towns_with_places(round_, now)
    text = visitor.get(f"/runden/laeufe/{run.public_id}/orte/").content.decode()
    rows = dict(
        re.findall(
            r'<tr><th scope="row">(\w+).*?wp-numeric">\d+</td><td class="wp-numeric">(.*?)<', text
        )
    )
    assert rows == {"Buxtehude": "*", "Horneburg": "*", "Jork": "0", "Stade": "8"}
    assert text.count("wp-map__seats") == 4
    assert text.count("wp-map__placed") == 1


def test_offers_are_filtered_by_town_and_state(
    visitor: Client, round_: Round, now: datetime
) -> None:
    run = towns_with_places(round_, now)
    address = f"/runden/laeufe/{run.public_id}/orte/"
    assert "4 Angebote" in visitor.get(address).content.decode()
    assert "1 Angebot<" in visitor.get(f"{address}?town=Jork").content.decode()
    assert "2 Angebote" in visitor.get(f"{address}?state=left").content.decode()
    assert (
        "Kein Angebot passt dazu" in visitor.get(f"{address}?town=Jork&state=full").content.decode()
    )
    assert "4 Angebote" in visitor.get(f"{address}?town=Nirgendwo").content.decode()


def test_a_run_without_result_has_no_map(visitor: Client, round_: Round, now: datetime) -> None:
    run = request_run(round_=round_, kind=RunKind.DRY, by=SYSTEM, at=now)
    text = visitor.get(f"/runden/laeufe/{run.public_id}/orte/").content.decode()
    assert "Noch kein Ergebnis" in text


def test_the_page_costs_the_same_for_one_and_three_places(
    visitor: Client, round_: Round, now: datetime
) -> None:
    counts = []
    for _ in range(3):
        (slot,) = make_slots(round_, 1)
        make_list(round_, [slot])
        run = finished(round_, now)
        visitor.get(f"/runden/laeufe/{run.public_id}/orte/")
        with CaptureQueriesContext(connection) as queries:
            visitor.get(f"/runden/laeufe/{run.public_id}/orte/")
        counts.append(len(queries))
    assert counts[0] == counts[2]
