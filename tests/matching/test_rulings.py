"""Decisions by hand: they hold in the next run, never against the law or beyond the seats, and stay on record."""

from datetime import date, datetime

import pytest

from tests.factories.internships import make_offer, make_slot
from tests.factories.journey import make_ruling
from tests.factories.rounds import (
    make_list,
    make_round_class,
    make_seeded_round,
    make_slots,
    make_week_entry,
    make_week_round,
)
from tests.factories.schools import make_pupil
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.actions import (
    NotAllowed,
    execute,
    lift_ruling,
    request_run,
)
from werkpfad.journey.matching.actions import (
    make_ruling as decide,
)
from werkpfad.journey.matching.enums import RoundPhase, RulingKind, RunKind
from werkpfad.journey.matching.models import Entry, Proposal, Round, Ruling, Run
from werkpfad.journey.matching.rules import headline, why_not
from werkpfad.journey.matching.verify import verify

pytestmark = pytest.mark.django_db

REASON = "Der Weg ist mit dem Rollstuhl möglich."


@pytest.fixture
def round_() -> Round:
    return make_seeded_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))


def final(round_: Round, now: datetime) -> Run:
    run = request_run(round_=round_, kind=RunKind.FINAL, by=SYSTEM, at=now)
    execute(run_id=run.public_id, at=now)
    run.refresh_from_db()
    return run


def pin(entry: Entry, slot: Slot, now: datetime, kind: RulingKind = RulingKind.PIN) -> Ruling:
    return decide(
        round_=entry.round,
        pupil=entry.pupil,
        slot=slot,
        kind=kind,
        reason=REASON,
        by=SYSTEM,
        at=now,
    )


def place_of(run: Run, entry: Entry) -> Proposal:
    return Proposal.objects.select_related("slot").get(run=run, entry=entry)


def test_a_fixed_place_holds_against_every_other_wish(round_: Round, now: datetime) -> None:
    wanted, other = make_slots(round_, 1, 1)
    rivals = [make_list(round_, [wanted]) for _ in range(3)]
    fixed = make_list(round_, [other, wanted])
    pin(fixed, wanted, now)

    run = final(round_, now)

    got = place_of(run, fixed)
    assert (got.slot, got.reason, got.rank) == (wanted, "office", 2)
    assert "Koordination" in headline(got.facts, rank=2, has_place=True, reason=got.reason)
    assert {place_of(run, rival).slot for rival in rivals} == {None}
    assert [place_of(run, rival).facts["refused"][0]["code"] for rival in rivals] == ["no_seat"] * 3


def test_without_the_ruling_the_same_pupil_gets_the_dearer_place(
    round_: Round, now: datetime
) -> None:
    wanted, other = make_slots(round_, 1, 1)
    entry = make_list(round_, [other, wanted])
    ruling = pin(entry, wanted, now)
    lift_ruling(ruling=ruling, by=SYSTEM, at=now)

    assert place_of(final(round_, now), entry).slot == other
    ruling.refresh_from_db()
    assert (ruling.lifted_at, ruling.reason) == (now, REASON)


def test_a_place_can_be_fixed_for_somebody_without_wishes(round_: Round, now: datetime) -> None:
    (slot,) = make_slots(round_, 1)
    pupil = make_pupil(school_class=make_round_class(round_))
    decide(
        round_=round_,
        pupil=pupil,
        slot=slot,
        kind=RulingKind.PIN,
        reason=REASON,
        by=SYSTEM,
        at=now,
    )
    got = Proposal.objects.get(run=final(round_, now), entry__pupil=pupil)
    assert (got.slot, got.rank, got.reason) == (slot, None, "office")


def test_a_barred_offer_goes_to_others_and_says_who_decided(round_: Round, now: datetime) -> None:
    dear, other = make_slots(round_, 5, 5)
    entry = make_list(round_, [dear, other])
    pin(entry, dear, now, RulingKind.BAN)

    got = place_of(final(round_, now), entry)

    assert got.slot == other
    assert got.facts["refused"] == [{"slot": dear.public_id, "rank": 1, "code": "barred"}]
    assert "Koordination hat entschieden" in why_not("barred")


def test_a_ban_holds_on_every_day_of_the_offer(now: datetime) -> None:
    round_ = make_week_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))
    days = [date(2027, 3, 22), date(2027, 3, 23)]
    offers = [make_offer(region=round_.programme.region) for _ in range(2)]
    slots = [
        make_slot(offer=offer, programme=round_.programme, first_day=day)
        for offer in offers
        for day in days
    ]
    entry = make_week_entry(round_, ["holz"], days)
    pin(entry, slots[0], now, RulingKind.BAN)

    got = Proposal.objects.filter(run=final(round_, now), entry=entry, slot__isnull=False)

    assert {p.slot.offer_id for p in got.select_related("slot") if p.slot} == {offers[1].pk}


def test_a_day_of_a_week_is_fixed_and_the_others_follow_the_wishes(now: datetime) -> None:
    round_ = make_week_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))
    days = [date(2027, 3, 22), date(2027, 3, 23)]
    region = round_.programme.region
    one, two = (make_offer(region=region) for _ in range(2))
    fixed = make_slot(offer=one, programme=round_.programme, first_day=days[0])
    free = make_slot(offer=two, programme=round_.programme, first_day=days[1])
    entry = make_week_entry(round_, ["holz"], days)
    pin(entry, fixed, now)

    run = final(round_, now)

    got = {p.slot: p.reason for p in Proposal.objects.filter(run=run).select_related("slot")}
    assert got[fixed] == "office"
    assert got[free] != "office"
    assert run.summary["smallest"] == 5


def test_the_law_holds_for_the_office_too(round_: Round, now: datetime) -> None:
    slot = make_slot(
        programme=round_.programme,
        offer=make_offer(region=round_.programme.region, min_age=18),
    )
    entry = make_list(round_, [])
    with pytest.raises(NotAllowed, match="Mindestalter"):
        pin(entry, slot, now)
    assert not Ruling.objects.exists()


def test_no_more_places_are_fixed_than_there_are_seats(round_: Round, now: datetime) -> None:
    (slot,) = make_slots(round_, 1)
    first, second = make_list(round_, [slot]), make_list(round_, [slot])
    pin(first, slot, now)
    with pytest.raises(NotAllowed, match="von Hand vergeben"):
        pin(second, slot, now)


def test_a_pin_that_lost_its_seat_is_left_out_and_named(round_: Round, now: datetime) -> None:
    (slot,) = make_slots(round_, 1)
    entry = make_list(round_, [slot])
    pin(entry, slot, now)
    Slot.objects.filter(pk=slot.pk).update(taken=1)

    run = final(round_, now)

    assert run.input["locked"] == []
    assert run.input["unmet"] == [[entry.public_id, slot.public_id, "no_seat"]]
    assert place_of(run, entry).slot is None


def test_pin_and_ban_contradict_each_other(round_: Round, now: datetime) -> None:
    (slot,) = make_slots(round_, 1)
    entry = make_list(round_, [slot])
    pin(entry, slot, now, RulingKind.BAN)
    with pytest.raises(NotAllowed, match="Gegenteil"):
        pin(entry, slot, now)
    with pytest.raises(NotAllowed, match="schon so"):
        pin(entry, slot, now, RulingKind.BAN)


def test_a_reason_is_needed_and_who_and_when_are_logged(round_: Round, now: datetime) -> None:
    (slot,) = make_slots(round_, 1)
    entry = make_list(round_, [slot])
    with pytest.raises(NotAllowed, match="Grund"):
        decide(
            round_=round_,
            pupil=entry.pupil,
            slot=slot,
            kind=RulingKind.PIN,
            reason="  ",
            by=SYSTEM,
            at=now,
        )
    ruling = pin(entry, slot, now)
    event = AuditEvent.objects.get(event="ruling_made", object_id=ruling.public_id)
    assert (event.at, event.facts["kind"]) == (now, "pin")
    assert REASON not in str(event.facts)


def test_nothing_is_decided_by_hand_after_publication(now: datetime) -> None:
    round_ = make_seeded_round(phase=RoundPhase.PUBLISHED)
    (slot,) = make_slots(round_, 1)
    entry = make_list(round_, [slot])
    with pytest.raises(NotAllowed, match="veröffentlicht"):
        pin(entry, slot, now)
    ruling = make_ruling(entry=entry, slot=slot)
    with pytest.raises(NotAllowed, match="veröffentlicht"):
        lift_ruling(ruling=ruling, by=SYSTEM, at=now)


def test_a_run_with_rulings_is_verified_and_one_without_them_differs(
    round_: Round, now: datetime
) -> None:
    slots = make_slots(round_, 1, 1)
    entries = [make_list(round_, slots) for _ in range(3)]
    pin(entries[0], slots[1], now)
    run = final(round_, now)
    assert all(check.holds for check in verify(run))
    run.input["locked"] = []
    assert not all(check.holds for check in verify(run))
