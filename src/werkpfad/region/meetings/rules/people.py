"""Reading a list of people as somebody pastes it: one line each, in the order people write it."""

import re
from dataclasses import dataclass

_EMAIL = re.compile(r"[^\s<>;,\"'()]+@[^\s<>;,\"'()]+\.[^\s<>;,\"'()]+")
_PARTS = re.compile(r"[;,\t<>()\"]+")
MOST_LINES = 500
LONGEST_NAME = 120
LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person: `email` in small letters; `organisation` may be empty."""

    name: str
    email: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class ReadPeople:
    """What was understood, without doubles, and the numbers of the lines (from 1) that hold no usable address."""

    people: tuple[PersonLine, ...]
    wrong_lines: tuple[int, ...]


def people_from(text: str) -> ReadPeople:
    """'Kim Muster; kim@firma.de; Firma', 'Kim Muster <kim@firma.de>' or the bare address; also with commas or tabs."""
    found: dict[str, PersonLine] = {}
    wrong: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        person = _person(line)
        if person is None:
            wrong.append(number)
        else:
            found.setdefault(person.email, person)
    return ReadPeople(tuple(found.values()), tuple(wrong))


def _person(line: str) -> PersonLine | None:
    match = _EMAIL.search(line)
    if match is None or len(match.group()) > LONGEST_ADDRESS:
        return None
    email = match.group().lower().removeprefix("mailto:")
    rest = f"{line[: match.start()]};{line[match.end() :]}"
    words = [" ".join(part.split()) for part in _PARTS.split(rest)]
    parts = [word for word in words if word]
    name = parts[0] if parts else email.partition("@")[0]
    return PersonLine(name[:LONGEST_NAME], email, " ".join(parts[1:])[:160])
