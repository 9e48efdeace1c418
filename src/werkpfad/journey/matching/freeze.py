"""The input of a run as plain values with one canonical text, so that anyone can recompute it years later.

Nothing in it names a person: entries, slots, schools and companies stand in it as public ids.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkpfad.base.core.school_year import age_on
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.internships.queries import open_slots
from werkpfad.journey.matching.candidates import Place, Seeker, candidates
from werkpfad.journey.matching.enums import Equity
from werkpfad.journey.matching.models import Entry, Round
from werkpfad.journey.matching.queries.wishes import (
    law_obstacles,
    pupil_facts,
    slot_facts,
    with_facts,
)
from werkpfad.journey.matching.rules import PupilFacts, SlotFacts, is_possible, travel_km
from werkpfad.region.schools.models import Pupil

FORMAT = 1
# In a week ranks are those of fields, and every place comes from a field the pupil chose.
NO_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Occupied:
    """What placements hold already: days by pupil (primary keys), and proposed, not yet confirmed seats by slot."""

    days: Mapping[int, frozenset[date]] = field(default_factory=dict)
    seats: Mapping[int, int] = field(default_factory=dict)


def canonical(value: Any) -> str:
    """The one text of a JSON value: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(value: Any) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def freeze(
    round_: Round, *, equity: Equity, seed: int, engine: str, occupied: Occupied
) -> dict[str, Any]:
    """Everything the engine will see. Six queries, whatever the size of the round."""
    programme = round_.programme
    slots = _free_slots(programme, occupied)
    entries = [e for e in _entries(round_) if _is_open(e, programme, occupied)]
    week = programme.kind == ProgrammeKind.WEEK
    pairs, dropped = (
        (_week(round_, entries, slots, occupied), []) if week else _block(round_, entries, slots)
    )
    return {
        "format": FORMAT,
        "engine": engine,
        "kind": str(programme.kind),
        "equity": str(equity),
        "seed": str(seed),
        "last_wish": NO_LIMIT if week else round_.max_wishes,
        "people": sorted(_person(entry, programme, occupied) for entry in entries),
        "slots": sorted(_slot(slot, seats, week) for slot, seats in slots.values()),
        "wishes": sorted(pairs),
        "dropped": sorted(dropped),
    }


def _free_slots(programme: Programme, occupied: Occupied) -> dict[int, tuple[Slot, int]]:
    rows = with_facts(open_slots(programme)).order_by("pk")
    free = {s.pk: (s, s.capacity - s.taken - occupied.seats.get(s.pk, 0)) for s in rows}
    return {pk: pair for pk, pair in free.items() if pair[1] > 0}


def _entries(round_: Round) -> list[Entry]:
    """Entries with wishes count as they stand when the run begins, handed in or not."""
    rows = (
        Entry.objects.filter(round=round_, pupil__left_on__isnull=True)
        .select_related("pupil__school_class__school__organisation", "pupil__profile")
        .prefetch_related(
            "wishes__slot__offer__organisation",
            "wishes__slot__programme__schools",
            "field_wishes__field",
            "pupil__profile__interests__field",
        )
        .order_by("pk")
    )
    return [e for e in rows if e.wishes.all() or e.field_wishes.all()]


def _is_open(entry: Entry, programme: Programme, occupied: Occupied) -> bool:
    taken = occupied.days.get(entry.pupil_id, frozenset())
    return not taken if programme.kind == ProgrammeKind.BLOCK else _wanted(entry, occupied) > 0


def _wanted(entry: Entry, occupied: Occupied) -> int:
    """Days still wanted; confirmed ones count."""
    return max(entry.wanted_days - len(occupied.days.get(entry.pupil_id, ())), 0)


def _person(entry: Entry, programme: Programme, occupied: Occupied) -> list[Any]:
    school = entry.pupil.school_class.school
    priority = school.social_index or 0
    if programme.kind == ProgrammeKind.BLOCK:
        return [entry.public_id, 1, school.public_id, priority, None]
    busy = {day.isoformat() for day in occupied.days.get(entry.pupil_id, ())}
    days = sorted(set(entry.days) - busy)
    return [entry.public_id, _wanted(entry, occupied), school.public_id, priority, days]


def _slot(slot: Slot, seats: int, week: bool) -> list[Any]:
    day = slot.first_day.isoformat() if week else None
    offer = slot.offer
    return [slot.public_id, seats, offer.organisation.public_id, day, offer.main_field.code]


def _km(pupil: PupilFacts, slot: SlotFacts) -> int:
    way = travel_km(pupil, slot)
    return pupil.max_km if way is None else round(way)


def _block(
    round_: Round, entries: list[Entry], slots: dict[int, tuple[Slot, int]]
) -> tuple[list[list[Any]], list[list[Any]]]:
    """Wishes in their ranks, then, where the pupil agrees, places of the profile's fields as a last resort."""
    pairs, dropped, seekers = [], [], []
    facts = {pk: slot_facts(slot) for pk, (slot, _) in slots.items()}
    law = _Law()
    for entry in entries:
        pupil = pupil_facts(entry.pupil)
        for wish in entry.wishes.all():
            known = facts.get(wish.slot_id)
            row = [entry.public_id, wish.slot.public_id, wish.rank]
            fits = known is not None and is_possible(pupil, known)
            if known is None or not fits or law.forbids(entry.pupil, slots[wish.slot_id][0]):
                dropped.append([*row, "no_seat" if known is None else "not_allowed"])
            else:
                pairs.append([*row, _km(pupil, known)])
        if entry.takes_other:
            seekers.append(_seeker(entry, pupil, round_.programme, _profile_fields(entry)))
    found = candidates(seekers, _places(slots))
    by_id = {slot.public_id: slot for slot, _ in slots.values()}
    mine = {entry.public_id: entry.pupil for entry in entries}
    wished = {(row[0], row[1]) for row in [*pairs, *dropped]}
    for person, options in found.items():
        pupil = pupil_facts(mine[person])
        for option in options:
            slot, rank = by_id[option.place], round_.max_wishes + option.field_rank
            fits = is_possible(pupil, facts[slot.pk]) and not law.forbids(mine[person], slot)
            if fits and (person, option.place) not in wished:
                pairs.append([person, option.place, rank, option.km])
    return pairs, dropped


def _week(
    round_: Round,
    entries: list[Entry],
    slots: dict[int, tuple[Slot, int]],
    occupied: Occupied,
) -> list[list[Any]]:
    """Each day of each candidate offer, ranked by the field."""
    by_offer: dict[str, list[tuple[Slot, str, SlotFacts]]] = {}
    for slot, _ in slots.values():
        row = (slot, slot.first_day.isoformat(), slot_facts(slot))
        by_offer.setdefault(slot.offer.public_id, []).append(row)
    pupils = {entry.public_id: pupil_facts(entry.pupil) for entry in entries}
    seekers = []
    for entry in entries:
        ranked = sorted(entry.field_wishes.all(), key=lambda row: row.rank)
        fields = tuple(row.field.code for row in ranked)
        seekers.append(_seeker(entry, pupils[entry.public_id], round_.programme, fields))
    found = candidates(seekers, _places(slots, by_offer=True))
    pairs, law = [], _Law()
    for entry in entries:
        pupil = pupils[entry.public_id]
        busy = {day.isoformat() for day in occupied.days.get(entry.pupil_id, ())}
        days = set(entry.days) - busy
        for option in found[entry.public_id]:
            for slot, day, facts in by_offer[option.place]:
                fits = day in days and is_possible(pupil, facts)
                if fits and not law.forbids(entry.pupil, slot):
                    pairs.append([entry.public_id, slot.public_id, option.field_rank, option.km])
    return pairs


class _Law:
    """Asks the law once for pupils of the same age and duty to attend school."""

    def __init__(self) -> None:
        self._known: dict[tuple[date, bool, int], bool] = {}

    def forbids(self, pupil: Pupil, slot: Slot) -> bool:
        key = (pupil.birth_date, pupil.is_full_time_compulsory, slot.pk)
        if key not in self._known:
            self._known[key] = bool(law_obstacles(pupil, slot))
        return self._known[key]


def _profile_fields(entry: Entry) -> tuple[str, ...]:
    profile = getattr(entry.pupil, "profile", None)
    rows = sorted(profile.interests.all(), key=lambda row: row.rank) if profile else []
    return tuple(row.field.code for row in rows)


def _seeker(
    entry: Entry, pupil: PupilFacts, programme: Programme, fields: tuple[str, ...]
) -> Seeker:
    return Seeker(
        id=entry.public_id,
        home=pupil.home,
        max_km=min(pupil.max_km, programme.max_distance_km),
        age=age_on(pupil.birth_date, programme.first_day),
        fields=fields,
    )


def _places(slots: dict[int, tuple[Slot, int]], *, by_offer: bool = False) -> list[Place]:
    """One place per slot, or per offer with the seats of all its days."""
    places: dict[str, Place] = {}
    for slot, seats in slots.values():
        facts = slot_facts(slot)
        key = slot.offer.public_id if by_offer else slot.public_id
        more = places[key].seats if key in places else 0
        field_code = slot.offer.main_field.code
        places[key] = Place(key, facts.point, field_code, seats + more, facts.min_age)
    return list(places.values())
