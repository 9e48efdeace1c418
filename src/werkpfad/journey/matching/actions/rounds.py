"""Rounds: planned with a programme, moved on by their dates or by hand, each step in the log."""

import secrets
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.base.core.days import day_of
from werkpfad.journey.internships import actions as internships
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.matching.actions.locking import locked_round
from werkpfad.journey.matching.enums import RoundPhase, RunStatus
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries import phase_of, plan_of, rounds_to_advance
from werkpfad.journey.matching.rules import (
    NotValid,
    Problem,
    RoundPlan,
    commitment,
    leftovers_problems,
    next_phase,
    round_problems,
    steps_by_hand,
)


class NotPossible(Exception):
    """The round is not in a phase that allows this; nothing was written."""


@transaction.atomic
def create_round(*, programme: Programme, plan: RoundPlan, by: Actor, at: datetime) -> Round:
    """A round with its lottery seed already drawn; only the seed's SHA-256 is shown until the result is published.

    Raises `NotValid`, or `NotPossible` while another round of the programme is running.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.rounds.exclude(phase=RoundPhase.CLOSED).exists():
        raise NotPossible
    _check(plan, programme, at=at)
    seed = secrets.token_hex(32)
    round_ = Round(programme=programme, seed=seed, seed_commitment=commitment(seed))
    _apply(round_, plan)
    round_.save()
    record(
        "round_created",
        by=by,
        at=at,
        obj=round_,
        region_id=programme.region_id,
        commitment=round_.seed_commitment,
    )
    return round_


@transaction.atomic
def update_round(
    *, round_: Round, plan: RoundPlan, seen_version: int, by: Actor, at: datetime
) -> Round:
    """Change dates and rules until the result is published. A later end of wishes opens the wishes again.

    Raises `NotValid`, `NotPossible`, or `EditConflict` if somebody else saved in the meantime.
    """
    stored = locked_round(round_.pk)
    if stored.phase in (RoundPhase.PUBLISHED, RoundPhase.LEFTOVERS, RoundPhase.CLOSED):
        raise NotPossible
    _check(plan, stored.programme, at=at, before=plan_of(stored))
    before = stored.phase
    _apply(stored, plan)
    if stored.phase == RoundPhase.ALLOCATION and plan.wishes_until >= day_of(at):
        stored.phase = RoundPhase.WISHES
    save_if_unchanged(stored, seen_version=seen_version)
    record(
        "round_changed",
        by=by,
        at=at,
        obj=stored,
        region_id=stored.programme.region_id,
        before=before,
        after=stored.phase,
    )
    return stored


@transaction.atomic
def plan_leftovers(
    *,
    round_: Round,
    leftovers_until: date | None,
    fills_nightly: bool,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> Round:
    """Set or move the end of the leftover market and its nightly proposals, also after the result is published.

    Raises `NotValid`, `NotPossible` once the round is closed, or `EditConflict`.
    """
    stored = locked_round(round_.pk)
    if phase_of(stored, today=day_of(at)) == RoundPhase.CLOSED:
        raise NotPossible
    before = plan_of(stored)
    plan = replace(before, leftovers_until=leftovers_until, fills_nightly=fills_nightly)
    problems = list(leftovers_problems(plan, stored.programme.first_day))
    if (
        leftovers_until != before.leftovers_until
        and leftovers_until
        and leftovers_until < day_of(at)
    ):
        problems.append(Problem("leftovers_until", "Dieser Tag ist schon vorbei."))
    if problems:
        raise NotValid(problems)
    _apply(stored, plan)
    save_if_unchanged(stored, seen_version=seen_version)
    record(
        "round_leftovers",
        by=by,
        at=at,
        obj=stored,
        region_id=stored.programme.region_id,
        until=str(leftovers_until or ""),
        nightly=fills_nightly,
    )
    return stored


@transaction.atomic
def step_round(*, round_: Round, step: str, by: Actor, at: datetime) -> Round:
    """Open or end the wishes by hand, ahead of the dates."""
    stored = locked_round(round_.pk)
    stored.phase = phase_of(stored, today=day_of(at))
    if step not in steps_by_hand(stored.phase):
        raise NotPossible
    _move(stored, step, by=by, at=at)
    return stored


@transaction.atomic
def advance_rounds(*, at: datetime) -> int:
    """Move every round to the phase its dates call for; returns how many moved. Safe to repeat."""
    today = day_of(at)
    moved = 0
    for stored in rounds_to_advance(today=today).select_for_update(of=("self",)):
        phase = phase_of(stored, today=today)
        if phase == stored.phase:
            continue
        _store(stored, phase, "by_date", by=SYSTEM, at=at)
        moved += 1
    return moved


@transaction.atomic
def close_programme(*, programme: Programme, by: Actor, at: datetime) -> Programme:
    """Close a programme with its running round; a computation under way is cancelled, what was agreed stays."""
    for stored in (
        Round.objects.select_for_update()
        .filter(programme=programme)
        .exclude(phase=RoundPhase.CLOSED)
    ):
        stored.runs.filter(status__in=(RunStatus.QUEUED, RunStatus.RUNNING)).update(
            status=RunStatus.CANCELLED, updated_at=at
        )
        _move(stored, "close", by=by, at=at)
    return internships.close_programme(programme=programme, by=by, at=at)


def _move(stored: Round, step: str, *, by: Actor, at: datetime) -> None:
    phase = next_phase(stored.phase, step)
    if phase is None:
        raise NotPossible
    _store(stored, phase, step, by=by, at=at)


def _store(stored: Round, phase: RoundPhase, step: str, *, by: Actor, at: datetime) -> None:
    before, stored.phase = stored.phase, phase
    stored.version += 1
    stored.save(update_fields=["phase", "version", "updated_at"])
    record(
        "round_phase",
        by=by,
        at=at,
        obj=stored,
        region_id=stored.programme.region_id,
        step=step,
        before=before,
        after=str(phase),
    )


def _apply(round_: Round, plan: RoundPlan) -> None:
    round_.wishes_from, round_.wishes_until = plan.wishes_from, plan.wishes_until
    round_.publish_on, round_.confirm_until = plan.publish_on, plan.confirm_until
    round_.min_wishes, round_.max_wishes = plan.min_wishes, plan.max_wishes
    round_.equity = plan.equity
    round_.leftovers_until, round_.fills_nightly = plan.leftovers_until, plan.fills_nightly


def _check(
    plan: RoundPlan, programme: Programme, *, at: datetime, before: RoundPlan | None = None
) -> None:
    problems: list[Problem] = round_problems(
        plan,
        first_day=programme.first_day,
        is_week=programme.kind == ProgrammeKind.WEEK,
        today=day_of(at),
        before=before,
    )
    if problems:
        raise NotValid(problems)
