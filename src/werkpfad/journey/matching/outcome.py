"""From the engine's result to figures and proposals: what a run says for each entry."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.fill import held_pairs
from werkpfad.journey.matching.fixed import OFFICE
from werkpfad.journey.matching.models import Entry, Proposal, Run
from werkpfad.journey.matching.rules import FOLLOWS, Outcome, summarise, total
from werkpfad.region.schools.enums import SchoolForm
from werkpfad.region.schools.models import School

BARRED = "barred"
GRANTED = ("granted", "confirmed", "better")
# More refused wishes than this are not explained one by one.
MOST_EXPLAINED = 10


def _granted(rows: Iterable[Sequence[Any]]) -> dict[str, list[tuple[str, int | None]]]:
    """Slots and ranks by entry."""
    found: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
    for person, slot, rank in rows:
        found[person].append((slot, rank))
    return found


def _news(run: Run) -> list[Sequence[Any]]:
    """The run's assignments; what stood before a fill-up is not its doing."""
    held = held_pairs(run.input)
    return [row for row in run.result["assignments"] if (row[0], row[1]) not in held]


def _ways(run: Run) -> dict[tuple[str, str], int]:
    fixed = {(row[0], row[1]): row[3] for row in run.input.get("locked", ())}
    return fixed | {(person, slot): km for person, slot, _, km in run.input["wishes"]}


def _decided(run: Run, name: str) -> set[tuple[str, str]]:
    """Pairs that the office fixed (`locked`) or barred (`banned`) by hand."""
    return {(row[0], row[1]) for row in run.input.get(name, ()) if row[2] == OFFICE}


def _wish_rank(run: Run, rank: int | None) -> int | None:
    """The rank the pupil gave; None for a place that was not on the list."""
    return rank if rank is not None and rank <= run.input["last_wish"] else None


def outcomes(run: Run, rows: Iterable[Sequence[Any]] | None = None) -> list[Outcome]:
    """What each person of the input got, for the figures; `rows` are other assignments of the same people. One query."""
    schools = School.objects.filter(
        public_id__in={row[2] for row in run.input["people"]}
    ).select_related("organisation")
    by_id = {school.public_id: school for school in schools}
    granted = _granted(_news(run) if rows is None else rows)
    ways, held = _ways(run), Counter(person for person, _ in held_pairs(run.input))
    found = []
    for person, wanted, school_id, _, _ in run.input["people"]:
        school = by_id.get(school_id)
        places = granted.get(person, [])
        found.append(
            Outcome(
                school=school_id,
                school_name=school.organisation.name if school else "",
                form=str(SchoolForm(school.main_form).label) if school else "",
                wanted=wanted - held[person],
                ranks=tuple(_wish_rank(run, rank) for _, rank in places),
                km=tuple(float(ways[person, slot]) for slot, _ in places if (person, slot) in ways),
            )
        )
    return found


def policy_summaries(run: Run, smallest: int) -> list[dict[str, Any]]:
    """The figures of each policy of a comparison, in the engine's order; small numbers hidden."""
    return [
        summarise(outcomes(run, row["assignments"]), smallest=smallest)
        | {"policy": row["policy"], "envious": total(row["envious"], smallest)}
        for row in run.result["policies"]
    ]


def proposals(run: Run) -> Iterator[Proposal]:
    """One row per place, or one without; unsaved. Facts hold codes and numbers, never another person."""
    people = [row[0] for row in run.input["people"]]
    entries = dict(Entry.objects.filter(round=run.round_id).values_list("public_id", "pk"))
    slots = dict(
        Slot.objects.filter(programme=run.round.programme_id).values_list("public_id", "pk")
    )
    granted, ways = _granted(_news(run)), _ways(run)
    wishes, refused = _wish_numbers(run), _dropped(run)
    fixed, barred = _decided(run, "locked"), _decided(run, "banned")
    for person in people:
        if person not in entries:
            continue
        reason = _by_office(person, run.result["reasons"].get(person, {}), barred)
        facts = _facts(run, reason, wishes[person], refused[person])
        places: list[tuple[str | None, int | None]] = [*granted.get(person, [])] or [(None, None)]
        for slot, rank in places:
            yield Proposal(
                run=run,
                entry_id=entries[person],
                slot_id=slots[slot] if slot else None,
                rank=_wish_rank(run, rank),
                distance_km=float(ways[person, slot]) if slot and (person, slot) in ways else None,
                reason=OFFICE if (person, slot) in fixed else facts["code"],
                facts=facts,
            )


def _by_office(
    person: str, reason: Mapping[str, Any], barred: set[tuple[str, str]]
) -> Mapping[str, Any]:
    """The engine calls every barred pair declined; where the office barred it, the reason says so."""
    rows = [
        (slot, rank, BARRED if (person, slot) in barred and code == "declined" else code)
        for slot, rank, code in reason.get("wishes", [])
    ]
    return {**reason, "wishes": rows} if rows else reason


def _wish_numbers(run: Run) -> dict[str, int]:
    """How many own wishes each person had; a possible last resort does not count."""
    numbers: dict[str, int] = defaultdict(int)
    for person, _, rank, _ in [*run.input["wishes"], *run.input["dropped"]]:
        numbers[person] += rank <= run.input["last_wish"]
    return numbers


def _dropped(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Wishes that could not take part, because the place was gone by then."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for person, slot, rank, code in run.input["dropped"]:
        rows[person].append({"slot": slot, "rank": rank, "code": code})
    return rows


def _facts(
    run: Run, reason: Mapping[str, Any], wishes: int, dropped: list[dict[str, Any]]
) -> dict[str, Any]:
    asked = reason.get("wishes", [])
    refused = [
        {"slot": slot, "rank": rank, "code": code}
        for slot, rank, code in asked
        if code not in GRANTED and rank <= run.input["last_wish"]
    ]
    own = sorted([*refused, *dropped], key=lambda row: (row["rank"], row["slot"]))
    # What only follows from other places stands last, so that it does not push out what explains something.
    own.sort(key=lambda row: row["code"] in FOLLOWS)
    code = str(reason.get("code", "no_wish"))
    if code == "declined":
        code = own[0]["code"] if own else code
    if code == "no_wish" and not asked:
        code = "no_candidates"
    return {
        "kind": run.input["kind"],
        "code": code,
        "wishes": wishes,
        "lottery": reason.get("lottery"),
        "people": reason.get("people"),
        "refused": own[:MOST_EXPLAINED],
    }
