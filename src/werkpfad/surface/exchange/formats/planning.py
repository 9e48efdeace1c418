"""What an import would do, row by row, before anything is written.

Every row of the file ends in exactly one outcome. A single error stops the whole import at commit; the plan itself
always covers all rows, so that one look shows all that is to be corrected.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkpfad.surface.exchange.enums import Outcome
from werkpfad.surface.exchange.formats.heading import Heading, doubled_columns, find_heading
from werkpfad.surface.exchange.formats.spec import (
    BadValue,
    Draft,
    Keys,
    Lookup,
    Parsed,
    Spec,
    Values,
)
from werkpfad.surface.exchange.tabular import FileRejected, SourceRow, Table

Progress = Callable[[int, int], None]
_WRITTEN = (Outcome.CREATED, Outcome.UPDATED)
PART_OF = "Gehört jetzt zu "
UNCHANGED = "Ist schon vorhanden und unverändert."


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is already there: its id, its official number if it has one, and what a file could change in it."""

    pk: int
    values: Values
    strong: str = ""
    part_of: str = ""  # the name of the record this one was merged into


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and its fate. `joins` is the number of an earlier row about the same thing."""

    number: int
    outcome: Outcome
    key: str
    label: str
    values: Values
    problems: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)  # field -> (old, new)
    target: int | None = None  # id of the record to change
    joins: int | None = None

    @property
    def message(self) -> str:
        """The problems as one German sentence with the row number, for lists and the command line."""
        return f"Zeile {self.number}: {' '.join(self.sentences)}" if self.problems else ""

    @property
    def sentences(self) -> list[str]:
        """Each problem with its column, unless it begins with it anyway."""
        return [
            text if not column or text.startswith(column) else f"{column}: {text}"
            for column, text in self.problems
        ]


@dataclass(frozen=True, slots=True)
class Plan:
    rows: tuple[Planned, ...]
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """{"read", "created", "updated", "skipped", "errors"}; the last four add up to the first."""
        seen = Counter(row.outcome for row in self.rows)
        return {
            "read": len(self.rows),
            "created": seen[Outcome.CREATED],
            "updated": seen[Outcome.UPDATED],
            "skipped": seen[Outcome.SKIPPED],
            "errors": seen[Outcome.ERROR],
        }


def read_drafts(
    spec: Spec, table: Table, lookup: Lookup, progress: Progress | None = None
) -> tuple[list[Draft], tuple[str, ...]]:
    """Each row below the heading checked by itself. Raises `FileRejected` if the file does not fit the kind."""
    heading = find_heading(table, spec)
    if doubled := doubled_columns(heading, spec):
        raise FileRejected(
            f"Die Spalte „{doubled[0]}“ steht zweimal in der Datei. Bitte löschen oder benennen Sie eine davon um."
        )
    rows = [row for row in table.rows if row.number > heading.row.number]
    if not rows:
        raise FileRejected(
            "Unter der Überschrift stehen keine Daten. Bitte wählen Sie die Datei mit den Daten aus."
        )
    cells = [heading.read(row) for row in rows]
    lookup = spec.prepare(cells, lookup)
    width = len(heading.row.cells)
    drafts = []
    for at, (row, content) in enumerate(zip(rows, cells, strict=True)):
        drafts.append(_draft(spec, row, content, lookup, width))
        if progress and at % 500 == 0:
            progress(at, len(rows))
    return drafts, table.notes + _heading_notes(heading)


def _heading_notes(heading: Heading) -> tuple[str, ...]:
    if not heading.unused:
        return ()
    names = ", ".join(f"„{title}“" for title in heading.unused[:12])
    return (f"Nicht verwendete Spalten: {names}.",)


def _draft(spec: Spec, row: SourceRow, cells: dict[str, str], lookup: Lookup, width: int) -> Draft:
    draft = Draft(row.number, {})
    if row.problem:
        draft.problem(
            "",
            f"Die Zeile hat {row.problem}" if row.problem[0] == "m" else row.problem.capitalize(),
        )
        return draft
    if len(row.cells) > width:
        draft.problem(
            "",
            "Die Zeile hat mehr Spalten als die Überschrift. Steht ein Trennzeichen im Text? "
            "Dann bitte den Text in Anführungszeichen setzen.",
        )
        return draft
    for column in spec.columns:
        raw = cells.get(column.name, "")
        if not raw:
            if column.required:
                draft.problem(column.title, "fehlt. Bitte ergänzen.")
            continue
        try:
            value = column.parse(raw)
        except BadValue as error:
            draft.problem(column.title, str(error))
            continue
        if isinstance(value, Parsed):
            if value.note:
                draft.notes.append(value.note)
            value = value.value
        if value not in ("", []):
            draft.values[column.name] = value
        elif column.required:
            draft.problem(column.title, "fehlt. Bitte ergänzen.")
    spec.check(draft, lookup)
    return draft


def plan(
    spec: Spec, drafts: Sequence[Draft], known: Mapping[str, Known], notes: Sequence[str] = ()
) -> Plan:
    """Compare checked rows with each other and with what is there already.

    `known` maps the strong and the weak key of every existing record to it.
    """
    leaders: dict[str, tuple[int, Keys]] = {}
    planned: list[Planned] = []
    for draft in drafts:
        row = _first_look(spec, draft)
        if row.outcome is Outcome.ERROR or row.outcome is Outcome.SKIPPED:
            planned.append(row)
            continue
        keys = spec.keys(draft.values)
        leader = _leader(leaders, keys)
        if leader is not None:
            planned.append(_join(spec, planned, leader, row))
            continue
        for key in (keys.strong, keys.weak):
            if key:
                leaders.setdefault(key, (len(planned), keys))
        planned.append(row)
    return Plan(tuple(_against(spec, row, known) for row in planned), tuple(notes))


def _leader(leaders: Mapping[str, tuple[int, Keys]], keys: Keys) -> int | None:
    """The earlier row about the same thing; two different official numbers are two things."""
    if keys.strong in leaders:
        return leaders[keys.strong][0]
    at, other = leaders.get(keys.weak, (None, Keys()))
    return None if keys.strong and other.strong else at


def _first_look(spec: Spec, draft: Draft) -> Planned:
    outcome = Outcome.CREATED
    notes = list(draft.notes)
    if draft.skip:
        outcome, notes = Outcome.SKIPPED, [draft.skip, *notes]
    elif draft.problems:
        outcome = Outcome.ERROR
    readable = not draft.problems
    return Planned(
        number=draft.number,
        outcome=outcome,
        key=spec.keys(draft.values).best if readable and not draft.skip else "",
        label=spec.label(draft.values),
        values=draft.values,
        problems=() if draft.skip else tuple(draft.problems),
        notes=tuple(notes),
    )


def _join(spec: Spec, planned: list[Planned], leader: int, row: Planned) -> Planned:
    """A second row of the same thing: a repetition, a complement, or a contradiction."""
    first = planned[leader]
    merged: Values | None = first.values
    if not _same(first.values, row.values):
        merged = spec.merge(first.values, row.values)
    if merged is None:
        different = ", ".join(_differing(spec, first.values, row.values))
        text = (
            f"beschreibt dasselbe wie Zeile {first.number}, aber mit anderen Angaben ({different}). "
            "Bitte eine der beiden Zeilen löschen oder angleichen."
        )
        return replace(row, outcome=Outcome.ERROR, joins=first.number, problems=(("", text),))
    if merged == first.values:
        note = f"Wiederholt Zeile {first.number}."
        return replace(row, outcome=Outcome.SKIPPED, joins=first.number, notes=(note, *row.notes))
    planned[leader] = replace(first, values=merged)
    note = f"Ergänzt Zeile {first.number}."
    return replace(row, outcome=Outcome.UPDATED, joins=first.number, notes=(note, *row.notes))


def _same(first: Values, second: Values) -> bool:
    return all(first.get(name) == value for name, value in second.items())


def _differing(spec: Spec, first: Values, second: Values) -> list[str]:
    titles = {column.name: column.title for column in spec.columns}
    names = [name for name, value in second.items() if first.get(name) != value]
    return [titles[name] for name in names if name in titles] or ["weitere Angaben"]


def _against(spec: Spec, row: Planned, known: Mapping[str, Known]) -> Planned:
    """The same row, now that we know what is there."""
    if row.joins is not None or row.outcome is not Outcome.CREATED:
        return row
    existing = _existing(known, spec.keys(row.values))
    if existing is None:
        return row
    if existing.part_of:
        notes = (f"{PART_OF}„{existing.part_of}“; die Angaben dort bleiben.", *row.notes)
        return replace(row, outcome=Outcome.SKIPPED, target=existing.pk, notes=notes)
    changes = {
        name: (existing.values.get(name), row.values[name])
        for name in spec.compared
        if name in row.values
        and not spec.unchanged(name, existing.values.get(name), row.values[name])
    }
    if not changes:
        notes = (UNCHANGED, *row.notes)
        return replace(row, outcome=Outcome.SKIPPED, target=existing.pk, notes=notes)
    if conflict := spec.conflict(row.values, existing.values):
        return replace(row, outcome=Outcome.ERROR, target=existing.pk, problems=(("", conflict),))
    return replace(row, outcome=Outcome.UPDATED, target=existing.pk, changes=changes)


def refresh(spec: Spec, rows: Sequence[Planned], known: Mapping[str, Known]) -> list[Planned]:
    """The same plan against what is there now; rows that were wrong, left out or joined stay as they are."""
    fresh = []
    for row in rows:
        open_still = row.joins is None and (row.outcome in _WRITTEN or row.target is not None)
        if open_still:
            notes = tuple(
                note for note in row.notes if note != UNCHANGED and not note.startswith(PART_OF)
            )
            row = replace(
                row, outcome=Outcome.CREATED, notes=notes, problems=(), changes={}, target=None
            )
        fresh.append(_against(spec, row, known))
    return fresh


def _existing(known: Mapping[str, Known], keys: Keys) -> Known | None:
    if keys.strong and keys.strong in known:
        return known[keys.strong]
    alike = known.get(keys.weak) if keys.weak else None
    return None if alike and keys.strong and alike.strong else alike
