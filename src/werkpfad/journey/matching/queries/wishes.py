"""What pupils wish for: their lists, what is possible for them, and how many want the same."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.core.geo import Point
from werkpfad.journey.applications.law import Outcome, check
from werkpfad.journey.applications.queries import case_of
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.models import Entry, Round, Wish
from werkpfad.journey.matching.queries.rounds import phase_of, rounds_for
from werkpfad.journey.matching.rules import (
    Obstacle,
    PupilFacts,
    SlotFacts,
    chance,
    crowding,
    obstacles,
    travel_km,
)
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.queries import visible_pupils


@dataclass(frozen=True, slots=True)
class WishRow:
    """One line of a wish list with what a pupil needs to judge it."""

    wish: Wish
    km: float | None
    chance: str
    light: str
    obstacles: list[Obstacle]


def visible_entries(grants: Grants) -> QuerySet[Entry]:
    return Entry.objects.filter(pupil__in=visible_pupils(grants)).select_related(
        "round__programme__region", "pupil"
    )


def entry_of(round_: Round, pupil: Pupil) -> Entry | None:
    return (
        Entry.objects.filter(round=round_, pupil=pupil).select_related("round__programme").first()
    )


def open_round_for(pupil: Pupil, kind: ProgrammeKind, *, today: date) -> Round | None:
    """The round of this kind in which the pupil can hand in wishes today, first or left over, or else the next one."""
    rounds = [row for row in rounds_for(pupil) if row.programme.kind == kind]
    phases = [(phase_of(row, today=today), row) for row in rounds]
    wishing = [row for phase, row in phases if phase == RoundPhase.WISHES]
    left = [row for phase, row in phases if phase == RoundPhase.LEFTOVERS]
    return next(iter(wishing or left or rounds), None)


def pupil_facts(pupil: Pupil) -> PupilFacts:
    """Needs `school_class__school__organisation` and `profile` to be loaded for no further query."""
    school_class = pupil.school_class
    profile = getattr(pupil, "profile", None)
    return PupilFacts(
        region_id=school_class.school.organisation.region_id,
        school_id=school_class.school_id,
        birth_date=pupil.birth_date,
        grade=school_class.grade,
        home=_point(pupil.home_lat, pupil.home_lon),
        max_km=profile.max_distance_km if profile else 200,
    )


def _point(lat: float | None, lon: float | None) -> Point | None:
    return None if lat is None or lon is None else Point(lat, lon)


def with_facts(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """Loads what `slot_facts` and a wish list show: two queries for any number of slots."""
    return slots.select_related(
        "offer__organisation", "offer__site", "offer__main_field", "programme__region"
    ).prefetch_related("programme__schools")


def slot_facts(slot: Slot) -> SlotFacts:
    offer, programme = slot.offer, slot.programme
    return SlotFacts(
        region_id=programme.region_id,
        first_day=slot.first_day,
        min_age=max(offer.min_age, programme.min_age),
        point=_point(offer.lat, offer.lon),
        is_published=offer.status == OfferStatus.PUBLISHED
        and offer.organisation.status == OrganisationStatus.ACTIVE,
        is_open=programme.status == ProgrammeStatus.OPEN,
        free=slot.capacity - slot.taken,
        grades=tuple(programme.grades),
        school_ids=frozenset(school.pk for school in programme.schools.all()),
        max_km=programme.max_distance_km,
    )


def all_obstacles(pupil: Pupil, slot: Slot) -> list[Obstacle]:
    """Everything in the way of this wish, the law included (age is judged once only)."""
    found = obstacles(pupil_facts(pupil), slot_facts(slot))
    if any(obstacle.is_hard for obstacle in found):
        return found
    return [*law_obstacles(pupil, slot), *found]


def law_obstacles(pupil: Pupil, slot: Slot) -> list[Obstacle]:
    """What the JArbSchG forbids; what it leaves to a decision does not hinder a wish."""
    return [
        Obstacle("law", finding.sentence)
        for finding in check(case_of(pupil, slot)).findings
        if finding.outcome is Outcome.BLOCKED
    ]


def wish_counts(slot_ids: Collection[int]) -> dict[int, int]:
    """How many lists of running rounds hold each slot."""
    rows = (
        Wish.objects.filter(slot__in=slot_ids)
        .exclude(entry__round__phase=RoundPhase.CLOSED)
        .values_list("slot")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def wish_counts_by_offer(offer_ids: Collection[str]) -> dict[str, int]:
    """How many lists of running rounds hold each offer, by public id; for the cards of a search."""
    rows = (
        Wish.objects.filter(slot__offer__public_id__in=offer_ids)
        .exclude(entry__round__phase=RoundPhase.CLOSED)
        .values_list("slot__offer__public_id")
        .annotate(n=Count("entry", distinct=True))
    )
    return dict(rows)


def wish_list(entry: Entry, *, wanted: Mapping[int, int] | None = None) -> list[WishRow]:
    """The list in its order; five queries, whatever its length. `wanted` counts lists by slot, if known."""
    wishes = list(entry.wishes.order_by("rank"))
    slots = {s.pk: s for s in with_facts(Slot.objects.filter(pk__in=[w.slot_id for w in wishes]))}
    counts = wish_counts(slots.keys()) if wanted is None else wanted
    pupil = Pupil.objects.select_related("school_class__school__organisation", "profile").get(
        pk=entry.pupil_id
    )
    rows = []
    for wish in wishes:
        wish.slot = slots[wish.slot_id]
        facts = slot_facts(wish.slot)
        count = counts.get(wish.slot_id, 0)
        rows.append(
            WishRow(
                wish=wish,
                km=travel_km(pupil_facts(pupil), facts),
                chance=chance(count, facts.free),
                light=crowding(count, facts.free),
                obstacles=all_obstacles(pupil, wish.slot),
            )
        )
    return rows


def listed_slots(pupil: Pupil, slot_ids: Iterable[int]) -> set[int]:
    """Which of these slots already stand on a list of the pupil; for buttons in the search."""
    return set(
        Wish.objects.filter(entry__pupil=pupil, slot__in=list(slot_ids))
        .exclude(entry__round__phase=RoundPhase.CLOSED)
        .values_list("slot_id", flat=True)
    )
