"""PrefLib files as problems: .soc .soi .toc .toi (orders, with or without ties) and .cat (categories).

Every voter wants one place, every alternative is a slot. PrefLib publishes no capacities; the caller
gives one for all. An alternative that a voter names twice counts where it stands first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from fairplace.model import MAX_CAPACITY, Person, Problem, ProblemError, Slot, Wish
from fairplace.tables import read_text, whole

SUFFIXES = frozenset({".soc", ".soi", ".toc", ".toi", ".cat"})
MAX_VOTERS = 10_000_000
_TOKEN = re.compile(r"\{[^{}]*\}|[^,{}]+")


@dataclass(frozen=True, slots=True)
class _Ballot:
    voters: int
    classes: list[list[str]]
    where: str


def is_preflib(path: Path) -> bool:
    """True if the name ends like a PrefLib file."""
    return path.suffix.lower() in SUFFIXES


def read_preflib(path: Path, capacity: int) -> Problem:
    """The problem of a file; people are numbered in the file's order, slots named by number."""
    known, ballots = _parse(path)
    width = len(str(sum(ballot.voters for ballot in ballots)))
    people: list[Person] = []
    wishes: list[Wish] = []
    for ballot in ballots:
        for _ in range(ballot.voters):
            person = Person(f"{len(people) + 1:0{width}}")
            people.append(person)
            seen: set[str] = set()
            for rank, names in enumerate(ballot.classes, start=1):
                for name in names:
                    if name not in known:
                        raise ProblemError(f"{ballot.where}: alternative {name!r} is not known")
                    if name not in seen:
                        seen.add(name)
                        wishes.append(Wish(person.id, name, rank))
    slots = tuple(Slot(name, capacity) for name in sorted(known, key=int))
    return Problem(tuple(people), slots, tuple(wishes))


def _parse(path: Path) -> tuple[frozenset[str], list[_Ballot]]:
    alternatives = None
    ballots: list[_Ballot] = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        where = f"{path}, row {number}"
        text = line.strip()
        if text.startswith("#"):
            key, _, value = text.lstrip("# ").partition(":")
            if key.strip().upper() == "NUMBER ALTERNATIVES":
                alternatives = whole(
                    where, "number of alternatives", value.strip(), 1, MAX_CAPACITY
                )
        elif text:
            count, colon, order = text.partition(":")
            if not colon:
                raise ProblemError(f"{where}: no colon after the number of voters")
            voters = whole(where, "number of voters", count.strip(), 1, MAX_VOTERS)
            ballots.append(_Ballot(voters, _classes(where, order), where))
    if alternatives is None:
        raise ProblemError(f"{path}: no line '# NUMBER ALTERNATIVES: n'")
    if not ballots:
        raise ProblemError(f"{path}: holds no order")
    return frozenset(str(i) for i in range(1, alternatives + 1)), ballots


def _classes(where: str, order: str) -> list[list[str]]:
    """Classes of equally good alternatives, best first."""
    if order.count("{") != order.count("}"):
        raise ProblemError(f"{where}: a brace is not closed")
    classes = []
    for token in _TOKEN.findall(order):
        names = [name.strip() for name in token.strip("{} \t").split(",") if name.strip()]
        for name in names:
            whole(where, "alternative", name, 1, MAX_CAPACITY)
        if names or token.startswith("{"):
            classes.append(names)
    return classes
