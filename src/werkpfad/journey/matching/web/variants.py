"""Trials and comparisons in words: what was changed, what it did, and where one more seat would help."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.models import Offer, Slot
from werkpfad.journey.matching.enums import Equity
from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.rules import NewPlace, Worth, ranks, variation_of, worth_of
from werkpfad.journey.matching.web.results import CompareRow, Summary, side_by_side
from werkpfad.region.schools.models import School

POLICIES = {
    "fair": (
        "Fair (Werkpfad)",
        "Zuerst bekommen möglichst viele einen Platz, dann zählen die Wünsche aller zusammen.",
    ),
    "stable": (
        "Stabil",
        "Ehrlich wünschen lohnt sich immer, und wer Vorrang hat, wird nie übergangen. "
        "Dafür bleiben meist mehr ohne Platz.",
    ),
    "fcfs": (
        "Wer zuerst kommt",
        "Wer früher abgegeben hat, wählt zuerst. Das belohnt Tempo, nicht Wünsche.",
    ),
    "lottery": (
        "Reines Los",
        "Eine Losnummer sagt, wer zuerst wählt. Gleich für alle, aber Plätze bleiben liegen.",
    ),
}


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """One policy with its sentence and what it does compared with the first."""

    title: str
    sentence: str
    effect: str


@dataclass(frozen=True, slots=True)
class SeatRow:
    """An offer where one more seat would help."""

    offer: Offer
    slot_id: str
    worth: Worth


def policy_cards(run: Run) -> list[PolicyCard]:
    rows: list[Summary] = run.summary["policies"]
    return [
        PolicyCard(*POLICIES[row["policy"]], "" if row is rows[0] else _effect(rows[0], row))
        for row in rows
    ]


def _effect(first: Summary, other: Summary) -> str:
    """Compared with the first policy; where a number is hidden, only what is certain."""
    (least, most), (other_least, other_most) = _placed_range(first), _placed_range(other)
    if least == most and other_least == other_most:
        more = other_least - least
        if not more:
            return "Gleich viele haben einen Platz."
        return f"{_capital(people(abs(more)))} {'weniger' if more < 0 else 'mehr'} mit Platz als bei „Fair“."
    if other_most < least:
        return f"Mindestens {people(least - other_most)} weniger mit Platz als bei „Fair“."
    return ""


def _placed_range(summary: Summary) -> tuple[int, int]:
    """Between which numbers the placed lie; equal if the number is shown."""
    placed, count, smallest = summary["placed"], summary["people"], summary["smallest"]
    if placed is not None:
        return placed, placed
    if count is None:
        return 0, smallest - 1
    if summary["few"] == "without":
        return count - smallest + 1, count - 1
    return 1, smallest - 1


def people(count: int) -> str:
    return "eine Schüler:in" if count == 1 else f"{count} Schüler:innen"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def policy_rows(run: Run) -> list[CompareRow]:
    rows: list[Summary] = run.summary["policies"]
    smallest = run.summary["smallest"]
    envy = [f"unter {smallest}" if row["envious"] is None else str(row["envious"]) for row in rows]
    return [*side_by_side(rows), CompareRow("mit berechtigtem Neid", envy)]


def trial_effect(run: Run) -> str:
    """The sentence above the figures of a trial. The difference of two hidden numbers is only told if it is none."""
    base = run.base
    if base is None:
        return ""
    before, after = base.summary.get("placed"), run.summary.get("placed")
    left = [row.result["levels"][0][1] for row in (base, run)]
    if left[0] == left[1]:
        return f"Gleich viele haben {_place(run)}. {_better(base, run)}"
    if before is None or after is None:
        return "Ob mehr einen Platz haben, zeigt die Tabelle, soweit die Zahlen groß genug sind."
    if after == before:
        return f"Es haben gleich viele einen Platz, aber {'mehr' if left[1] < left[0] else 'weniger'} Tage."
    word = "mehr hat" if abs(after - before) == 1 else "mehr haben"
    if after < before:
        word = word.replace("mehr", "weniger")
    return f"{_capital(people(abs(after - before)))} {word} einen Platz."


def _place(run: Run) -> str:
    return "einen Platz" if run.result["levels"][0][0] == "unplaced" else "gleich viele Tage"


def _better(base: Run, run: Run) -> str:
    """What else changes when the same number is placed: wish ranks, then journeys, in sum."""
    old, new = ({name: value for name, value, _ in row.result["levels"]} for row in (base, run))
    wishes = old.get("wishes", 0) - new.get("wishes", 0)
    if wishes:
        return f"Wünsche gehen {'besser' if wishes > 0 else 'schlechter'} auf: zusammen {ranks(abs(wishes))}."
    travel = old.get("travel", 0) - new.get("travel", 0)
    if travel:
        return f"Die Wege sind zusammen {abs(travel)} km {'kürzer' if travel > 0 else 'länger'}."
    return "Auch an Wünschen und Wegen ändert sich nichts."


def with_difference(rows: list[CompareRow]) -> list[CompareRow]:
    """Rows of two values with a third: by how much they differ, where both are shown."""
    return [CompareRow(row.label, [*row.values, _difference(*row.values)]) for row in rows]


def _difference(before: str, after: str) -> str:
    if not (before.isdigit() and after.isdigit()):
        return ""
    change = int(after) - int(before)
    return "" if not change else f"{change:+d}".replace("-", "\N{MINUS SIGN}")


def changes(run: Run) -> list[str]:
    """What a trial changed, one line each."""
    varied = variation_of(run.variation)
    lines = _seat_lines(varied.seats)
    fields = dict(
        Field.objects.filter(code__in=[p.field for p in varied.new]).values_list("code", "title")
    )
    lines += [_new_line(place, fields) for place in varied.new]
    if varied.max_km is not None:
        school = (
            School.objects.filter(public_id=varied.school).select_related("organisation").first()
        )
        whom = school.organisation.name if school else "alle Schulen"
        lines.append(f"Wege bis {varied.max_km} km für {whom}")
    if varied.equity:
        lines.append(f"Ausgleich: {Equity(varied.equity).label}")
    return lines


def _seat_lines(seats: Iterable[tuple[str, int]]) -> list[str]:
    more = dict(seats)
    slots = Slot.objects.filter(public_id__in=more).select_related("offer__organisation")
    found: dict[str, int] = {}
    for slot in slots.order_by("offer__title", "pk"):
        found[f"{slot.offer.organisation.name}: {slot.offer.title}"] = more[slot.public_id]
    return [f"{_seats(count)} mehr bei {label}" for label, count in found.items()]


def _new_line(place: NewPlace, fields: dict[str, str]) -> str:
    return f"{_seats(place.seats)} neu im Berufsfeld {fields.get(place.field, place.field)} um {place.town}"


def _seats(count: int) -> str:
    return "1 Platz" if count == 1 else f"{count} Plätze"


def seat_rows(run: Run) -> list[SeatRow]:
    """Offers where one more seat helps, the best first; of several days of an offer the best. One query."""
    stored: list[list[Any]] = run.result.get("seats", [])
    by_id = {key: worth_of([(name, value) for name, value in change]) for key, change in stored}
    best: dict[int, SeatRow] = {}
    slots = Slot.objects.filter(public_id__in=by_id).select_related(
        "offer__organisation", "offer__main_field", "offer__site"
    )
    for slot in slots.order_by("pk"):
        row = SeatRow(slot.offer, slot.public_id, by_id[slot.public_id])
        known = best.get(slot.offer_id)
        if known is None or row.worth.order < known.worth.order:
            best[slot.offer_id] = row
    return sorted(best.values(), key=lambda row: (row.worth.order, row.offer.title, row.slot_id))


def field_counts(rows: list[SeatRow]) -> list[tuple[str, int]]:
    """Fields with the number of offers in which one more seat gives somebody a place or a day, most first."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.worth.places_somebody:
            title = row.offer.main_field.title
            counts[title] = counts.get(title, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
