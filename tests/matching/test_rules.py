"""Phases, wishes, figures and words, without a database."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.rounds import make_plan
from werkpfad.base.core.geo import Point
from werkpfad.journey.matching.enums import Equity, RoundPhase
from werkpfad.journey.matching.rules import (
    Outcome,
    PupilFacts,
    RoundPlan,
    SlotFacts,
    chance,
    commitment,
    crowding,
    field_chance,
    guidance,
    headline,
    is_possible,
    lottery_line,
    next_phase,
    obstacles,
    phase_on,
    round_problems,
    run_seed,
    steps_by_hand,
    submit_problems,
    summarise,
    suppressed,
    telling,
    week_problems,
    why_not,
    worth_of,
)

# A busy machine must not fail a property.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIRST_DAY, TODAY = date(2027, 2, 8), date(2026, 11, 20)
STADE, HAMBURG = Point(53.6, 9.4667), Point(53.55, 10.0)


def problems(plan: RoundPlan, **options: object) -> list[str]:
    values = {"first_day": FIRST_DAY, "is_week": False, "today": TODAY} | options
    return [problem.field for problem in round_problems(plan, **values)]  # type: ignore[arg-type]


def test_a_sensible_plan_has_no_problems() -> None:
    assert problems(make_plan()) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wishes_from": date(2026, 12, 12)}, "wishes_until"),
        ({"publish_on": date(2026, 12, 11)}, "publish_on"),
        ({"confirm_until": date(2026, 12, 15)}, "confirm_until"),
        ({"confirm_until": date(2027, 2, 9)}, "confirm_until"),
        ({"min_wishes": 0}, "min_wishes"),
        ({"max_wishes": 2}, "max_wishes"),
        ({"max_wishes": 31}, "max_wishes"),
    ],
)
def test_each_broken_rule_names_its_field(changes: dict[str, object], field: str) -> None:
    assert problems(make_plan(**changes)) == [field]


def test_a_past_deadline_is_refused_unless_it_stays_as_it_was() -> None:
    plan = make_plan(wishes_from=date(2026, 11, 1), wishes_until=date(2026, 11, 19))
    assert problems(plan) == ["wishes_until"]
    assert problems(plan, before=plan) == []


def test_parity_is_a_rule_of_the_block() -> None:
    assert problems(make_plan(equity=Equity.PARITY)) == []
    assert problems(make_plan(equity=Equity.PARITY), is_week=True) == ["equity"]


@calm
@given(
    st.dates(date(2026, 11, 1), date(2027, 3, 1)),
    st.integers(0, 60),
    st.sampled_from([None, date(2027, 2, 1)]),
)
def test_dates_move_phases_forwards_only_and_never_publish(
    today: date, days: int, leftovers_until: date | None
) -> None:
    order = list(RoundPhase)
    plan = make_plan(leftovers_until=leftovers_until)
    for phase in order:
        now = phase_on(phase, plan, today)
        later = phase_on(phase, plan, today + timedelta(days=days))
        assert order.index(phase) <= order.index(now) <= order.index(later)
        assert phase_on(now, plan, today) == now
        after_result = (RoundPhase.PUBLISHED, RoundPhase.LEFTOVERS, RoundPhase.CLOSED)
        if phase not in after_result:
            assert now not in after_result


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2026, 11, 22), RoundPhase.PLANNED),
        (date(2026, 11, 23), RoundPhase.WISHES),
        (date(2026, 12, 11), RoundPhase.WISHES),
        (date(2026, 12, 12), RoundPhase.ALLOCATION),
        (date(2027, 3, 1), RoundPhase.ALLOCATION),
    ],
)
def test_the_last_day_of_a_phase_belongs_to_it(day: date, phase: RoundPhase) -> None:
    assert phase_on(RoundPhase.PLANNED, make_plan(), day) == phase


@pytest.mark.parametrize(
    ("day", "leftovers_until", "phase"),
    [
        (date(2027, 1, 15), date(2027, 2, 1), RoundPhase.PUBLISHED),
        (date(2027, 1, 16), date(2027, 2, 1), RoundPhase.LEFTOVERS),
        (date(2027, 2, 1), date(2027, 2, 1), RoundPhase.LEFTOVERS),
        (date(2027, 2, 2), date(2027, 2, 1), RoundPhase.CLOSED),
        (date(2027, 1, 16), None, RoundPhase.CLOSED),
    ],
)
def test_leftovers_follow_the_confirmations_where_planned(
    day: date, leftovers_until: date | None, phase: RoundPhase
) -> None:
    plan = make_plan(leftovers_until=leftovers_until)
    assert phase_on(RoundPhase.PUBLISHED, plan, day) == phase


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"leftovers_until": date(2027, 2, 1)}, []),
        ({"leftovers_until": date(2027, 1, 15)}, ["leftovers_until"]),
        ({"leftovers_until": date(2027, 2, 8)}, ["leftovers_until"]),
        ({"fills_nightly": True}, ["leftovers_until"]),
    ],
)
def test_leftovers_lie_between_confirmation_and_internship(
    change: dict[str, Any], wrong: list[str]
) -> None:
    assert problems(make_plan(**change)) == wrong


def test_steps_by_hand_follow_the_table() -> None:
    assert steps_by_hand(RoundPhase.PLANNED) == ["open_wishes"]
    assert steps_by_hand(RoundPhase.WISHES) == ["end_wishes"]
    assert steps_by_hand(RoundPhase.PUBLISHED) == []
    assert next_phase(RoundPhase.WISHES, "publish") is None
    assert next_phase(RoundPhase.ALLOCATION, "publish") == RoundPhase.PUBLISHED


@pytest.mark.parametrize("audience", ["coordinator", "school", "company", "pupil"])
@pytest.mark.parametrize("phase", list(RoundPhase))
def test_each_phase_says_something_to_everybody(phase: RoundPhase, audience: str) -> None:
    told = guidance(phase, audience, make_plan())
    assert told.title
    assert "{" not in told.text


def test_a_rehearsal_and_the_draw_have_different_seeds() -> None:
    seed = "ab" * 32
    assert commitment(seed) == commitment(seed) != commitment("ac" * 32)
    seeds = {run_seed(seed, "final"), run_seed(seed, "dry:a"), run_seed(seed, "dry:b")}
    assert len(seeds) == 3
    assert all(0 <= value < 2**63 for value in seeds)


def pupil(**changes: object) -> PupilFacts:
    values: dict[str, object] = {
        "region_id": 1,
        "school_id": 1,
        "birth_date": date(2012, 2, 8),
        "grade": 9,
        "home": STADE,
        "max_km": 15,
    }
    return PupilFacts(**values | changes)  # type: ignore[arg-type]


def slot(**changes: object) -> SlotFacts:
    values: dict[str, object] = {
        "region_id": 1,
        "first_day": FIRST_DAY,
        "min_age": 15,
        "point": STADE,
        "is_published": True,
        "is_open": True,
        "free": 1,
        "grades": (9, 10),
        "school_ids": frozenset({1}),
        "max_km": 25,
    }
    return SlotFacts(**values | changes)  # type: ignore[arg-type]


def test_a_fifteenth_birthday_on_the_first_day_is_old_enough() -> None:
    assert obstacles(pupil(), slot()) == []
    assert [o.code for o in obstacles(pupil(birth_date=date(2012, 2, 9)), slot())] == ["age"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"region_id": 2}, "closed"),
        ({"is_open": False}, "closed"),
        ({"is_published": False}, "offline"),
        ({"free": 0}, "full"),
        ({"school_ids": frozenset({2})}, "school"),
        ({"grades": (8,)}, "grade"),
        ({"min_age": 16}, "age"),
    ],
)
def test_each_hard_obstacle_has_its_code(changes: dict[str, object], code: str) -> None:
    found = obstacles(pupil(), slot(**changes))
    assert [o.code for o in found] == [code]
    assert not is_possible(pupil(), slot(**changes))


def test_distance_only_warns_and_an_unknown_way_does_not() -> None:
    far = obstacles(pupil(), slot(point=HAMBURG))
    assert [(o.code, o.is_hard) for o in far] == [("far", False)]
    assert is_possible(pupil(), slot(point=HAMBURG))
    assert obstacles(pupil(home=None), slot(point=HAMBURG)) == []
    assert obstacles(pupil(), slot(school_ids=frozenset())) == []


def test_chances_are_told_as_they_are() -> None:
    assert chance(12, 2) == "12 Wünsche für 2 Plätze"
    assert chance(2, 1) == "2 Wünsche für 1 Platz"
    assert chance(1, 2) == "2 Plätze, bisher wünscht sich das sonst niemand"
    assert [crowding(n, 2) for n in (0, 2, 6, 7)] == ["grey", "green", "amber", "red"]


def test_a_list_is_complete_from_the_least_to_the_most() -> None:
    assert submit_problems(3, min_wishes=3, max_wishes=5) == []
    assert "noch einen Platz" in submit_problems(2, min_wishes=3, max_wishes=5)[0].message
    assert "noch 3 Plätze" in submit_problems(0, min_wishes=3, max_wishes=5)[0].message
    assert submit_problems(6, min_wishes=3, max_wishes=5)


def test_a_week_wants_no_more_days_than_suit() -> None:
    days = [date(2027, 3, 22), date(2027, 3, 23)]
    rules = {"possible": days, "max_days": 3}
    assert week_problems(["holz"], days, 2, **rules) == []  # type: ignore[arg-type]
    fields = [p.field for p in week_problems([], days, 3, **rules)]  # type: ignore[arg-type]
    assert fields == ["fields", "wanted_days"]
    other = week_problems(["holz"], [date(2027, 4, 1)], 1, **rules)  # type: ignore[arg-type]
    assert [p.field for p in other] == ["days"]


@calm
@given(st.lists(st.integers(0, 40), max_size=12), st.integers(2, 8))
def test_no_small_cell_is_shown_and_none_follows_from_the_sum(counts: list[int], k: int) -> None:
    shown = suppressed(counts, k)
    hidden = [count for count, cell in zip(counts, shown, strict=True) if cell is None]
    assert all(cell is None or cell == count for count, cell in zip(counts, shown, strict=True))
    assert all(cell is None or cell == 0 or cell >= k for cell in shown)
    if hidden and any(cell for cell in shown):
        assert len(hidden) > 1
        assert sum(hidden) >= k


def outcome(school: str, form: str, rank: int | None, *, placed: bool = True) -> Outcome:
    ranks = (rank,) if placed else ()
    return Outcome(school, f"Schule {school}", form, 1, ranks, (3.0,) if placed else ())


def test_few_without_a_place_are_hidden_in_every_table() -> None:
    rows = [outcome("a", "Oberschule", 1) for _ in range(30)]
    rows += [outcome("a", "Oberschule", None, placed=False) for _ in range(2)]
    rows += [outcome("b", "Gymnasium", 2) for _ in range(20)]

    summary = summarise(rows, smallest=5)

    assert (summary["people"], summary["placed"], summary["without"]) == (52, None, None)
    assert summary["few"] == "without"
    assert [row["without"] for row in summary["schools"]] == [None, 0]
    assert [row["without"] for row in summary["forms"]] == [0, None]


def test_a_form_does_not_reveal_the_one_hidden_school_in_it() -> None:
    """B is hidden beside A; as the only hidden school of its form it could be worked out from the form's sum."""
    rows = [outcome("a", "Hauptschule", 1) for _ in range(20)]
    rows += [outcome("a", "Hauptschule", None, placed=False) for _ in range(2)]
    for school, missing in (("b", 6), ("c", 9)):
        rows += [outcome(school, "Oberschule", 1) for _ in range(20)]
        rows += [outcome(school, "Oberschule", None, placed=False) for _ in range(missing)]

    summary = summarise(rows, smallest=5)

    assert {row["key"]: row["without"] for row in summary["schools"]} == {
        "a": None,
        "b": None,
        "c": 9,
    }
    assert [row["without"] for row in summary["forms"]] == [None, None]


def test_results_speak_plainly() -> None:
    assert headline({"wishes": 5}, rank=1, has_place=True) == "Das ist dein erster Wunsch!"
    assert headline({"wishes": 5}, rank=3, has_place=True) == "Das ist dein 3. Wunsch von 5."
    assert "Berufsfeld" in headline({"kind": "week"}, rank=2, has_place=True)
    assert "noch nicht geklappt" in headline({"code": "lottery"}, rank=None, has_place=False)
    assert "keine Wünsche" in headline({"code": "no_wish"}, rank=None, has_place=False)
    assert why_not("something new") == "Dieser Platz ging an jemand anderen."


def test_the_lottery_number_is_told_where_the_lottery_decided() -> None:
    facts = {"lottery": 7, "people": 30, "refused": [{"code": "lottery"}]}
    assert lottery_line(facts).startswith("Deine Losnummer war 7 von 30.")
    assert lottery_line(facts | {"refused": [{"code": "placed"}]}) == ""


def test_a_field_of_a_week_has_a_chance_of_its_own() -> None:
    assert field_chance(12, 30) == "12 Wünsche für 30 Plätze"
    assert field_chance(1, 1) == "1 Wunsch für 1 Platz"
    assert field_chance(3, 0) == "3 Wünsche für keinen Platz"
    assert field_chance(0, 2) == "bisher wünscht sich das niemand, 2 Plätze"


def test_refusals_that_only_follow_from_the_own_places_are_not_told() -> None:
    rows = [
        {"rank": 1, "slot": "a", "code": "wishes"},
        {"rank": 1, "slot": "b", "code": "day_taken"},
        {"rank": 3, "slot": "c", "code": "lottery"},
    ]
    assert [row["slot"] for row in telling(rows, best=2)] == ["a"]
    assert [row["slot"] for row in telling(rows, best=None)] == ["a", "c"]


def test_the_worth_of_a_seat_is_told_by_the_first_thing_that_improves() -> None:
    assert worth_of([("unplaced", -1), ("wishes", 3)]).places_somebody
    assert worth_of([("wishes", -1)]).text == "Wünsche gehen besser auf: zusammen ein Rang."
    rows = [worth_of([("travel", -9)]), worth_of([("wishes", -2)]), worth_of([("unplaced", -1)])]
    assert [row.text[:5] for row in sorted(rows, key=lambda row: row.order)] == [
        "Eine ",
        "Wünsc",
        "Die W",
    ]
