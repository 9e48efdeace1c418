"""Reading decisions and tasks out of minutes as people write them, and how a task stands."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from werkpfad.base.core.text import tokens

_MARK = re.compile(r"^\s*[-*•]?\s*(Beschluss|Aufgabe)\s*:\s*(\S.*?)\s*$", re.IGNORECASE)
_TAIL = re.compile(r"\s*\(([^()]*)\)\s*[.]?$")
_DATE = re.compile(r"(?:bis\s+(?:zum\s+)?)?(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})?", re.IGNORECASE)
SOON = timedelta(days=7)
MOST_SHOWN = 3


class MarkKind(StrEnum):
    DECISION = "decision"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked line; `owner` as written, `due_on` only where a date was given."""

    kind: MarkKind
    text: str
    owner: str = ""
    due_on: date | None = None


def marks_in(text: str, *, meeting_day: date) -> tuple[Mark, ...]:
    """Lines that begin with 'Beschluss:' or 'Aufgabe:'. A task may end in '(Name, bis 12.1.)'.

    A date without year is the next one after the meeting.
    """
    found = (_MARK.match(line) for line in text.splitlines())
    return tuple(_mark(match[1], match[2], meeting_day) for match in found if match)


def _mark(word: str, rest: str, meeting_day: date) -> Mark:
    if word.lower() == "beschluss":
        return Mark(MarkKind.DECISION, rest[:600])
    tail = _TAIL.search(rest)
    if tail is None:
        return Mark(MarkKind.TASK, rest[:600])
    due_on = _due(tail[1], meeting_day)
    owner = _DATE.sub("", tail[1]) if due_on else tail[1]
    text = rest[: tail.start()].strip() or rest
    return Mark(MarkKind.TASK, text[:600], " ".join(owner.strip(" ,;").split())[:120], due_on)


def _due(text: str, meeting_day: date) -> date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    try:
        if match[3]:
            return date(int(match[3]), month, day)
        this_year = date(meeting_day.year, month, day)
        return this_year if this_year >= meeting_day else date(meeting_day.year + 1, month, day)
    except ValueError:
        return None


def light_of(
    *, is_done: bool, due_on: date | None, today: date
) -> tuple[Literal["red", "amber", "green", "grey"], str]:
    """Colour and word: red when overdue, amber in the last week, grey without a date."""
    if is_done:
        return "green", "erledigt"
    if due_on is None:
        return "grey", "ohne Termin"
    if due_on < today:
        return "red", "überfällig"
    return ("amber", "bald fällig") if due_on - today <= SOON else ("green", "im Plan")


def lines_with(text: str, wanted: list[str]) -> list[str]:
    """The first lines of minutes that hold one of the searched words (as stemmed tokens), whole or as part of a word."""
    found = []
    for line in text.splitlines():
        own = tokens(line)
        if any(word in token for word in wanted for token in own):
            found.append(line.strip())
        if len(found) == MOST_SHOWN:
            break
    return found
