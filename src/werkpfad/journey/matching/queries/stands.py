"""How places stand for one pupil before they are on the list: for the search's buttons and for suggestions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from werkpfad.journey.internships.models import Slot
from werkpfad.journey.internships.queries import open_slots
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries.wishes import (
    all_obstacles,
    listed_slots,
    pupil_facts,
    slot_facts,
    wish_counts,
    with_facts,
)
from werkpfad.journey.matching.rules import Obstacle, chance, is_possible, travel_km
from werkpfad.region.schools.models import Pupil

MOST_SUGGESTED = 6


@dataclass(frozen=True, slots=True)
class Stand:
    """One place for one pupil; draw it with `matching/_wish_button.html`."""

    slot: Slot
    km: float | None
    chance: str
    is_listed: bool = False
    obstacles: list[Obstacle] = field(default_factory=list)

    @property
    def can_be_added(self) -> bool:
        return not self.is_listed and not any(obstacle.is_hard for obstacle in self.obstacles)

    @property
    def fields(self) -> dict[str, str]:
        """What the button posts."""
        return {"slot": self.slot.public_id}


def stands(
    pupil: Pupil, slots: Iterable[Slot], *, wanted: Mapping[int, int] | None = None
) -> list[Stand]:
    """Two queries for any number of slots; they must come from `with_facts`. `wanted` counts lists by slot, if known."""
    rows = list(slots)
    listed = listed_slots(pupil, [slot.pk for slot in rows])
    counts = wish_counts([slot.pk for slot in rows]) if wanted is None else wanted
    facts = pupil_facts(pupil)
    found = []
    for slot in rows:
        known, is_listed = slot_facts(slot), slot.pk in listed
        wishes = counts.get(slot.pk, 0) + (0 if is_listed else 1)
        found.append(
            Stand(
                slot=slot,
                km=travel_km(facts, known),
                chance=chance(wishes, known.free),
                is_listed=is_listed,
                obstacles=all_obstacles(pupil, slot),
            )
        )
    return found


def free_places(
    round_: Round,
    pupil: Pupil,
    *,
    held: Mapping[int, int],
    declined: Collection[int],
    wanted: Mapping[int, int],
    today: date,
) -> list[Stand]:
    """What is left for this pupil in a block: free, allowed, not begun, within the own limit; nearest first.

    `held` counts proposed seats by slot, `declined` are slots that are settled with a no, `wanted` counts the lists of
    those who are left (all by primary key).
    """
    facts = pupil_facts(pupil)
    limit = min(facts.max_km, round_.programme.max_distance_km)
    free = []
    for slot in with_facts(open_slots(round_.programme).filter(first_day__gt=today)):
        left = slot.capacity - slot.taken - held.get(slot.pk, 0)
        km = travel_km(facts, slot_facts(slot))
        if left > 0 and slot.pk not in declined and (km is None or km <= limit):
            free.append(slot)
    found = stands(pupil, free, wanted=wanted)
    rows = [row for row in found if row.is_listed or row.can_be_added]
    return sorted(rows, key=lambda row: (row.km is None, row.km or 0.0, row.slot.pk))


def suggestions(round_: Round, pupil: Pupil, *, most: int = MOST_SUGGESTED) -> list[Stand]:
    """Places of the profile's fields within reach that are not on the list: dearest field first, then nearest."""
    profile = getattr(pupil, "profile", None)
    if profile is None:
        return []
    ranks = dict(profile.interests.values_list("field", "rank"))
    slots = open_slots(round_.programme).filter(offer__main_field__in=ranks)
    slots = slots.exclude(wishes__entry__pupil=pupil)
    facts = pupil_facts(pupil)
    near: list[tuple[int, float, int, Slot]] = []
    for slot in with_facts(slots):
        known = slot_facts(slot)
        km = travel_km(facts, known)
        way = facts.max_km if km is None else km
        if way <= facts.max_km and is_possible(facts, known):
            near.append((ranks[slot.offer.main_field_id], way, slot.pk, slot))
    near.sort(key=lambda row: row[:3])
    return [row for row in stands(pupil, [slot for *_, slot in near[:most]]) if row.can_be_added]
