"""The office's decisions by hand: which there are, and what stands in the way of one."""

from dataclasses import dataclass

from django.db.models import QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.enums import RulingKind
from werkpfad.journey.matching.models import Round, Ruling
from werkpfad.journey.matching.queries.rounds import visible_rounds
from werkpfad.journey.matching.queries.wishes import (
    law_obstacles,
    pupil_facts,
    slot_facts,
    with_facts,
)
from werkpfad.journey.matching.rules import obstacles
from werkpfad.region.schools.models import Pupil

# What the office reads instead of the sentences for pupils.
_OBSTACLES = {
    "closed": "Das Programm ist nicht offen.",
    "offline": "Das Angebot ist nicht veröffentlicht.",
    "full": "Alle Plätze sind schon fest vergeben.",
    "school": "Die Schule macht bei diesem Programm nicht mit.",
    "grade": "Das Programm ist nicht für diesen Jahrgang.",
    "age": "Das Mindestalter am ersten Tag ist nicht erreicht.",
}


@dataclass(frozen=True, slots=True)
class RulingRow:
    """One decision and what keeps it from being met today (empty: nothing)."""

    ruling: Ruling
    problems: list[str]

    @property
    def is_pin(self) -> bool:
        return self.ruling.kind == RulingKind.PIN


def visible_rulings(grants: Grants) -> QuerySet[Ruling]:
    return Ruling.objects.filter(entry__round__in=visible_rounds(grants)).select_related(
        "entry__round__programme__region",
        "entry__pupil__school_class__school__organisation",
        "entry__pupil__profile",
        "slot__offer__organisation",
    )


def in_force(round_: Round) -> QuerySet[Ruling]:
    return Ruling.objects.filter(entry__round=round_, lifted_at__isnull=True)


def ruling_rows(round_: Round) -> list[RulingRow]:
    """Decisions in force, newest first, each with what stands in its way; three queries."""
    rows = list(
        in_force(round_)
        .select_related("entry__pupil__school_class__school__organisation", "entry__pupil__profile")
        .order_by("-decided_at", "-pk")
    )
    slots = {s.pk: s for s in with_facts(Slot.objects.filter(pk__in=[r.slot_id for r in rows]))}
    found = []
    for row in rows:
        row.slot = slots[row.slot_id]
        is_pin = row.kind == RulingKind.PIN
        found.append(RulingRow(row, law_and_facts(row.entry.pupil, row.slot) if is_pin else []))
    return found


def law_and_facts(pupil: Pupil, slot: Slot) -> list[str]:
    """Why this pupil can never have this slot, in words for the office; `slot` comes from `with_facts`."""
    found = obstacles(pupil_facts(pupil), slot_facts(slot))
    hard = [_OBSTACLES.get(row.code, row.text) for row in found if row.is_hard]
    return hard or [row.text for row in law_obstacles(pupil, slot)]


def ruling_problems(round_: Round, pupil: Pupil, slot: Slot, kind: RulingKind) -> list[str]:
    """What speaks against deciding this by hand; `slot` comes from `with_facts`. Empty: it may be stored."""
    mine = list(in_force(round_).filter(entry__pupil=pupil).select_related("slot__offer"))
    same = [row for row in mine if row.slot.offer_id == slot.offer_id]
    if any(row.kind != kind for row in same):
        return ["Für dieses Angebot gilt schon das Gegenteil. Heben Sie das zuerst auf."]
    if any(row.slot_id == slot.pk or kind == RulingKind.BAN for row in same):
        return ["Das ist schon so festgelegt."]
    return [] if kind == RulingKind.BAN else _pin_problems(round_, pupil, slot, mine)


def _pin_problems(round_: Round, pupil: Pupil, slot: Slot, mine: list[Ruling]) -> list[str]:
    if found := law_and_facts(pupil, slot):
        return found
    here = in_force(round_).filter(slot=slot, kind=RulingKind.PIN).count()
    if slot.capacity - slot.taken <= here:
        return ["Alle freien Plätze dieses Angebots sind schon von Hand vergeben."]
    pins = [row for row in mine if row.kind == RulingKind.PIN]
    if pins and round_.programme.kind == ProgrammeKind.BLOCK:
        return ["Für diese:n Schüler:in ist schon ein Platz festgelegt."]
    company = slot.offer.organisation_id
    if any(row.slot.first_day == slot.first_day for row in pins):
        return ["Für diesen Tag ist schon ein Platz festgelegt."]
    if any(row.slot.offer.organisation_id == company for row in pins):
        return ["In diesem Betrieb ist schon ein Tag festgelegt; jeder Betrieb zählt nur einmal."]
    if len(pins) >= round_.programme.max_days:
        return ["Mehr Tage sieht dieses Programm nicht vor."]
    return []
