"""When a round is in which phase, what its dates must fulfil, and how its lottery is fixed beforehand."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from werkpfad.journey.internships.rules import Problem
from werkpfad.journey.matching.enums import Equity, RoundPhase, RunStage

STEPS: dict[tuple[str, str], RoundPhase] = {
    (RoundPhase.PLANNED, "open_wishes"): RoundPhase.WISHES,
    (RoundPhase.WISHES, "end_wishes"): RoundPhase.ALLOCATION,
    (RoundPhase.ALLOCATION, "publish"): RoundPhase.PUBLISHED,
    (RoundPhase.PLANNED, "close"): RoundPhase.CLOSED,
    (RoundPhase.WISHES, "close"): RoundPhase.CLOSED,
    (RoundPhase.ALLOCATION, "close"): RoundPhase.CLOSED,
    (RoundPhase.PUBLISHED, "withdraw"): RoundPhase.ALLOCATION,
    (RoundPhase.PUBLISHED, "close"): RoundPhase.CLOSED,
    (RoundPhase.LEFTOVERS, "close"): RoundPhase.CLOSED,
}
# What a coordinator may do by hand in each phase; publishing has its own page.
BY_HAND: dict[str, str] = {
    "open_wishes": "Wunschabgabe jetzt öffnen",
    "end_wishes": "Wunschabgabe jetzt beenden",
}


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a coordinator decides about a round. All dates are included in their phase.

    Without `leftovers_until` there is no leftover market and no nightly fill-up.
    """

    wishes_from: date
    wishes_until: date
    publish_on: date
    confirm_until: date
    min_wishes: int
    max_wishes: int
    equity: Equity
    leftovers_until: date | None = None
    fills_nightly: bool = False


def next_phase(phase: str, step: str) -> RoundPhase | None:
    """The phase after `step`; None if the step is not possible."""
    return STEPS.get((phase, step))


def steps_by_hand(phase: str) -> list[str]:
    return [step for step in BY_HAND if (phase, step) in STEPS]


def phase_on(phase: str, plan: RoundPlan, today: date) -> RoundPhase:
    """The phase that holds on `today`: the stored one, moved on by the dates. Publishing is never automatic."""
    if phase == RoundPhase.PLANNED and today >= plan.wishes_from:
        phase = RoundPhase.WISHES
    if phase == RoundPhase.WISHES and today > plan.wishes_until:
        phase = RoundPhase.ALLOCATION
    if phase == RoundPhase.PUBLISHED and today > plan.confirm_until:
        phase = RoundPhase.LEFTOVERS
    if phase == RoundPhase.LEFTOVERS and (
        plan.leftovers_until is None or today > plan.leftovers_until
    ):
        phase = RoundPhase.CLOSED
    return RoundPhase(phase)


def round_problems(
    plan: RoundPlan,
    *,
    first_day: date,
    is_week: bool,
    today: date,
    before: RoundPlan | None = None,
) -> list[Problem]:
    """All broken rules. `first_day` is the programme's; dates unchanged since `before` may lie in the past."""
    problems = [
        *_order_problems(plan, first_day),
        *_past_problems(plan, today, before),
        *_number_problems(plan),
    ]
    if is_week and plan.equity == Equity.PARITY:
        problems.append(Problem("equity", "Diese Regel gibt es nur für das Blockpraktikum."))
    return problems


def _order_problems(plan: RoundPlan, first_day: date) -> Iterable[Problem]:
    if plan.wishes_until < plan.wishes_from:
        yield Problem("wishes_until", "Die Wunschabgabe endet, bevor sie beginnt.")
    if plan.publish_on <= plan.wishes_until:
        yield Problem("publish_on", "Veröffentlicht wird frühestens am Tag nach der Wunschabgabe.")
    if plan.confirm_until <= plan.publish_on:
        yield Problem(
            "confirm_until", "Für die Bestätigung bleibt nach der Veröffentlichung kein Tag."
        )
    if plan.confirm_until > first_day:
        yield Problem("confirm_until", "Bestätigt werden muss, bevor das Praktikum beginnt.")
    yield from leftovers_problems(plan, first_day)


def leftovers_problems(plan: RoundPlan, first_day: date) -> Iterable[Problem]:
    """The leftover market lies between the confirmations and the internship."""
    until = plan.leftovers_until
    if until is None:
        if plan.fills_nightly:
            text = "Die nächtliche Nachvermittlung braucht eine Restplatzbörse."
            yield Problem("leftovers_until", text)
        return
    if until <= plan.confirm_until:
        yield Problem("leftovers_until", "Die Restplatzbörse beginnt erst nach der Bestätigung.")
    if until >= first_day:
        yield Problem("leftovers_until", "Die Restplatzbörse endet, bevor das Praktikum beginnt.")


def _past_problems(plan: RoundPlan, today: date, before: RoundPlan | None) -> Iterable[Problem]:
    for name, message in (
        ("wishes_until", "Dieser Tag ist schon vorbei: Niemand könnte mehr Wünsche abgeben."),
        ("publish_on", "Dieser Tag ist schon vorbei."),
        ("confirm_until", "Dieser Tag ist schon vorbei."),
        ("leftovers_until", "Dieser Tag ist schon vorbei."),
    ):
        day: date | None = getattr(plan, name)
        if day is None:
            continue
        if day < today and (before is None or getattr(before, name) != day):
            yield Problem(name, message)


def _number_problems(plan: RoundPlan) -> Iterable[Problem]:
    if not 1 <= plan.min_wishes <= 30:
        yield Problem("min_wishes", "Mindestens 1, höchstens 30 Wünsche.")
    if not plan.min_wishes <= plan.max_wishes <= 30:
        yield Problem("max_wishes", "Höchstens 30 Wünsche, und nicht weniger als das Mindeste.")


def commitment(seed: str) -> str:
    """What is published when the round is created: SHA-256 of the seed's text, 64 hex characters."""
    return hashlib.sha256(seed.encode()).hexdigest()


def run_seed(seed: str, purpose: str) -> int:
    """The engine's seed (63 bits) of one run: "final", "fill:<date>", or "dry:<public id>", so that a rehearsal tells
    nothing about the real draw. Anyone can recompute it: the first 8 bytes of SHA-256("<seed>:<purpose>"), halved.
    """
    digest = hashlib.sha256(f"{seed}:{purpose}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


_PROGRESS = {
    RunStage.PREPARE: 10,
    RunStage.SOLVE: 30,
    RunStage.PROVE: 60,
    RunStage.EXPLAIN: 80,
    RunStage.STORE: 95,
}


def progress_of(stage: RunStage) -> int:
    """Per cent shown when a stage begins. A guess about the time left, not a promise."""
    return _PROGRESS[stage]
