"""Whether a stored run says the truth about itself: every hash and every byte of the result, computed anew."""

from dataclasses import dataclass

from werkpfad.journey.matching.engine import ENGINE_VERSION, compute
from werkpfad.journey.matching.enums import RunKind
from werkpfad.journey.matching.freeze import canonical, digest
from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.rules import commitment, run_seed


@dataclass(frozen=True, slots=True)
class Check:
    """One statement about a run and whether it holds; `note` says what differs."""

    name: str
    holds: bool
    note: str = ""


def verify(run: Run) -> list[Check]:
    """All checks, cheap ones first. Recomputes the allocation from the frozen input alone."""
    round_ = run.round
    purpose = "final" if run.kind == RunKind.FINAL else f"dry:{run.public_id}"
    checks = [
        Check("seed matches the commitment", commitment(round_.seed) == round_.seed_commitment),
        Check("run seed follows from the seed", str(run_seed(round_.seed, purpose)) == run.seed),
        Check("input carries the run seed", run.input.get("seed") == run.seed),
        Check("input hash", digest(run.input) == run.input_hash),
        Check("result hash", digest(run.result) == run.result_hash),
        Check("engine version", run.engine_version == ENGINE_VERSION, f"this is {ENGINE_VERSION}"),
    ]
    again = compute(run.input)
    same = canonical(again) == canonical(run.result)
    return [*checks, Check("result recomputed to the byte", same, digest(again))]
