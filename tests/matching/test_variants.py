"""What would be if: a trial shares lots and input with its base, is verified like every run, and is never published."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.internships import make_field, make_offer, make_slot
from tests.factories.rounds import (
    make_list,
    make_round_class,
    make_seeded_round,
    make_slots,
    make_week_entry,
    make_week_round,
)
from tests.factories.schools import make_profile, make_pupil
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.actions import (
    NotRunnable,
    execute,
    mark_run_published,
    request_run,
    request_variant,
)
from werkpfad.journey.matching.enums import Equity, RoundPhase, RunKind
from werkpfad.journey.matching.models import Entry, Proposal, Round, Run, Wish
from werkpfad.journey.matching.rules import NewPlace, Variation, variation_of
from werkpfad.journey.matching.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make_seeded_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))


def done(run: Run, now: datetime) -> Run:
    execute(run_id=run.public_id, at=now)
    run.refresh_from_db()
    return run


def dry(round_: Round, now: datetime) -> Run:
    return done(request_run(round_=round_, kind=RunKind.DRY, by=SYSTEM, at=now), now)


def trial(base: Run, now: datetime, **changes: object) -> Run:
    variation = Variation(**changes)  # type: ignore[arg-type]
    run = request_variant(base=base, kind=RunKind.TRIAL, variation=variation, by=SYSTEM, at=now)
    return done(run, now)


def placed(run: Run) -> int:
    return len(run.result["assignments"])


def test_more_seats_place_more_pupils_with_the_same_lots(round_: Round, now: datetime) -> None:
    (slot,) = make_slots(round_, 1)
    for _ in range(4):
        make_list(round_, [slot])
    base = dry(round_, now)

    varied = trial(base, now, seats=((slot.public_id, 2),))

    assert (placed(base), placed(varied)) == (1, 3)
    assert (varied.seed, varied.base) == (base.seed, base)
    assert varied.variation == varied.input["variation"] == {"seats": [[slot.public_id, 2]]}
    assert all(check.holds for check in verify(varied))
    assert not Proposal.objects.exists()
    with pytest.raises(NotRunnable):
        mark_run_published(run=varied, by=SYSTEM, at=now)


def test_a_full_offer_can_be_given_seats(round_: Round, now: datetime) -> None:
    (slot,) = make_slots(round_, 1)
    Slot.objects.filter(pk=slot.pk).update(taken=1)
    make_list(round_, [slot])
    base = dry(round_, now)
    assert placed(base) == 0
    assert placed(trial(base, now, seats=((slot.public_id, 1),))) == 1


def with_profile(round_: Round, field: str, **profile: int) -> Entry:
    """Somebody whose only chance is a place of the profile's field."""
    pupil = make_pupil(school_class=make_round_class(round_), home_lat=53.6, home_lon=9.47)
    row = make_profile(pupil=pupil, **profile)
    row.interests.create(field=make_field(code=field), rank=1)
    (full,) = make_slots(round_, 1)
    Slot.objects.filter(pk=full.pk).update(taken=1)
    return make_list(round_, [full], pupil=pupil, takes_other=True)


def test_new_places_in_a_field_reach_those_nearby(round_: Round, now: datetime) -> None:
    with_profile(round_, "pflege")
    base = dry(round_, now)
    near = NewPlace("pflege", "Stade", 53.6, 9.48, 3)
    far = NewPlace("pflege", "München", 48.1, 11.6, 3)

    assert placed(base) == 0
    assert placed(trial(base, now, new=(far,))) == 0
    varied = trial(base, now, new=(near,))
    assert placed(varied) == 1
    assert varied.summary["smallest"] == 5
    assert variation_of(varied.variation) == Variation(new=(near,))


def test_a_longer_way_opens_places_for_the_school_it_is_meant_for(
    round_: Round, now: datetime
) -> None:
    entry = with_profile(round_, "holz", max_distance_km=5)
    far = make_offer(region=round_.programme.region, lat=53.8, lon=9.47)
    make_slot(programme=round_.programme, offer=far)
    base = dry(round_, now)
    school = entry.pupil.school_class.school.public_id

    assert placed(base) == 0
    assert placed(trial(base, now, max_km=30)) == 1
    assert placed(trial(base, now, max_km=30, school=school)) == 1
    assert placed(trial(base, now, max_km=30, school="another")) == 0


def test_another_rule_is_tried_on_the_same_lots(round_: Round, now: datetime) -> None:
    (slot,) = make_slots(round_, 1)
    make_list(round_, [slot])
    needy = make_list(round_, [slot], school_class=make_round_class(round_, social_index=9))
    varied = trial(dry(round_, now), now, equity="strict")
    assert varied.equity == Equity.STRICT
    assert varied.result["assignments"][0][0] == needy.public_id


def test_new_places_of_a_week_are_there_on_each_day(now: datetime) -> None:
    round_ = make_week_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))
    days = [row.day for row in round_.programme.days.order_by("day")][:2]
    entry = make_week_entry(round_, ["pflege"], days)
    entry.pupil.home_lat, entry.pupil.home_lon = 53.6, 9.47
    entry.pupil.save()
    base = dry(round_, now)
    varied = trial(base, now, new=(NewPlace("pflege", "Stade", 53.6, 9.48, 3),))
    assert placed(base) == 0
    assert placed(varied) == 1, "one company counts once, whatever the number of days"


def test_a_trial_is_refused_when_wishes_have_changed(round_: Round, now: datetime) -> None:
    one, two = make_slots(round_, 1, 1)
    entry = make_list(round_, [one])
    base = dry(round_, now)
    Wish.objects.create(entry=entry, slot=two, rank=2)
    with pytest.raises(NotRunnable, match="neuen Probelauf"):
        trial(base, now, seats=((one.public_id, 1),))


def test_an_empty_trial_and_a_trial_of_a_trial_are_refused(round_: Round, now: datetime) -> None:
    (slot,) = make_slots(round_, 1)
    make_list(round_, [slot])
    base = dry(round_, now)
    with pytest.raises(NotRunnable, match="mindestens eine"):
        trial(base, now)
    varied = trial(base, now, seats=((slot.public_id, 1),))
    with pytest.raises(NotRunnable, match="Verglichen wird"):
        trial(varied, now, seats=((slot.public_id, 1),))


def test_a_variant_without_base_cannot_be_stored(round_: Round) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(round=round_, kind=RunKind.TRIAL, seed="1")


def test_policies_are_compared_on_one_frozen_input(round_: Round, now: datetime) -> None:
    first, second = make_slots(round_, 1, 1)
    slow = make_list(round_, [first], submitted_at=now)
    quick = make_list(round_, [first, second], submitted_at=now - timedelta(hours=3))
    base = dry(round_, now)

    rules = done(request_variant(base=base, kind=RunKind.RULES, by=SYSTEM, at=now), now)

    assert rules.input["order"] == [quick.public_id, slow.public_id]
    found = {row["policy"]: row for row in rules.result["policies"]}
    assert set(found) == {"fair", "stable", "fcfs", "lottery"}
    assert (found["fair"]["placed"], found["fcfs"]["placed"]) == (2, 1)
    assert found["fcfs"]["assignments"] == [[quick.public_id, first.public_id, 1]]
    assert [row["policy"] for row in rules.summary["policies"]] == list(found)
    assert all(check.holds for check in verify(rules))


def test_the_run_says_where_one_more_seat_would_help(round_: Round, now: datetime) -> None:
    tight, free = make_slots(round_, 1, 5)
    make_list(round_, [tight])
    make_list(round_, [tight])
    make_list(round_, [free])
    seats = dry(round_, now).result["seats"]
    assert [(slot, change[0]) for slot, change in seats] == [(tight.public_id, ["unplaced", -1])]
