"""The office's decisions by hand as pairs of a frozen input: what is fixed, what is barred, what cannot be met."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.enums import RulingKind
from werkpfad.journey.matching.models import Entry, Ruling

# Why a pair is fixed or barred; further reasons belong to later runs of a round.
OFFICE = "office"


@dataclass(slots=True)
class Fixed:
    """Rows of a frozen input: `locked` and `banned` are (entry, slot, why), `unmet` (entry, slot, code)."""

    locked: list[list[Any]] = field(default_factory=list)
    banned: list[list[Any]] = field(default_factory=list)
    unmet: list[list[Any]] = field(default_factory=list)

    def count(self, entry: str) -> int:
        """How many places are fixed for this entry."""
        return sum(row[0] == entry for row in self.locked)


def fixed(
    rulings: Iterable[Ruling],
    entries: Iterable[Entry],
    slots: Mapping[int, tuple[Slot, int]],
    obstacle: Callable[[Entry, Slot], str],
) -> Fixed:
    """Rulings in the order in which they were made. `slots` are free seats by primary key of the slot.

    `obstacle` says why a pupil may not have a slot at all (empty: nothing in the way). A pin that cannot be met
    any more (law, no seat left, a place in between) is left out and named in `unmet`; nothing else suffers from it.
    """
    found, open_entries = Fixed(), {entry.pk: entry for entry in entries}
    seats: Counter[int] = Counter()
    held: dict[int, list[Slot]] = defaultdict(list)
    for ruling in sorted(rulings, key=lambda row: row.pk):
        entry = open_entries.get(ruling.entry_id)
        if ruling.kind == RulingKind.BAN:
            found.banned += _barred(entry, ruling.slot.offer_id, slots)
            continue
        code = _unmet(entry, ruling.slot, slots, seats, held) or (
            obstacle(entry, slots[ruling.slot_id][0]) if entry is not None else ""
        )
        if code or entry is None:
            found.unmet.append([ruling.entry.public_id, ruling.slot.public_id, code])
            continue
        seats[ruling.slot_id] += 1
        held[entry.pk].append(ruling.slot)
        found.locked.append([entry.public_id, ruling.slot.public_id, OFFICE])
    return found


def _barred(
    entry: Entry | None, offer_id: int, slots: Mapping[int, tuple[Slot, int]]
) -> list[list[Any]]:
    if entry is None:
        return []
    mine = [slot for slot, _ in slots.values() if slot.offer_id == offer_id]
    return [[entry.public_id, slot.public_id, OFFICE] for slot in mine]


def _unmet(
    entry: Entry | None,
    slot: Slot,
    slots: Mapping[int, tuple[Slot, int]],
    seats: Mapping[int, int],
    held: Mapping[int, list[Slot]],
) -> str:
    if entry is None:
        return "has_place"
    if slot.pk not in slots or seats.get(slot.pk, 0) >= slots[slot.pk][1]:
        return "no_seat"
    company = slot.offer.organisation_id
    for other in held.get(entry.pk, ()):
        if other.first_day <= slot.last_day and slot.first_day <= other.last_day:
            return "day_taken"
        if other.offer.organisation_id == company:
            return "company_taken"
    return ""
