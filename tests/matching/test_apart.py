"""The computation in a process of its own: the same bytes, progress on the way, and an end when nobody waits."""

from datetime import date, datetime

import pytest

from tests.factories.rounds import make_list, make_seeded_round, make_slots
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.matching.actions import begin_run, cancel_run, note_stage, request_run
from werkpfad.journey.matching.apart import NotComputed, NotWanted, compute_apart
from werkpfad.journey.matching.engine import compute
from werkpfad.journey.matching.enums import RoundPhase, RunKind, RunStage, RunStatus
from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.record import canonical
from werkpfad.journey.matching.tasks import compute_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(now: datetime) -> Run:
    round_ = make_seeded_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))
    slots = make_slots(round_, 1, 1)
    for _ in range(3):
        make_list(round_, slots)
    return request_run(round_=round_, kind=RunKind.FINAL, by=SYSTEM, at=now)


def test_another_process_gives_the_same_bytes_and_says_where_it_is(run: Run) -> None:
    stages: list[str] = []
    found = compute_apart(run.input, report=stages.append, is_wanted=lambda: True)
    assert canonical(found) == canonical(compute(run.input))
    assert stages == ["solve", "prove", "explain"]


def test_a_result_nobody_waits_for_is_not_computed_on(run: Run) -> None:
    with pytest.raises(NotWanted):
        compute_apart(run.input, report=lambda stage: None, is_wanted=lambda: False)


def test_an_error_of_the_engine_is_handed_over_in_words(run: Run) -> None:
    broken = {**run.input, "slots": [[*row[:1], -1, *row[2:]] for row in run.input["slots"]]}
    with pytest.raises(NotComputed, match="capacity"):
        compute_apart(broken, report=lambda stage: None, is_wanted=lambda: True)


def test_a_large_run_goes_through_its_own_process(run: Run) -> None:
    compute_run(run.public_id, inline=0)
    run.refresh_from_db()
    assert (run.status, run.stage, run.progress) == (RunStatus.DONE, RunStage.STORE, 100)
    assert canonical(run.result) == canonical(compute(run.input))


def test_progress_never_goes_back_and_ends_with_the_run(run: Run, now: datetime) -> None:
    begun = begin_run(run_id=run.public_id, at=now)
    assert begun is not None
    attempt = begun[0]
    note_stage(run_id=run.public_id, attempt=attempt, stage=RunStage.PROVE)
    note_stage(run_id=run.public_id, attempt=attempt, stage=RunStage.SOLVE)
    run.refresh_from_db()
    assert (run.stage, run.progress) == (RunStage.PROVE, 60)
    cancel_run(run=run, by=SYSTEM, at=now)
    note_stage(run_id=run.public_id, attempt=attempt, stage=RunStage.STORE)
    run.refresh_from_db()
    assert (run.status, run.stage) == (RunStatus.CANCELLED, RunStage.PROVE)
