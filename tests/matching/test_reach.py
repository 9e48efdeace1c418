"""Reach: each offer counts once, for the mildest obstacle in its way."""

from datetime import date

import pytest

from tests.factories.internships import make_offer, make_slot
from tests.factories.rounds import (
    make_round_class,
    make_seeded_round,
    make_slots,
    make_week_entry,
    make_week_round,
)
from tests.factories.schools import make_class, make_class_teacher, make_profile, make_pupil
from werkpfad.base.core.geo import Point
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries import by_class, classes_missing, reach_rows
from werkpfad.journey.matching.reach import Reach, Stop, Walker, reaches

STADE, HAMBURG = Point(53.6, 9.47), Point(53.55, 10.0)
TODAY = date(2026, 11, 20)


def walker(**changes: object) -> Walker:
    values: dict[str, object] = {
        "id": "a",
        "home": STADE,
        "max_km": 10,
        "law": 15,
        "days": None,
    }
    return Walker(**values | changes)  # type: ignore[arg-type]


def test_obstacles_are_counted_mildest_first_and_add_up() -> None:
    stops = [
        Stop("near", STADE, "mo"),
        Stop("near", STADE, "di"),
        Stop("far", HAMBURG, "mo"),
        Stop("unknown", None, "mo"),
        Stop("late", STADE, "di"),
        Stop("grown-up", STADE, "mo"),
    ]
    may = [stop.offer != "grown-up" for stop in stops]

    (found,) = reaches([walker(days=frozenset({"mo"}))], stops, lambda law: may)

    assert found == Reach("a", reachable=2, too_far=1, too_young=1, wrong_days=1)
    assert found.level == "few"


def test_without_offers_nobody_reaches_anything() -> None:
    (found,) = reaches([walker()], [], lambda law: [])
    assert found == Reach("a", 0, 0, 0, 0)
    assert found.level == "none"


def test_the_law_is_asked_once_for_those_it_treats_alike() -> None:
    asked: list[object] = []

    def allowed(law: object) -> list[bool]:
        asked.append(law)
        return [law == 15]

    found = reaches(
        [walker(id="a"), walker(id="b"), walker(id="c", law=13)],
        [Stop("x", STADE, "")],
        allowed,
    )
    assert [row.reachable for row in found] == [1, 1, 0]
    assert asked == [15, 13]


@pytest.fixture
def round_(db: None) -> Round:
    return make_seeded_round()


def test_a_pupils_reach_follows_seats_way_and_age(round_: Round) -> None:
    free, full = make_slots(round_, 2, 1)
    Slot.objects.filter(pk=full.pk).update(taken=1)
    region = round_.programme.region
    make_slot(programme=round_.programme, offer=make_offer(region=region, min_age=18))
    make_slot(programme=round_.programme, offer=make_offer(region=region, lat=54.5, lon=9.47))
    school_class = make_round_class(round_)
    pupil = make_pupil(school_class=school_class, home_lat=free.offer.lat, home_lon=free.offer.lon)
    make_profile(pupil=pupil, max_distance_km=10)

    (row,) = reach_rows(round_, today=TODAY)

    assert (row.pupil, row.max_km) == (pupil, 10)
    assert row.reach == Reach(pupil.public_id, 1, too_far=1, too_young=1, wrong_days=0)
    (found,) = by_class([row])
    assert (found.name, found.pupils, found.none, found.few) == (school_class.name, 1, 0, 1)


@pytest.mark.django_db
def test_in_a_week_the_days_that_suit_count() -> None:
    round_ = make_week_round()
    days = [date(2027, 3, 22), date(2027, 3, 23)]
    offer = make_offer(region=round_.programme.region)
    make_slot(offer=offer, programme=round_.programme, first_day=days[0])
    make_week_entry(round_, ["holz"], [days[1]])
    (row,) = reach_rows(round_, today=TODAY)
    assert (row.reach.reachable, row.reach.wrong_days) == (0, 1)


def test_the_number_of_queries_does_not_grow(
    round_: Round, django_assert_max_num_queries: object
) -> None:
    school_class = make_round_class(round_)
    for count in (1, 3):
        for _ in range(count):
            make_profile(pupil=make_pupil(school_class=school_class))
            make_slots(round_, 1)
        with django_assert_max_num_queries(5):  # type: ignore[operator]
            reach_rows(round_, today=TODAY)


def test_classes_with_missing_lists_name_their_teachers(round_: Round) -> None:
    school_class = make_round_class(round_)
    pupils = [make_pupil(school_class=school_class) for _ in range(3)]
    teacher = make_class_teacher(school_class=school_class).user
    make_class(school=school_class.school, name="leer")
    round_.entries.create(pupil=pupils[0], submitted_at=None)

    (row,) = classes_missing(round_, today=TODAY)

    assert (row.school_class, row.pupils, row.missing) == (school_class, 3, 3)
    assert row.teachers == [teacher.display_name]
