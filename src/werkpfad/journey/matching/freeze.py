"""The input of a run as plain values with one canonical text, so that anyone can recompute it years later.

Nothing in it names a person: entries, slots, schools and companies stand in it as public ids.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from werkpfad.base.core.geo import Point
from werkpfad.base.core.school_year import age_on
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.internships.queries import days_of, open_slots
from werkpfad.journey.matching.candidates import Place, Seeker, candidates
from werkpfad.journey.matching.enums import Equity, RulingKind
from werkpfad.journey.matching.fixed import Fixed, fixed
from werkpfad.journey.matching.models import Entry, Round, Ruling
from werkpfad.journey.matching.queries.wishes import (
    law_obstacles,
    pupil_facts,
    slot_facts,
    with_facts,
)
from werkpfad.journey.matching.rules import (
    PupilFacts,
    SlotFacts,
    Variation,
    is_possible,
    travel_km,
)
from werkpfad.region.schools.models import Pupil

# 2: pairs fixed or barred by hand, what a trial varies, what one more seat would change.
FORMAT = 2
# In a week ranks are those of fields, and every place comes from a field the pupil chose.
NO_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Occupied:
    """What placements hold already: days by pupil (primary keys), and proposed, not yet confirmed seats by slot."""

    days: Mapping[int, frozenset[date]] = field(default_factory=dict)
    seats: Mapping[int, int] = field(default_factory=dict)


class _Law:
    """Asks the law once for pupils of the same age and duty to attend school."""

    def __init__(self) -> None:
        self._known: dict[tuple[date, bool, int], bool] = {}

    def forbids(self, pupil: Pupil, slot: Slot) -> bool:
        key = (pupil.birth_date, pupil.is_full_time_compulsory, slot.pk)
        if key not in self._known:
            self._known[key] = bool(law_obstacles(pupil, slot))
        return self._known[key]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every step of freezing reads: the round, free seats by slot, what is varied, the law asked once."""

    round: Round
    slots: dict[int, tuple[Slot, int]]
    occupied: Occupied
    variation: Variation
    days: tuple[str, ...]
    law: _Law

    @property
    def programme(self) -> Programme:
        return self.round.programme

    @property
    def is_week(self) -> bool:
        return self.programme.kind == ProgrammeKind.WEEK


def freeze(
    round_: Round,
    *,
    equity: Equity,
    seed: int,
    engine: str,
    occupied: Occupied,
    variation: Variation | None = None,
) -> dict[str, Any]:
    """Everything the engine will see. Eight queries, whatever the size of the round."""
    varied = variation or Variation()
    slots = _free_slots(round_.programme, occupied, dict(varied.seats))
    days = tuple(day.isoformat() for day in days_of(round_.programme))
    scene = _Scene(round_, slots, occupied, varied, days, _Law())
    rulings = list(
        Ruling.objects.filter(entry__round=round_, lifted_at__isnull=True)
        .select_related("entry", "slot__offer")
        .order_by("pk")
    )
    pinned = {row.entry_id for row in rulings if row.kind == RulingKind.PIN}
    entries = [e for e in _entries(round_, pinned) if _is_open(e, scene)]
    pins = fixed(rulings, entries, slots, lambda entry, slot: _obstacle(scene, entry, slot))
    pairs, dropped = (_week(scene, entries), []) if scene.is_week else _block(scene, entries)
    frozen = {
        "format": FORMAT,
        "engine": engine,
        "kind": str(round_.programme.kind),
        "equity": varied.equity or str(equity),
        "seed": str(seed),
        "last_wish": NO_LIMIT if scene.is_week else round_.max_wishes,
        "people": sorted(_person(scene, entry, pins) for entry in entries),
        "slots": sorted([*_slots(scene), *_new_slots(scene)]),
        "wishes": sorted(pairs),
        "dropped": sorted(dropped),
        "locked": sorted(_with_ways(scene, entries, pins)),
        "banned": sorted(pins.banned),
        "unmet": sorted(pins.unmet),
    }
    return frozen | ({"variation": varied.stored()} if varied.stored() else {})


def _free_slots(
    programme: Programme, occupied: Occupied, more: Mapping[str, int]
) -> dict[int, tuple[Slot, int]]:
    """Free seats by primary key, `more` (by public id) included."""
    rows = with_facts(open_slots(programme)).order_by("pk")
    free = {
        s.pk: (s, s.capacity - s.taken - occupied.seats.get(s.pk, 0) + more.get(s.public_id, 0))
        for s in rows
    }
    return {pk: pair for pk, pair in free.items() if pair[1] > 0}


def _entries(round_: Round, pinned: Collection[int]) -> list[Entry]:
    """Entries with wishes count as they stand when the run begins, handed in or not; so do those with a fixed place."""
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
    return [e for e in rows if e.wishes.all() or e.field_wishes.all() or e.pk in pinned]


def _is_open(entry: Entry, scene: _Scene) -> bool:
    taken = scene.occupied.days.get(entry.pupil_id, frozenset())
    return _wanted(entry, scene.occupied) > 0 if scene.is_week else not taken


def _wanted(entry: Entry, occupied: Occupied) -> int:
    """Days still wanted; confirmed ones count."""
    return max(entry.wanted_days - len(occupied.days.get(entry.pupil_id, ())), 0)


def _busy(scene: _Scene, entry: Entry) -> set[str]:
    return {day.isoformat() for day in scene.occupied.days.get(entry.pupil_id, ())}


def _obstacle(scene: _Scene, entry: Entry, slot: Slot) -> str:
    """Why the office may not fix this place for this pupil; empty if it may."""
    if scene.is_week and slot.first_day.isoformat() in _busy(scene, entry):
        return "day_taken"
    possible = is_possible(pupil_facts(entry.pupil), _with_seat(slot_facts(slot)))
    return "" if possible and not scene.law.forbids(entry.pupil, slot) else "not_allowed"


def _with_seat(facts: SlotFacts) -> SlotFacts:
    """The same slot with a seat free: a trial may add seats to a full one."""
    return replace(facts, free=max(facts.free, 1))


def _person(scene: _Scene, entry: Entry, pins: Fixed) -> list[Any]:
    school = entry.pupil.school_class.school
    priority = school.social_index or 0
    if not scene.is_week:
        return [entry.public_id, 1, school.public_id, priority, None]
    wants = max(_wanted(entry, scene.occupied), pins.count(entry.public_id))
    days = sorted(set(entry.days) - _busy(scene, entry))
    return [entry.public_id, wants, school.public_id, priority, days]


def slot_row(slot: Slot, seats: int, *, is_week: bool) -> list[Any]:
    """A slot as it stands in a frozen input: id, free seats, company, day (None in a block), field."""
    day = slot.first_day.isoformat() if is_week else None
    offer = slot.offer
    return [slot.public_id, seats, offer.organisation.public_id, day, offer.main_field.code]


def _new_ids(scene: _Scene, number: int) -> list[tuple[str, str | None]]:
    """The slots of a place that only a trial has: (id, day)."""
    if not scene.is_week:
        return [(f"new-{number}", None)]
    return [(f"new-{number}-{day}", day) for day in scene.days]


def _slots(scene: _Scene) -> list[list[Any]]:
    return [slot_row(*pair, is_week=scene.is_week) for pair in scene.slots.values()]


def _new_slots(scene: _Scene) -> list[list[Any]]:
    return [
        [key, place.seats, f"new-{number}", day, place.field]
        for number, place in enumerate(scene.variation.new, start=1)
        for key, day in _new_ids(scene, number)
    ]


def _with_ways(scene: _Scene, entries: Iterable[Entry], pins: Fixed) -> list[list[Any]]:
    """Fixed pairs with their way in km, for the figures."""
    pupils = {entry.public_id: pupil_facts(entry.pupil) for entry in entries}
    facts = {slot.public_id: slot_facts(slot) for slot, _ in scene.slots.values()}
    return [[*row, counted_km(pupils[row[0]], facts[row[1]])] for row in pins.locked]


def counted_km(pupil: PupilFacts, slot: SlotFacts) -> int:
    """The way as the engine counts it, in whole km; an unknown one counts as the pupil's limit."""
    way = travel_km(pupil, slot)
    return pupil.max_km if way is None else round(way)


def _block(scene: _Scene, entries: list[Entry]) -> tuple[list[list[Any]], list[list[Any]]]:
    """Wishes in their ranks, then, where the pupil agrees, places of the profile's fields as a last resort."""
    pairs, dropped, seekers = [], [], []
    slots, law, last = scene.slots, scene.law, scene.round.max_wishes
    facts = {pk: _with_seat(slot_facts(slot)) for pk, (slot, _) in slots.items()}
    for entry in entries:
        pupil = pupil_facts(entry.pupil)
        for wish in entry.wishes.all():
            known = facts.get(wish.slot_id)
            row = [entry.public_id, wish.slot.public_id, wish.rank]
            fits = known is not None and is_possible(pupil, known)
            if known is None or not fits or law.forbids(entry.pupil, slots[wish.slot_id][0]):
                dropped.append([*row, "no_seat" if known is None else "not_allowed"])
            else:
                pairs.append([*row, counted_km(pupil, known)])
        if entry.takes_other:
            seekers.append(_seeker(scene, entry, pupil, _profile_fields(entry)))
    found = candidates(seekers, [*_places(slots), *_new_places(scene)])
    by_id = {slot.public_id: slot for slot, _ in slots.values()}
    mine = {entry.public_id: entry.pupil for entry in entries}
    wished = {(row[0], row[1]) for row in [*pairs, *dropped]}
    for person, options in found.items():
        pupil = pupil_facts(mine[person])
        for option in options:
            slot = by_id.get(option.place)
            fits = slot is None or (
                is_possible(pupil, facts[slot.pk]) and not law.forbids(mine[person], slot)
            )
            if fits and (person, option.place) not in wished:
                pairs.append([person, option.place, last + option.field_rank, option.km])
    return pairs, dropped


def _week(scene: _Scene, entries: list[Entry]) -> list[list[Any]]:
    """Each day of each candidate offer, ranked by the field."""
    by_offer: dict[str, list[tuple[str, str, Slot | None]]] = {}
    for slot, _ in scene.slots.values():
        row = (slot.public_id, slot.first_day.isoformat(), slot)
        by_offer.setdefault(slot.offer.public_id, []).append(row)
    for number, place in enumerate(_new_places(scene), start=1):
        by_offer[place.id] = [(key, day or "", None) for key, day in _new_ids(scene, number)]
    facts = {pk: _with_seat(slot_facts(slot)) for pk, (slot, _) in scene.slots.items()}
    pupils = {entry.public_id: pupil_facts(entry.pupil) for entry in entries}
    seekers = []
    for entry in entries:
        ranked = sorted(entry.field_wishes.all(), key=lambda row: row.rank)
        fields = tuple(row.field.code for row in ranked)
        seekers.append(_seeker(scene, entry, pupils[entry.public_id], fields))
    found = candidates(seekers, [*_places(scene.slots, by_offer=True), *_new_places(scene)])
    pairs = []
    for entry in entries:
        pupil, days = pupils[entry.public_id], set(entry.days) - _busy(scene, entry)
        for option in found[entry.public_id]:
            for key, day, at in by_offer[option.place]:
                fits = day in days and (at is None or is_possible(pupil, facts[at.pk]))
                if fits and not (at is not None and scene.law.forbids(entry.pupil, at)):
                    pairs.append([entry.public_id, key, option.field_rank, option.km])
    return pairs


def _profile_fields(entry: Entry) -> tuple[str, ...]:
    profile = getattr(entry.pupil, "profile", None)
    rows = sorted(profile.interests.all(), key=lambda row: row.rank) if profile else []
    return tuple(row.field.code for row in rows)


def _seeker(scene: _Scene, entry: Entry, pupil: PupilFacts, fields: tuple[str, ...]) -> Seeker:
    school = entry.pupil.school_class.school.public_id
    limit = min(pupil.max_km, scene.programme.max_distance_km)
    return Seeker(
        id=entry.public_id,
        home=pupil.home,
        max_km=scene.variation.reach(school, limit),
        age=age_on(pupil.birth_date, scene.programme.first_day),
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


def _new_places(scene: _Scene) -> list[Place]:
    """Places that only a trial has: open to everybody old enough for the programme."""
    seats = len(scene.days) if scene.is_week else 1
    return [
        Place(
            f"new-{number}",
            Point(place.lat, place.lon),
            place.field,
            place.seats * seats,
            scene.programme.min_age,
        )
        for number, place in enumerate(scene.variation.new, start=1)
    ]
