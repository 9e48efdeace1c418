"""CSV in and out. A file is read completely or refused with one line that names file and row.

Rows are counted as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fairplace.model import (
    MAX_CAPACITY,
    MAX_COST,
    MAX_RANK,
    MAX_WANTS,
    Person,
    Problem,
    ProblemError,
    Slot,
    Wish,
)
from fairplace.solution import Solution

MAX_BYTES = 1 << 30
_WHOLE = re.compile(r"[+-]?[0-9]+\Z")
Row = tuple[str, dict[str, str]]


def read_text(path: Path) -> str:
    """The file as text (UTF-8, with or without byte order mark)."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ProblemError(f"{path}: larger than {MAX_BYTES} bytes")
        raw = path.read_bytes()
    except OSError as error:
        raise ProblemError(f"{path}: {error.strerror or error}") from error
    if b"\0" in raw:
        row = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise ProblemError(f"{path}, row {row}: holds a NUL character")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise ProblemError(f"{path}, row {row}: is not UTF-8 text") from error


def read_rows(path: Path, required: Sequence[str], optional: Sequence[str]) -> Iterator[Row]:
    """Rows as ("file, row n", {column: text}); comma or semicolon, columns in any order."""
    text = read_text(path)
    if not text.strip():
        raise ProblemError(f"{path}: is empty")
    first = text.splitlines()[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    try:
        for cells in reader:
            where = f"{path}, row {reader.line_num}"
            if header is None:
                header = _header(where, cells, required, optional)
            elif any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    raise ProblemError(f"{where}: {len(cells)} cells for {len(header)} columns")
                yield where, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise ProblemError(f"{path}, row {reader.line_num}: {error}") from error


def _header(
    where: str, cells: list[str], required: Sequence[str], optional: Sequence[str]
) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    for name in required:
        if name not in header:
            raise ProblemError(f"{where}: column {name!r} is missing")
    for name in header:
        if name not in (*required, *optional):
            raise ProblemError(f"{where}: column {name!r} is not known")
        if header.count(name) > 1:
            raise ProblemError(f"{where}: column {name!r} stands twice")
    return header


def whole(where: str, name: str, text: str, least: int, most: int) -> int:
    """A whole number within limits, or ProblemError."""
    if not _WHOLE.match(text):
        raise ProblemError(f"{where}: {name} {text[:40]!r} is not a whole number")
    if len(text) > 20 or not least <= int(text) <= most:
        raise ProblemError(f"{where}: {name} {text[:40]} must lie between {least} and {most}")
    return int(text)


def _named(where: str, name: str, text: str) -> str:
    if not text:
        raise ProblemError(f"{where}: {name} is empty")
    return text


def read_slots(path: Path) -> tuple[Slot, ...]:
    """Slots from `slot,capacity[,company,day,field]`."""
    slots: dict[str, Slot] = {}
    for where, row in read_rows(path, ("slot", "capacity"), ("company", "day", "field")):
        name = _named(where, "slot", row["slot"])
        if name in slots:
            raise ProblemError(f"{where}: slot {name!r} stands twice")
        capacity = whole(where, "capacity", row["capacity"], 0, MAX_CAPACITY)
        slots[name] = Slot(
            name,
            capacity,
            company=row.get("company") or None,
            day=row.get("day") or None,
            field=row.get("field") or None,
        )
    if not slots:
        raise ProblemError(f"{path}: holds no slot")
    return tuple(slots.values())


def read_people(path: Path) -> tuple[Person, ...]:
    """People from `person[,wants,group,priority]`, in order of arrival."""
    people: dict[str, Person] = {}
    for where, row in read_rows(path, ("person",), ("wants", "group", "priority", "days")):
        name = _named(where, "person", row["person"])
        if name in people:
            raise ProblemError(f"{where}: person {name!r} stands twice")
        days = row.get("days", "").split()
        people[name] = Person(
            name,
            wants=whole(where, "wants", row.get("wants") or "1", 0, MAX_WANTS),
            group=row.get("group") or None,
            priority=whole(where, "priority", row.get("priority") or "0", -1000, 1000),
            days=frozenset(days) if days else None,
        )
    if not people:
        raise ProblemError(f"{path}: holds no person")
    return tuple(people.values())


def read_wishes(
    path: Path, slots: Iterable[Slot], people: Iterable[Person] | None
) -> tuple[Wish, ...]:
    """Wishes from `person,slot,rank[,travel,company]`; unknown names are refused."""
    known = {slot.id for slot in slots}
    crowd = None if people is None else {person.id for person in people}
    wishes: dict[tuple[str, str], Wish] = {}
    for where, row in read_rows(path, ("person", "slot", "rank"), ("travel", "company")):
        person, slot = _named(where, "person", row["person"]), _named(where, "slot", row["slot"])
        if slot not in known:
            raise ProblemError(f"{where}: slot {slot!r} is not known")
        if crowd is not None and person not in crowd:
            raise ProblemError(f"{where}: person {person!r} is not known")
        if (person, slot) in wishes:
            raise ProblemError(f"{where}: person {person!r} ranks slot {slot!r} twice")
        wishes[person, slot] = Wish(
            person,
            slot,
            whole(where, "rank", row["rank"], 1, MAX_RANK),
            travel=whole(where, "travel", row.get("travel") or "0", 0, MAX_COST),
            company=whole(where, "company", row.get("company") or "0", 0, MAX_COST),
        )
    if not wishes:
        raise ProblemError(f"{path}: holds no wish")
    return tuple(wishes.values())


def read_problem(wishes: Path, slots: Path, people: Path | None) -> Problem:
    """A problem from two or three files; without people, everybody with a wish wants one place."""
    places = read_slots(slots)
    crowd = None if people is None else read_people(people)
    wanted = read_wishes(wishes, places, crowd)
    if crowd is None:
        crowd = tuple(Person(name) for name in dict.fromkeys(wish.person for wish in wanted))
    return Problem(crowd, places, wanted)


def read_result(path: Path) -> list[tuple[str, str]]:
    """Pairs from a result `person,slot[,rank]`."""
    return [
        (row["person"], row["slot"]) for _, row in read_rows(path, ("person", "slot"), ("rank",))
    ]


def write_result(path: Path, solution: Solution) -> None:
    """Write `person,slot,rank` sorted by person; the file appears complete or not at all."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["person", "slot", "rank"])
    for row in solution.assignments:
        writer.writerow([row.person, row.slot, "" if row.rank is None else row.rank])
    if not path.parent.is_dir():
        raise ProblemError(f"{path}: there is no such directory")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text.getvalue())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
