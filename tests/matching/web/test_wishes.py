"""Wish lists in the browser: of a pupil on a phone, and of a teacher for a pupil."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.internships import make_field, make_offer, make_slot, make_week
from tests.factories.rounds import make_list, make_seeded_round, make_slots, make_week_round
from tests.factories.schools import (
    make_class,
    make_class_teacher,
    make_profile,
    make_pupil,
    make_school,
)
from tests.factories.signed_in import client_of
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Entry, Round
from werkpfad.region.schools.models import ProfileField, Pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make_seeded_round(phase=RoundPhase.WISHES, min_wishes=2, max_wishes=3)


@pytest.fixture
def pupil(round_: Round) -> Pupil:
    school = make_school(region=round_.programme.region)
    return make_pupil(school_class=make_class(school=school))


@pytest.fixture
def visitor(pupil: Pupil) -> Client:
    return client_of(pupil.user)


def add(visitor: Client, slot: Slot) -> str:
    answer = visitor.post("/wuensche/hinzufuegen/", {"slot": slot.public_id}, follow=True)
    return answer.content.decode()


def ranks(pupil: Pupil) -> list[str]:
    entry = Entry.objects.get(pupil=pupil)
    return list(entry.wishes.order_by("rank").values_list("slot__public_id", flat=True))


def test_a_list_is_filled_ordered_and_handed_in(
    visitor: Client, pupil: Pupil, round_: Round
) -> None:
    one, two = make_slots(round_, 2, 1)
    make_list(round_, [one])
    add(visitor, one)
    assert "2 Wünsche für 2 Plätze" in add(visitor, two)

    visitor.post("/wuensche/ordnen/", {"move": f"up:{two.public_id}"})
    assert ranks(pupil) == [two.public_id, one.public_id]
    page = visitor.post("/wuensche/abgeben/", {"takes_other": "on"}, follow=True).content.decode()
    assert "Abgegeben. Ändern geht noch bis zum 11. Dezember." in page
    entry = Entry.objects.get(pupil=pupil)
    assert entry.submitted_at is not None
    assert entry.takes_other


def test_a_removed_wish_comes_back_to_its_place(
    visitor: Client, pupil: Pupil, round_: Round
) -> None:
    slots = make_slots(round_, 1, 1, 1)
    for slot in slots:
        add(visitor, slot)
    keys = [slot.public_id for slot in slots]

    answer = visitor.post("/wuensche/ordnen/", {"move": f"remove:{keys[0]}"})
    assert ranks(pupil) == keys[1:]
    page = visitor.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "Rückgängig machen" in page
    visitor.post("/wuensche/hinzufuegen/", {"slot": keys[0], "platz": "1"})
    assert ranks(pupil) == keys


def test_too_few_and_too_many_are_told(visitor: Client, pupil: Pupil, round_: Round) -> None:
    slots = make_slots(round_, 1, 1, 1, 1)
    add(visitor, slots[0])
    page = visitor.post("/wuensche/abgeben/", follow=True).content.decode()
    assert "noch einen Platz" in page
    for slot in slots[1:3]:
        add(visitor, slot)
    assert "Deine Liste ist voll" in add(visitor, slots[3])
    assert "(3 von höchstens 3)" in add(visitor, slots[2])


def test_a_list_that_falls_below_the_least_is_open_again(
    visitor: Client, pupil: Pupil, round_: Round
) -> None:
    for slot in make_slots(round_, 1, 1):
        add(visitor, slot)
    visitor.post("/wuensche/abgeben/")
    visitor.post("/wuensche/ordnen/", {"move": f"remove:{ranks(pupil)[0]}"})
    assert Entry.objects.get(pupil=pupil).submitted_at is None


def test_what_is_not_for_the_pupil_is_refused_with_its_reason(
    visitor: Client, pupil: Pupil, round_: Round
) -> None:
    region = round_.programme.region
    old = make_slot(programme=round_.programme, offer=make_offer(region=region, min_age=18))
    assert "mindestens 18 Jahre" in add(visitor, old)
    foreign = make_slot()
    assert "gerade nicht offen" in add(visitor, foreign)
    assert not Entry.objects.filter(wishes__isnull=False).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"phase": RoundPhase.ALLOCATION},
        {"phase": RoundPhase.WISHES, "wishes_until": date(2026, 11, 19)},
        {"phase": RoundPhase.PLANNED, "wishes_from": date(2026, 11, 21)},
        {"phase": RoundPhase.PUBLISHED},
    ],
)
def test_outside_the_phase_nothing_changes(
    visitor: Client, pupil: Pupil, round_: Round, changes: dict[str, object]
) -> None:
    slots = make_slots(round_, 1, 1)
    add(visitor, slots[0])
    Round.objects.filter(pk=round_.pk).update(**changes)

    assert "Wunschabgabe ist gerade nicht offen" in add(visitor, slots[1])
    answer = visitor.post(
        "/wuensche/ordnen/", {"move": f"remove:{slots[0].public_id}"}, follow=True
    )
    assert "Wunschabgabe ist gerade nicht offen" in answer.content.decode()
    assert ranks(pupil) == [slots[0].public_id]


def test_a_teacher_fills_in_for_a_pupil(pupil: Pupil, round_: Round) -> None:
    (slot,) = make_slots(round_, 1)
    teacher = client_of(make_class_teacher(school_class=pupil.school_class).user)
    address = f"/wuensche/fuer/{pupil.public_id}/"
    page = teacher.get(address).content.decode()
    assert pupil.full_name in page
    assert slot.offer.title in page
    teacher.post(f"{address}hinzufuegen/", {"slot": slot.public_id})
    assert ranks(pupil) == [slot.public_id]


def test_a_week_takes_fields_days_and_how_many() -> None:
    round_ = make_week_round(programme=make_week(grades=[9]), phase=RoundPhase.WISHES)
    make_field(code="holz")
    make_field(code="metall", title="Metall")
    school = make_school(region=round_.programme.region)
    pupil = make_pupil(school_class=make_class(school=school))
    visitor = client_of(pupil.user)

    typed = {
        "field_1": "metall",
        "field_2": "holz",
        "days": ["2027-03-22", "2027-03-24"],
        "wanted_days": "3",
    }
    answer = visitor.post("/wuensche/woche/", typed)
    assert "höchstens 2 Tage" in answer.content.decode()
    visitor.post("/wuensche/woche/", typed | {"wanted_days": "2"})

    entry = Entry.objects.get(pupil=pupil)
    assert entry.days == ["2027-03-22", "2027-03-24"]
    fields = entry.field_wishes.order_by("rank").values_list("field__code", flat=True)
    assert list(fields) == ["metall", "holz"]
    assert "gespeichert" in visitor.get("/wuensche/").content.decode()


def test_the_list_costs_the_same_for_one_and_three(
    visitor: Client, pupil: Pupil, round_: Round
) -> None:
    slots = make_slots(round_, 1, 1, 1)
    counts = []
    for slot in slots:
        visitor.post("/wuensche/hinzufuegen/", {"slot": slot.public_id})
        visitor.get("/wuensche/")
        with CaptureQueriesContext(connection) as queries:
            visitor.get("/wuensche/")
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_suggestions_are_near_possible_and_of_the_own_fields(
    visitor: Client, pupil: Pupil, round_: Round
) -> None:
    near, listed = make_slots(round_, 1, 1)
    region = round_.programme.region
    far = make_offer(region=region, title="Weit weg", lat=52.0, lon=9.0)
    other = make_offer(region=region, title="Anderes Feld", main_field=make_field(code="metall"))
    old = make_offer(region=region, title="Erst ab 18", min_age=18)
    for offer in (far, other, old):
        make_slot(programme=round_.programme, offer=offer)
    profile = make_profile(pupil=pupil)
    ProfileField.objects.create(profile=profile, field=near.offer.main_field, rank=1)
    add(visitor, listed)

    page = visitor.get("/wuensche/").content.decode()

    suggested = page.split("Das könnte dir gefallen")[1]
    assert near.offer.title in suggested
    for title in (listed.offer.title, "Weit weg", "Anderes Feld", "Erst ab 18"):
        assert title not in suggested
