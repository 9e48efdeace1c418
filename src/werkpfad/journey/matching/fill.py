"""The input of a nightly fill-up: who is still open and what is free, around everything that stands.

Confirmed and proposed places are locked: they never move, and in a week they count as days already reached.
Pairs that somebody declined or let expire are barred, so that nobody is asked the same thing twice.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.enums import Equity
from werkpfad.journey.matching.freeze import Occupied, counted_km, freeze, slot_row
from werkpfad.journey.matching.models import Entry, Round
from werkpfad.journey.matching.queries.wishes import pupil_facts, slot_facts, with_facts

# Why a pair is locked or barred in a frozen input.
HELD, DECLINED = "held", "declined"
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What placements say when a fill-up begins: pairs of primary keys (pupil, slot), and what is occupied."""

    held: frozenset[Pair] = frozenset()
    declined: frozenset[Pair] = frozenset()
    occupied: Occupied = field(default_factory=Occupied)


def freeze_fill(round_: Round, *, seed: int, engine: str, standing: Standing) -> dict[str, Any]:
    """As `freeze`, with what stands and what was declined. Nothing is tentative: a proposal moves for nobody."""
    frozen = freeze(
        round_, equity=Equity(round_.equity), seed=seed, engine=engine, occupied=standing.occupied
    )
    open_ids = {row[0] for row in frozen["people"]}
    entries = {
        entry.pupil_id: entry
        for entry in Entry.objects.filter(round=round_, public_id__in=open_ids).select_related(
            "pupil__school_class__school__organisation", "pupil__profile"
        )
    }
    declined = [pair for pair in standing.declined if pair[0] in entries]
    held = [pair for pair in standing.held if pair[0] in entries]
    ids = [slot for _, slot in (*declined, *held)]
    slots = {s.pk: s for s in with_facts(Slot.objects.filter(pk__in=ids))}
    known = {row[0] for row in frozen["slots"]}
    barred = {(entries[pupil].public_id, slots[slot].public_id) for pupil, slot in declined}
    locked = [row for row in frozen["locked"] if (row[0], row[1]) not in barred]
    frozen["banned"] = sorted(
        [*frozen["banned"], *([p, s, DECLINED] for p, s in barred if s in known)]
    )
    frozen["locked"] = sorted(locked)
    frozen["tentative"] = []
    if round_.programme.kind == ProgrammeKind.WEEK:
        _keep_days(frozen, [(entries[pupil], slots[slot]) for pupil, slot in held])
    return frozen


def _keep_days(frozen: dict[str, Any], held: list[tuple[Entry, Slot]]) -> None:
    """Put the days that pupils have already back into the question, as locked pairs with their seats."""
    days: dict[str, set[str]] = defaultdict(set)
    seats: Counter[str] = Counter()
    rows = {}
    for entry, slot in held:
        days[entry.public_id].add(slot.first_day.isoformat())
        seats[slot.public_id] += 1
        rows[slot.public_id] = slot_row(slot, 0, is_week=True)
        km = counted_km(pupil_facts(entry.pupil), slot_facts(slot))
        frozen["locked"].append([entry.public_id, slot.public_id, HELD, km])
    frozen["locked"].sort()
    frozen["people"] = sorted(
        [person, wants + len(days[person]), school, priority, sorted({*free, *days[person]})]
        for person, wants, school, priority, free in frozen["people"]
    )
    there = {row[0]: row for row in frozen["slots"]}
    for slot_id, count in seats.items():
        row = there.setdefault(slot_id, rows[slot_id])
        row[1] += count
    frozen["slots"] = sorted(there.values())


def held_pairs(frozen: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Pairs that stood before the run; they are no news of it."""
    return {(row[0], row[1]) for row in frozen.get("locked", ()) if row[2] == HELD}


def can_help(frozen: Mapping[str, Any]) -> bool:
    """Whether anybody could get anything: a possible pair that is neither barred nor settled."""
    settled = {(row[0], row[1]) for row in (*frozen["banned"], *frozen["locked"])}
    return any((row[0], row[1]) not in settled for row in frozen["wishes"])
