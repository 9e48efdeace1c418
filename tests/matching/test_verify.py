"""`werkpfad round verify`: an honest run passes, any change of a stored byte fails."""

from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories.rounds import make_list, make_seeded_round, make_slots
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.matching.actions import execute, request_run
from werkpfad.journey.matching.enums import RoundPhase, RunKind
from werkpfad.journey.matching.models import Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(now: datetime) -> Run:
    round_ = make_seeded_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))
    slots = make_slots(round_, 1, 1)
    for _ in range(3):
        make_list(round_, slots)
    found = request_run(round_=round_, kind=RunKind.FINAL, by=SYSTEM, at=now)
    execute(run_id=found.public_id, at=now)
    found.refresh_from_db()
    return found


def output(run_id: str) -> str:
    out = StringIO()
    call_command("round", "verify", run_id, stdout=out)
    return out.getvalue()


def test_an_honest_run_is_verified(run: Run) -> None:
    text = output(run.public_id)
    assert "FAIL" not in text
    assert text.endswith(f"verified {run.result_hash}\n")


@pytest.mark.parametrize("part", ["input", "result", "seed", "commitment"])
def test_a_changed_byte_is_found(run: Run, part: str) -> None:
    if part == "input":
        run.input["slots"][0][1] += 1
    elif part == "result":
        run.result["assignments"] = run.result["assignments"][:1]
    elif part == "seed":
        run.seed = "1"
    else:
        run.round.seed_commitment = "0" * 64
        run.round.save()
    run.save()
    with pytest.raises(CommandError, match="Not verified"):
        output(run.public_id)


def test_unknown_and_unfinished_runs_are_named(run: Run) -> None:
    with pytest.raises(CommandError, match="There is no run"):
        output("nothing")
    Run.objects.filter(pk=run.pk).update(result={})
    with pytest.raises(CommandError, match="no result"):
        output(run.public_id)
