"""Runs from request to publication, on small worlds whose right answer is plain."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.factories.internships import make_offer, make_slot
from tests.factories.rounds import (
    SEED,
    make_list,
    make_round_class,
    make_seeded_round,
    make_slots,
    make_week_entry,
    make_week_round,
)
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.matching.actions import (
    NotRunnable,
    begin_run,
    cancel_run,
    execute,
    fail_run,
    finish_run,
    mark_run_published,
    request_run,
    restart_run,
)
from werkpfad.journey.matching.engine import compute
from werkpfad.journey.matching.enums import Equity, RoundPhase, RunKind, RunStatus
from werkpfad.journey.matching.freeze import Occupied
from werkpfad.journey.matching.models import Entry, Proposal, Round, Run
from werkpfad.journey.matching.record import digest
from werkpfad.journey.matching.rules import run_seed
from werkpfad.region.schools.models import School

pytestmark = pytest.mark.django_db


def ready_round(**overrides: Any) -> Round:
    return make_seeded_round(
        phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19), **overrides
    )


def run_final(round_: Round, at: datetime, **options: Any) -> Run:
    run = request_run(round_=round_, kind=RunKind.FINAL, by=SYSTEM, at=at, **options)
    execute(run_id=run.public_id, at=at)
    run.refresh_from_db()
    return run


def places(run: Run) -> dict[int, str | None]:
    return {
        p.entry_id: p.slot.public_id if p.slot else None
        for p in Proposal.objects.filter(run=run).select_related("slot")
    }


def test_everybody_who_can_be_placed_is_placed(now: datetime) -> None:
    """Taking first wishes in order would leave one pupil without; moving one to the second wish leaves nobody."""
    round_ = ready_round()
    one, two = make_slots(round_, 1, 1)
    flexible = make_list(round_, [one, two])
    fixed = make_list(round_, [one])

    run = run_final(round_, now)

    assert places(run) == {flexible.pk: two.public_id, fixed.pk: one.public_id}
    assert run.status == RunStatus.DONE
    assert run.result["certificate"]["holds"]
    mine = Proposal.objects.get(run=run, entry=flexible)
    assert (mine.rank, mine.distance_km) == (2, 0.0)
    assert mine.facts["refused"] == [{"slot": one.public_id, "rank": 1, "code": "placed"}]


def test_a_wish_below_the_granted_one_was_not_refused(now: datetime) -> None:
    round_ = ready_round()
    one, two = make_slots(round_, 1, 1)
    happy = make_list(round_, [one, two])

    run = run_final(round_, now)

    mine = Proposal.objects.get(run=run, entry=happy)
    assert mine.rank == 1
    assert mine.facts["refused"] == []


def test_who_gets_nothing_has_a_reason_and_nobodys_name(now: datetime) -> None:
    round_ = ready_round()
    (only,) = make_slots(round_, 1)
    entries = [make_list(round_, [only]) for _ in range(3)]

    run = run_final(round_, now)

    got = places(run)
    assert sorted(got.values(), key=lambda place: place or "") == [None, None, only.public_id]
    loser = Proposal.objects.filter(run=run, slot=None).first()
    assert loser is not None
    assert loser.reason == "lottery"
    text = str(loser.facts)
    assert loser.facts["people"] == 3
    for entry in entries:
        assert entry.public_id not in text
        assert entry.pupil.family_name not in text


def test_a_pupil_who_takes_another_place_gets_one_of_the_own_fields(now: datetime) -> None:
    from tests.factories.schools import make_profile
    from werkpfad.region.schools.models import ProfileField

    round_ = ready_round()
    wished, other = make_slots(round_, 1, 1)
    make_list(round_, [wished])
    second = make_list(round_, [wished], takes_other=True)
    profile = make_profile(pupil=second.pupil)
    ProfileField.objects.create(profile=profile, field=other.offer.main_field, rank=1)

    run = run_final(round_, now)

    mine = Proposal.objects.get(run=run, entry=second)
    assert mine.slot == other
    assert mine.rank is None


def test_full_and_withdrawn_places_stay_out_and_are_explained(now: datetime) -> None:
    round_ = ready_round()
    full, free = make_slots(round_, 1, 1)
    full.taken = 1
    full.save()
    entry = make_list(round_, [full, free])

    run = run_final(round_, now)

    assert [row[0] for row in run.input["slots"]] == [free.public_id]
    facts = Proposal.objects.get(run=run, entry=entry).facts
    assert facts["refused"] == [{"slot": full.public_id, "rank": 1, "code": "no_seat"}]


def test_pupils_with_a_place_and_held_seats_are_left_out(now: datetime) -> None:
    round_ = ready_round()
    (slot,) = make_slots(round_, 1)
    placed, waiting = make_list(round_, [slot]), make_list(round_, [slot])
    occupied = Occupied(days={placed.pupil_id: frozenset({slot.first_day})}, seats={slot.pk: 1})

    run = run_final(round_, now, occupied=occupied)

    assert places(run) == {waiting.pk: None}


def test_parity_leaves_no_school_behind(now: datetime) -> None:
    """Ten of a big school and two of a small one for six seats: without a rule the lottery may take all from one."""
    round_ = ready_round(equity=Equity.PARITY)
    slots = make_slots(round_, 6)
    big, small = make_round_class(round_), make_round_class(round_)
    for school_class, size in ((big, 10), (small, 2)):
        for _ in range(size):
            make_list(round_, slots, school_class=school_class)

    run = run_final(round_, now)

    placed = Proposal.objects.filter(run=run, slot__isnull=False)
    by_school = [placed.filter(entry__pupil__school_class=c).count() for c in (big, small)]
    assert by_school == [5, 1]


def test_strict_equity_places_the_higher_index_first(now: datetime) -> None:
    round_ = ready_round(equity=Equity.STRICT)
    (slot,) = make_slots(round_, 1)
    plain = make_list(round_, [slot])
    needy = make_list(round_, [slot], school_class=make_round_class(round_, social_index=9))

    assert places(run_final(round_, now)) == {plain.pk: None, needy.pk: slot.public_id}


def test_a_week_gives_days_at_different_companies(now: datetime) -> None:
    round_ = make_week_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))
    region, days = round_.programme.region, [date(2027, 3, 22), date(2027, 3, 23)]
    offers = [make_offer(region=region) for _ in range(2)]
    for offer in offers:
        for day in days:
            make_slot(offer=offer, programme=round_.programme, first_day=day)
    entry = make_week_entry(round_, ["holz"], days)

    run = run_final(round_, now)

    got = Proposal.objects.filter(run=run, entry=entry).select_related("slot__offer")
    assert sorted(p.slot.first_day for p in got if p.slot) == days
    assert len({p.slot.offer.organisation_id for p in got if p.slot}) == 2


def test_the_input_is_frozen_and_recomputes_to_the_byte(now: datetime) -> None:
    round_ = ready_round()
    slots = make_slots(round_, 1, 2)
    for _ in range(5):
        make_list(round_, slots)
    run = run_final(round_, now)
    Entry.objects.filter(round=round_).first().delete()  # type: ignore[union-attr]

    stored = Run.objects.get(pk=run.pk)

    assert digest(stored.input) == stored.input_hash
    assert digest(compute(stored.input)) == stored.result_hash
    assert stored.seed == str(run_seed(SEED, "final"))


def test_a_rehearsal_draws_other_lots_and_makes_no_proposals(now: datetime) -> None:
    round_ = ready_round()
    make_list(round_, make_slots(round_, 1))
    dry = request_run(round_=round_, kind=RunKind.DRY, by=SYSTEM, at=now, equity=Equity.STRICT)
    execute(run_id=dry.public_id, at=now)
    dry.refresh_from_db()

    assert dry.seed not in (str(run_seed(SEED, "final")), SEED)
    assert dry.equity == Equity.STRICT
    assert dry.summary["people"] is None
    assert not Proposal.objects.exists()
    with pytest.raises(NotRunnable):
        mark_run_published(run=dry, by=SYSTEM, at=now)


def test_no_allocation_while_wishes_are_open(now: datetime) -> None:
    round_ = make_seeded_round(phase=RoundPhase.WISHES)
    with pytest.raises(NotRunnable):
        request_run(round_=round_, kind=RunKind.FINAL, by=SYSTEM, at=now)
    assert not Run.objects.exists()


def test_one_run_at_a_time(now: datetime) -> None:
    round_ = ready_round()
    request_run(round_=round_, kind=RunKind.DRY, by=SYSTEM, at=now)
    with pytest.raises(NotRunnable):
        request_run(round_=round_, kind=RunKind.DRY, by=SYSTEM, at=now)


def begin(run: Run, at: datetime) -> tuple[int, Mapping[str, Any]]:
    begun = begin_run(run_id=run.public_id, at=at)
    assert begun is not None
    return begun


def test_the_result_of_a_cancelled_run_is_thrown_away(now: datetime) -> None:
    round_ = ready_round()
    make_list(round_, make_slots(round_, 1))
    run = request_run(round_=round_, kind=RunKind.FINAL, by=SYSTEM, at=now)
    attempt, frozen = begin(run, now)
    cancel_run(run=run, by=SYSTEM, at=now)

    assert not finish_run(run_id=run.public_id, attempt=attempt, result=compute(frozen), at=now)
    run.refresh_from_db()
    assert (run.status, run.result) == (RunStatus.CANCELLED, {})
    assert not Proposal.objects.exists()


def test_a_dead_run_can_be_started_again_and_its_ghost_writes_nothing(now: datetime) -> None:
    round_ = ready_round()
    make_list(round_, make_slots(round_, 1))
    run = request_run(round_=round_, kind=RunKind.FINAL, by=SYSTEM, at=now)
    ghost, frozen = begin(run, now)
    with pytest.raises(NotRunnable):
        restart_run(run=run, by=SYSTEM, at=now + timedelta(minutes=1))

    later = now + timedelta(minutes=16)
    restart_run(run=run, by=SYSTEM, at=later)
    execute(run_id=run.public_id, at=later)

    assert not finish_run(run_id=run.public_id, attempt=ghost, result={}, at=later)
    fail_run(run_id=run.public_id, attempt=ghost, error="late", at=later)
    run.refresh_from_db()
    assert run.status == RunStatus.DONE
    assert digest(frozen) == run.input_hash


def test_publishing_moves_the_round_and_discards_other_results(now: datetime) -> None:
    round_ = ready_round()
    make_list(round_, make_slots(round_, 1))
    first, second = run_final(round_, now), run_final(round_, now)
    assert first.result_hash == second.result_hash

    mark_run_published(run=second, by=SYSTEM, at=now)

    round_.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert round_.phase == RoundPhase.PUBLISHED
    assert (first.status, second.status) == (RunStatus.DISCARDED, RunStatus.PUBLISHED)
    assert AuditEvent.objects.filter(event="run_published", object_id=second.public_id).exists()
    with pytest.raises(NotRunnable):
        mark_run_published(run=second, by=SYSTEM, at=now)


def test_figures_of_a_run_hide_small_cells(now: datetime) -> None:
    round_ = ready_round()
    (slot,) = make_slots(round_, 8)
    school_class = make_round_class(round_)
    for _ in range(10):
        make_list(round_, [slot], school_class=school_class)

    summary = run_final(round_, now).summary

    assert (summary["people"], summary["placed"], summary["without"]) == (10, None, None)
    assert School.objects.get(classes=school_class).public_id == summary["schools"][0]["key"]
    assert summary["schools"][0]["without"] is None
