from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.placements.enums import ACTIVE, SEATED, Answer, PlacementState, Side
from werkpfad.journey.placements.rules import (
    TRANSITIONS,
    Event,
    Light,
    NotPossible,
    Said,
    Standing,
    Stretch,
    Waiting,
    after,
    all_agree,
    excludes,
    exclusive_key,
    has_seat,
    may,
    next_actor,
    open_sides,
    seat_change,
    traffic_light,
)

T = datetime(2026, 11, 20, tzinfo=UTC)


def said(company: str = "open", pupil: str = "open", school: str = "open") -> list[Said]:
    return [
        Said(Side.COMPANY, company, T + timedelta(days=5)),
        Said(Side.PUPIL, pupil, T + timedelta(days=3)),
        Said(Side.SCHOOL, school, T + timedelta(days=5)),
    ]


def test_table_and_function_agree() -> None:
    for state in PlacementState:
        for event in Event:
            if (state, event) in TRANSITIONS:
                assert may(state, event)
                assert after(state, event) is TRANSITIONS[state, event]
            else:
                assert not may(state, event)
                with pytest.raises(NotPossible):
                    after(state, event)


def test_closed_states_are_final() -> None:
    left = {state for state, _ in TRANSITIONS}
    assert left == {PlacementState.PROPOSED, PlacementState.CONFIRMED}


def test_who_must_act_is_the_earliest_deadline() -> None:
    assert open_sides(said()) == (Side.PUPIL, Side.COMPANY, Side.SCHOOL)
    assert next_actor(said()) is Side.PUPIL
    assert next_actor(said(pupil="yes")) is Side.COMPANY
    assert next_actor(said(pupil="yes", company="yes")) is Side.SCHOOL


def test_nobody_acts_after_a_no_or_three_yes() -> None:
    assert next_actor(said(pupil="no")) is None
    assert next_actor(said("yes", "yes", "yes")) is None


@given(st.tuples(*[st.sampled_from(Answer.values)] * 3))
def test_agreement_needs_all_three(answers: tuple[str, str, str]) -> None:
    assert all_agree(said(*answers)) == (answers == ("yes", "yes", "yes"))


def test_agreement_needs_all_three_sides_present() -> None:
    assert not all_agree(said("yes", "yes", "yes")[:2])


def key(state: str, kind: str = "block", **other: int | date) -> str | None:
    values: dict[str, int | date] = {
        "programme_id": 1,
        "pupil_id": 2,
        "slot_id": 3,
        "first_day": date(2027, 2, 8),
    } | other
    return exclusive_key(state, kind=kind, **values)  # type: ignore[arg-type]


def test_key_only_while_active() -> None:
    assert {s for s in PlacementState if key(s) is not None} == set(ACTIVE)


def test_proposed_is_one_per_pupil_and_slot() -> None:
    assert key("proposed") != key("proposed", slot_id=4)
    assert key("proposed") == key("proposed", programme_id=9)


def test_seated_block_is_one_per_pupil_and_programme() -> None:
    assert key("confirmed") == key("completed") == key("confirmed", slot_id=4)
    assert key("confirmed") != key("confirmed", pupil_id=9)
    assert key("confirmed") != key("confirmed", programme_id=9)


def test_seated_day_is_one_per_pupil_and_day() -> None:
    assert key("confirmed", "week") == key("confirmed", "week", programme_id=9, slot_id=9)
    other = key("confirmed", "week", first_day=date(2027, 2, 9))
    assert key("confirmed", "week") != other


def stretch(kind: str, programme: int, first: int, last: int) -> Stretch:
    return Stretch(kind, programme, date(2027, 2, first), date(2027, 2, last))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (stretch("block", 1, 1, 5), stretch("block", 1, 15, 19), True),
        (stretch("block", 1, 1, 5), stretch("block", 2, 8, 12), False),
        (stretch("block", 1, 1, 5), stretch("week", 2, 5, 5), True),
        (stretch("week", 2, 5, 5), stretch("week", 2, 6, 6), False),
        (stretch("week", 2, 5, 5), stretch("week", 3, 5, 5), True),
    ],
)
def test_what_excludes_what(one: Stretch, other: Stretch, expected: bool) -> None:
    assert excludes(one, other) is expected
    assert excludes(other, one) is expected


@pytest.mark.parametrize(
    ("standing", "light", "waiting"),
    [
        (Standing(), Light.RED, Waiting.PUPIL),
        (Standing(confirmed=1), Light.GREEN, Waiting.NOBODY),
        (Standing(confirmed=1, open_applications=2), Light.GREEN, Waiting.NOBODY),
        (Standing(confirmed=1, wanted=3), Light.AMBER, Waiting.PUPIL),
        (Standing(confirmed=3, wanted=3), Light.GREEN, Waiting.NOBODY),
        (Standing(waiting_for=(Side.SCHOOL,)), Light.AMBER, Waiting.SCHOOL),
        (
            Standing(waiting_for=(Side.PUPIL, Side.SCHOOL), open_applications=1),
            Light.AMBER,
            Waiting.PUPIL,
        ),
        (Standing(open_applications=1), Light.AMBER, Waiting.COMPANY),
        (Standing(in_round=True), Light.AMBER, Waiting.ROUND),
        (Standing(wanted=0), Light.RED, Waiting.PUPIL),
    ],
)
def test_traffic_light(standing: Standing, light: Light, waiting: Waiting) -> None:
    signal = traffic_light(standing)
    assert (signal.light, signal.waiting) == (light, waiting)
    assert signal.sentence.endswith(".")


def test_missing_days_are_counted_in_words() -> None:
    assert "fehlt noch 1 Tag" in traffic_light(Standing(confirmed=2, wanted=3)).sentence
    assert "fehlen noch 2 Tage" in traffic_light(Standing(confirmed=1, wanted=3)).sentence


class SeatsAndPlacements(RuleBasedStateMachine):
    """Any order of proposing, answering, expiring and calling off keeps seats and keys in order.

    The model is the table and the two rules alone; what the actions add is locking (see `test_last_seat`).
    """

    CAPACITY = 2

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0
        self.placements: list[tuple[int, PlacementState]] = []

    def active(self) -> list[int]:
        return [n for n, (_, state) in enumerate(self.placements) if state in ACTIVE]

    def move(self, n: int, event: Event) -> None:
        pupil, before = self.placements[n]
        try:
            then = after(before, event)
        except NotPossible:
            assert (before, event) not in TRANSITIONS
            return
        change = seat_change(before, then)
        if change > 0:
            other_seat = any(p == pupil and s in SEATED for p, s in self.placements)
            if other_seat:
                then, change = after(before, Event.SUPERSEDE), 0
            elif not has_seat(capacity=self.CAPACITY, taken=self.taken):
                then, change = after(before, Event.LOSE_SEAT), 0
        self.taken += change
        self.placements[n] = (pupil, then)

    @rule(pupil=st.integers(1, 4))
    def propose(self, pupil: int) -> None:
        self.placements.append((pupil, PlacementState.PROPOSED))

    @precondition(lambda self: self.placements)
    @rule(data=st.data(), event=st.sampled_from(Event))
    def anything_happens(self, data: st.DataObject, event: Event) -> None:
        self.move(data.draw(st.integers(0, len(self.placements) - 1)), event)

    @precondition(lambda self: self.active())
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        self.move(data.draw(st.sampled_from(self.active())), Event.CONFIRM)

    @invariant()
    def never_overbooked(self) -> None:
        assert 0 <= self.taken <= self.CAPACITY
        assert self.taken == sum(state in SEATED for _, state in self.placements)

    @invariant()
    def seated_keys_are_unique(self) -> None:
        keys = [
            exclusive_key(
                state,
                kind=ProgrammeKind.BLOCK,
                programme_id=1,
                pupil_id=pupil,
                slot_id=1,
                first_day=date(2027, 2, 8),
            )
            for pupil, state in self.placements
            if state in SEATED
        ]
        assert len(keys) == len(set(keys))


TestSeatsAndPlacements = SeatsAndPlacements.TestCase
