"""The nightly fill-up: it helps those who are left, moves nobody, asks nobody twice, and is done once a night."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connections

from tests.factories.internships import make_offer, make_slot
from tests.factories.journey import make_application
from tests.factories.network import make_membership
from tests.factories.rounds import (
    SEED,
    make_list,
    make_round_class,
    make_seeded_round,
    make_slots,
    make_week_entry,
    make_week_round,
)
from tests.factories.schools import make_class_teacher, make_pupil
from tests.factories.signed_in import coordinator_of
from tests.placements.world import ANYBODY
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.actions import NotRunnable
from werkpfad.journey.matching.engine import compute
from werkpfad.journey.matching.enums import RunKind, RunStatus
from werkpfad.journey.matching.models import Entry, Proposal, Round, Run
from werkpfad.journey.matching.rules import run_seed
from werkpfad.journey.matching.verify import verify
from werkpfad.journey.placements import actions, tasks
from werkpfad.journey.placements.enums import PlacementState, Side
from werkpfad.journey.placements.models import Consent, Placement
from werkpfad.journey.placements.standing import standing_in
from werkpfad.region.notifications.models import OutboxMail

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 3, 0, tzinfo=BERLIN)


def leftovers(**overrides: Any) -> Round:
    """A block round whose leftover market runs from 19 November to 10 December 2026."""
    values = {
        "phase": "published",
        "wishes_from": date(2026, 10, 1),
        "wishes_until": date(2026, 10, 30),
        "publish_on": date(2026, 11, 2),
        "confirm_until": date(2026, 11, 18),
        "leftovers_until": date(2026, 12, 10),
        "fills_nightly": True,
    }
    return make_seeded_round(**values | overrides)


def leftover_week(**overrides: Any) -> Round:
    return make_week_round(
        phase="published",
        wishes_from=date(2026, 10, 1),
        wishes_until=date(2026, 10, 30),
        publish_on=date(2026, 11, 2),
        confirm_until=date(2026, 11, 18),
        leftovers_until=date(2026, 12, 10),
        fills_nightly=True,
        **overrides,
    )


def fill(round_: Round, night: date = NIGHT, **options: Any) -> Run | None:
    values = {"begins": True, "at": AT + (night - NIGHT)} | options
    return actions.fill_round(round_=round_, night=night, **values)


def propose(entry: Entry, slot: Slot, at: datetime = AT) -> Placement:
    return actions.propose_manually(pupil=entry.pupil, slot=slot, by=ANYBODY, at=at)


def confirm(entry: Entry, slot: Slot) -> Placement:
    made = propose(entry, slot, AT - timedelta(days=3))
    for side in Side:
        actions.answer(placement=made, side=side, yes=True, by=ANYBODY, at=AT - timedelta(days=2))
    return made


def proposed() -> dict[int, str]:
    """Open proposals: pupil to slot."""
    rows = Placement.objects.filter(state=PlacementState.PROPOSED)
    return dict(rows.values_list("pupil_id", "slot__public_id"))


@pytest.mark.django_db
def test_who_is_left_gets_what_is_free_and_nobody_else_moves() -> None:
    round_ = leftovers()
    one, two = make_slots(round_, 1, 2)
    settled, asked, late = (make_list(round_, [one, two]) for _ in range(3))
    kept = confirm(settled, one)
    waiting = propose(asked, two)

    run = fill(round_)

    assert run is not None
    assert (run.kind, run.status, run.for_day) == (RunKind.FILL, RunStatus.PUBLISHED, NIGHT)
    assert proposed() == {asked.pupil_id: two.public_id, late.pupil_id: two.public_id}
    kept.refresh_from_db()
    waiting.refresh_from_db()
    assert (kept.state, waiting.state) == (PlacementState.CONFIRMED, PlacementState.PROPOSED)
    mine = Proposal.objects.get(run=run, slot__isnull=False)
    assert (mine.entry, mine.rank) == (late, 2)
    assert mine.facts["refused"] == [{"slot": one.public_id, "rank": 1, "code": "no_seat"}]


@pytest.mark.django_db
def test_every_fill_up_can_be_verified() -> None:
    round_ = leftovers()
    make_list(round_, make_slots(round_, 1))
    run = fill(round_)
    assert run is not None
    assert run.seed == str(run_seed(SEED, "fill:2026-11-20"))
    assert [check.name for check in verify(run) if not check.holds] == []


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["no", "expired", "cancelled", "application"])
def test_nobody_is_asked_the_same_thing_twice(how: str) -> None:
    round_ = leftovers()
    one, two = make_slots(round_, 1, 1)
    entry = make_list(round_, [one, two])
    if how == "application":
        make_application(
            pupil=entry.pupil, slot=one, state="declined", decline_reason="dates", closed_at=AT
        )
    else:
        made = propose(entry, one, AT - timedelta(days=14))
        if how == "no":
            actions.answer(placement=made, side=Side.COMPANY, yes=False, by=ANYBODY, at=AT)
        elif how == "cancelled":
            actions.cancel(placement=made, side=None, reason="dates", text="", by=ANYBODY, at=AT)
        else:
            assert actions.expire_overdue(at=AT) == 1

    fill(round_)

    assert proposed() == {entry.pupil_id: two.public_id}


@pytest.mark.django_db
def test_a_place_lost_to_another_may_come_back() -> None:
    """Superseded by a confirmed place that was called off later: nobody ever said no to it."""
    round_ = leftovers()
    one, two = make_slots(round_, 1, 1)
    entry = make_list(round_, [one])
    propose(entry, one, AT - timedelta(days=3))
    confirmed = confirm(entry, two)
    actions.cancel(placement=confirmed, side=None, reason="dates", text="", by=ANYBODY, at=AT)

    fill(round_)

    assert proposed() == {entry.pupil_id: one.public_id}


@pytest.mark.django_db
def test_a_freed_seat_goes_out_again_the_next_night() -> None:
    round_ = leftovers()
    (only,) = make_slots(round_, 1)
    first, second = make_list(round_, [only]), make_list(round_, [only])
    held = confirm(first, only)
    assert fill(round_) is None

    actions.cancel(placement=held, side=None, reason="dates", text="", by=ANYBODY, at=AT)
    run = fill(round_, NIGHT + timedelta(days=1))

    assert run is not None
    assert proposed() == {second.pupil_id: only.public_id}


def two_for_one_seat() -> tuple[Round, Entry, Entry, Slot]:
    """A week: one pupil has a day already, one has none, and one more seat is free on another day."""
    round_ = leftover_week()
    region, days = round_.programme.region, [date(2027, 3, 22), date(2027, 3, 23)]
    offers = [make_offer(region=region) for _ in range(2)]
    first = make_slot(offer=offers[0], programme=round_.programme, first_day=days[0])
    free = make_slot(offer=offers[1], programme=round_.programme, first_day=days[1])
    has_one = make_week_entry(round_, ["holz"], days)
    has_none = make_week_entry(round_, ["holz"], days)
    confirm(has_one, first)
    return round_, has_one, has_none, free


@pytest.mark.django_db
@pytest.mark.parametrize("night", range(4))
def test_days_already_reached_count(night: int) -> None:
    round_, _, has_none, free = two_for_one_seat()
    run = fill(round_, NIGHT + timedelta(days=night))
    assert run is not None
    assert proposed() == {has_none.pupil_id: free.public_id}
    assert Placement.objects.filter(state=PlacementState.CONFIRMED).count() == 1
    assert [check.name for check in verify(run) if not check.holds] == []


@pytest.mark.django_db
def test_control_without_the_days_reached_the_lot_decides() -> None:
    round_, has_one, _, free = two_for_one_seat()
    run = fill(round_)
    assert run is not None
    blind = run.input | {"locked": []}
    blind["people"] = [
        [p, 1, school, priority, [free.first_day.isoformat()]]
        for p, _, school, priority, _ in run.input["people"]
    ]
    winners = {
        row[0]
        for seed in range(20)
        for row in compute(blind | {"seed": str(seed)})["assignments"]
        if row[1] == free.public_id
    }
    assert has_one.public_id in winners


@pytest.mark.django_db
def test_the_same_night_again_changes_nothing() -> None:
    round_ = leftovers()
    make_list(round_, make_slots(round_, 2))
    first = fill(round_)
    mails = OutboxMail.objects.count()
    make_list(round_, list(Slot.objects.filter(programme=round_.programme)))

    again = fill(round_)

    assert first == again
    assert (Run.objects.count(), Placement.objects.count()) == (1, 1)
    assert OutboxMail.objects.count() == mails


@pytest.mark.django_db
def test_without_the_switch_it_waits_for_one_click() -> None:
    round_ = leftovers(fills_nightly=False)
    office = make_membership(RoleCode.COORDINATOR, region=round_.programme.region).user
    entry = make_list(round_, make_slots(round_, 1))

    run = fill(round_)
    fill(round_)

    assert run is not None
    assert run.status == RunStatus.DONE
    assert not Placement.objects.exists()
    assert OutboxMail.objects.filter(to_user=office).count() == 1
    assert actions.publish_fill(run=run, by=ANYBODY, at=AT).created == 1
    assert list(proposed()) == [entry.pupil_id]
    with pytest.raises(NotRunnable):
        actions.publish_fill(run=run, by=ANYBODY, at=AT)


@pytest.mark.django_db
def test_what_was_not_let_out_gives_way_to_the_next_night() -> None:
    round_ = leftovers(fills_nightly=False)
    make_list(round_, make_slots(round_, 1))
    old = fill(round_)
    new = fill(round_, NIGHT + timedelta(days=1))
    assert old is not None
    old.refresh_from_db()
    assert new is not None
    assert (old.status, new.status) == (RunStatus.DISCARDED, RunStatus.DONE)


@pytest.mark.django_db
@pytest.mark.parametrize("meanwhile", ["full", "other_place", "same_place"])
def test_what_changed_since_the_night_is_left_out(meanwhile: str) -> None:
    round_ = leftovers(fills_nightly=False)
    one, two = make_slots(round_, 1, 1)
    entry = make_list(round_, [one])
    run = fill(round_)
    if meanwhile == "full":
        confirm(make_list(round_, []), one)
    else:
        propose(entry, one if meanwhile == "same_place" else two)
    before = Placement.objects.count()

    assert run is not None
    done = actions.publish_fill(run=run, by=ANYBODY, at=AT)

    assert (done.created, dict(done.skipped)) == (0, {meanwhile: 1})
    assert Placement.objects.count() == before


@pytest.mark.django_db
def test_answers_are_due_before_the_market_ends() -> None:
    round_ = leftovers(leftovers_until=date(2026, 11, 23))
    make_list(round_, make_slots(round_, 1))
    fill(round_)
    latest = max(Consent.objects.values_list("due_at", flat=True))
    assert latest.astimezone(BERLIN).date() == date(2026, 11, 23)


@pytest.mark.django_db
def test_company_and_school_hear_of_it_in_one_mail_each() -> None:
    round_ = leftovers()
    (slot,) = make_slots(round_, 3)
    school_class = make_round_class(round_)
    teacher = make_class_teacher(school_class=school_class).user
    for _ in range(3):
        make_list(round_, [slot], school_class=school_class)
    fill(round_)
    school = OutboxMail.objects.get(to_user=teacher)
    assert school.subject.startswith("Restplatzbörse")
    assert "3 Vorschläge" in school.body
    assert OutboxMail.objects.filter(subject__contains="3 Praktikumsanfragen").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["nobody", "nothing free", "before", "after", "closed"])
def test_where_there_is_nothing_to_do(case: str) -> None:
    round_ = leftovers()
    (slot,) = make_slots(round_, 1)
    if case != "nobody":
        make_list(round_, [slot])
    if case == "nothing free":
        confirm(make_list(round_, []), slot)
    elif case == "before":
        Round.objects.update(confirm_until=NIGHT)
    elif case == "after":
        Round.objects.update(leftovers_until=date(2026, 11, 19))
    elif case == "closed":
        Round.objects.update(phase="closed")
    round_.refresh_from_db()
    assert fill(round_) is None
    assert proposed() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "runs"), [(1, 0), (2, 1), (5, 1), (6, 0), (12, 0)])
def test_it_begins_in_the_small_hours_only(hour: int, runs: int) -> None:
    round_ = leftovers()
    make_list(round_, make_slots(round_, 1))
    at = AT.replace(hour=hour)
    with time_machine.travel(at, tick=False):
        tasks.fill_rounds(at=at)
    assert Run.objects.count() == runs


@pytest.mark.django_db
def test_an_interrupted_one_is_finished_by_day() -> None:
    round_ = leftovers()
    make_list(round_, make_slots(round_, 1))
    run = actions.fill_round(round_=round_, night=NIGHT, begins=True, at=AT)
    assert run is not None
    Placement.objects.all().delete()
    Proposal.objects.all().delete()
    Run.objects.update(status=RunStatus.RUNNING, result={}, published_at=None, started_at=AT)
    noon = AT.replace(hour=12)
    with time_machine.travel(noon, tick=False):
        tasks.fill_rounds(at=noon)
    run.refresh_from_db()
    assert run.status == RunStatus.PUBLISHED
    assert Placement.objects.count() == 1


@pytest.mark.django_db
def test_the_office_lets_it_out_on_its_page() -> None:
    round_ = leftovers(fills_nightly=False)
    make_list(round_, make_slots(round_, 1))
    run = fill(round_)
    assert run is not None
    office = coordinator_of(round_.programme.region)
    with time_machine.travel(AT, tick=False):
        page = office.get(f"/runden/laeufe/{run.public_id}/veroeffentlichen/").content.decode()
        done = office.post(f"/runden/laeufe/{run.public_id}/veroeffentlichen/", follow=True)
    assert "1 Platz wird vorgeschlagen" in page
    assert "Veröffentlicht: 1 Platz ist vorgeschlagen" in done.content.decode()
    assert Placement.objects.count() == 1


@pytest.mark.django_db
def test_those_who_left_school_are_not_asked() -> None:
    round_ = leftovers()
    pupil = make_pupil(school_class=make_round_class(round_), left_on=NIGHT)
    make_list(round_, make_slots(round_, 1), pupil=pupil)
    assert fill(round_) is None
    assert standing_in(round_.programme).held == frozenset()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_several_workers_make_one_run_and_each_placement_once() -> None:
    round_ = leftovers()
    slots = make_slots(round_, 2, 2)
    for _ in range(4):
        make_list(round_, slots)

    def work(_: int) -> None:
        try:
            fill(round_)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=6) as pool:
        list(pool.map(work, range(6)))
    assert list(Run.objects.values_list("status", flat=True)) == [RunStatus.PUBLISHED]
    assert len(proposed()) == Placement.objects.count() == 4
