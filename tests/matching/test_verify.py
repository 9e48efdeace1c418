"""`werkpfad round verify`: an honest run passes, any change of a stored byte fails."""

import json
import os
import subprocess
import sys
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories.journey import NOW
from tests.factories.rounds import make_list, make_seeded_round, make_slots
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.matching.actions import execute, mark_run_published, request_run
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


@pytest.fixture
def exported(run: Run, tmp_path: Path) -> Path:
    mark_run_published(run=run, by=SYSTEM, at=NOW)
    out = StringIO()
    call_command("round", "export", run.public_id, stdout=out)
    path = tmp_path / "run.json"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def test_an_exported_record_is_verified_without_database_and_settings(exported: Path) -> None:
    command = [sys.executable, "-m", "werkpfad.journey.matching.record", str(exported)]
    bare = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ.get("PATH", "")}
    done = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "ok   result recomputed to the byte"

    changed = json.loads(exported.read_text(encoding="utf-8"))
    changed["result"]["assignments"].pop()
    exported.write_text(json.dumps(changed), encoding="utf-8")
    done = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "FAIL result hash" in done.stdout


def test_a_file_is_verified_by_the_command(exported: Path) -> None:
    out = StringIO()
    call_command("round", "verify", file=str(exported), stdout=out)
    assert "FAIL" not in out.getvalue()
    assert "verified" in out.getvalue()


def test_the_seed_stays_secret_until_the_result_is_published(run: Run, tmp_path: Path) -> None:
    out = StringIO()
    call_command("round", "export", run.public_id, stdout=out)
    assert run.round.seed not in out.getvalue()
    path = tmp_path / "early.json"
    path.write_text(out.getvalue(), encoding="utf-8")
    told = StringIO()
    call_command("round", "verify", file=str(path), stdout=told)
    assert "still secret" in told.getvalue()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"format": "werkpfad run 1"}', "[" * 100_000, '{"a": NaN}'],
)
def test_a_broken_file_gets_one_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="is no record of a run"):
        call_command("round", "verify", file=str(path))


def test_a_missing_file_or_name_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("round", "verify", file=str(tmp_path / "none.json"))
    with pytest.raises(CommandError, match="Name one run"):
        call_command("round", "verify")


def test_unknown_and_unfinished_runs_are_named(run: Run) -> None:
    with pytest.raises(CommandError, match="There is no run"):
        output("nothing")
    Run.objects.filter(pk=run.pk).update(result={})
    with pytest.raises(CommandError, match="no result"):
        output(run.public_id)
