"""Decisions by hand before a run: made with a reason, kept for the record when lifted."""

from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.actions.locking import locked_round
from werkpfad.journey.matching.enums import RoundPhase, RulingKind
from werkpfad.journey.matching.models import Entry, Round, Ruling
from werkpfad.journey.matching.queries import phase_of, ruling_problems, with_facts
from werkpfad.region.schools.models import Pupil

OPEN = (RoundPhase.PLANNED, RoundPhase.WISHES, RoundPhase.ALLOCATION)
LONGEST_REASON = 300


class NotAllowed(Exception):
    """The decision cannot be made or lifted; nothing was written. `sentences` say why, in German."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@transaction.atomic
def make_ruling(
    *,
    round_: Round,
    pupil: Pupil,
    slot: Slot,
    kind: RulingKind,
    reason: str,
    by: Actor,
    at: datetime,
) -> Ruling:
    """Fix a place for a pupil, or bar an offer. The law is asked as for everybody; seats are never exceeded.

    Raises `NotAllowed`. Counts from the next run on; stored runs stay what they are.
    """
    stored = _open_round(round_, at=at)
    text = " ".join(reason.split())[:LONGEST_REASON]
    if not text:
        raise NotAllowed("Schreiben Sie den Grund dazu.")
    locked = with_facts(Slot.objects.filter(programme=stored.programme)).get(pk=slot.pk)
    if problems := ruling_problems(stored, pupil, locked, kind):
        raise NotAllowed(*problems)
    entry, _ = Entry.objects.get_or_create(round=stored, pupil=pupil)
    ruling = Ruling.objects.create(
        entry=entry, slot=locked, kind=kind, reason=text, decided_by_id=by.user_id, decided_at=at
    )
    _record("ruling_made", ruling, stored, by=by, at=at)
    return ruling


@transaction.atomic
def lift_ruling(*, ruling: Ruling, by: Actor, at: datetime) -> Ruling:
    """Take a decision back; a second time changes nothing. Raises `NotAllowed` after publication."""
    round_ = _open_round(ruling.entry.round, at=at)
    stored = Ruling.objects.select_for_update().get(pk=ruling.pk)
    if stored.lifted_at is None:
        stored.lifted_at, stored.lifted_by_id = at, by.user_id
        stored.save(update_fields=["lifted_at", "lifted_by_id", "updated_at"])
        _record("ruling_lifted", stored, round_, by=by, at=at)
    return stored


def _open_round(round_: Round, *, at: datetime) -> Round:
    stored = locked_round(round_.pk)
    if phase_of(stored, today=day_of(at)) not in OPEN:
        raise NotAllowed("Das Ergebnis ist veröffentlicht. Schlagen Sie Plätze jetzt einzeln vor.")
    return stored


def _record(event: str, ruling: Ruling, round_: Round, *, by: Actor, at: datetime) -> None:
    record(
        event,
        by=by,
        at=at,
        obj=ruling,
        region_id=round_.programme.region_id,
        kind=ruling.kind,
        round=round_.public_id,
    )
