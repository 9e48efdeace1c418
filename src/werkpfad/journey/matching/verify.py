"""A stored run as a record, and the check of it: every hash and every byte of the result, computed anew."""

from typing import Any

from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.queries import purpose_of
from werkpfad.journey.matching.record import FORMAT, Check, verify_record

SECRET_IN = (RoundPhase.PLANNED, RoundPhase.WISHES, RoundPhase.ALLOCATION)


def record_of(run: Run, *, secret: bool = False) -> dict[str, Any]:
    """Everything that is needed to recompute the run, as JSON. Persons stand in it as ids that mean nothing elsewhere.

    The round's seed is left out until the result is published, unless `secret` asks for it.
    """
    hidden = run.round.phase in SECRET_IN and not secret
    return {
        "format": FORMAT,
        "run": run.public_id,
        "kind": run.kind,
        "purpose": purpose_of(run),
        "seed": run.seed,
        "seed_commitment": run.round.seed_commitment,
        "round_seed": "" if hidden else run.round.seed,
        "engine_version": run.engine_version,
        "input": run.input,
        "input_hash": run.input_hash,
        "result": run.result,
        "result_hash": run.result_hash,
    }


def verify(run: Run) -> list[Check]:
    """All checks of `record.verify_record`; here the seed is known."""
    return verify_record(record_of(run, secret=True))
