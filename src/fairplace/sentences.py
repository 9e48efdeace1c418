"""Reasons as sentences, for three readers in two languages, from nothing but the facts of the reason.

No sentence names another person: the engine's moves tell how many people would have been touched,
never who. The place's name is the caller's, because the engine only knows ids.
"""

from __future__ import annotations

from enum import StrEnum

from fairplace import sentences_de, sentences_en
from fairplace.solution import Code, Reason, WishReason


class Reader(StrEnum):
    """Who reads the sentence."""

    PUPIL = "pupil"
    """13 years old, wants to know what happened and that it was fair."""
    TEACHER = "teacher"
    """Wants the rule in one glance, to explain it."""
    JUDGE = "judge"
    """Wants the rule, the figures and how to check them."""


class Language(StrEnum):
    """Language of the sentence."""

    DE = "de"
    EN = "en"


_TABLES = {Language.DE: sentences_de, Language.EN: sentences_en}
_TOLD_BY_CHANGE = frozenset(
    {
        Code.PLACED,
        Code.EQUITY,
        Code.KEPT,
        Code.FIELDS,
        Code.WISHES,
        Code.TRAVEL,
        Code.COMPANY,
        Code.LOTTERY,
    }
)


def sentence(
    row: WishReason,
    reason: Reason,
    *,
    place: str,
    reader: Reader = Reader.PUPIL,
    language: Language = Language.DE,
) -> str:
    """Why the wish `row` of the person of `reason` was granted or not, as plain text."""
    table = _TABLES[language]
    text = table.SENTENCES[row.code][reader]
    if row.code in _TOLD_BY_CHANGE and reader is Reader.JUDGE:
        text = f"{text} {table.PROOF}"
    filled: str = text.format(
        place=place,
        rank=row.rank,
        seats=table.seats(row.seats),
        wanted=table.people(row.wanted),
        number=reason.lottery,
        people=reason.people,
        moved=table.people(len({move.person for move in row.moves})),
        worse=table.people(_worse_off(row)),
        loss=table.loss(any(name == "days" for name, _ in row.change)),
        points=_first_change(row),
        change=table.changes(row.change),
    )
    return filled


def overall(
    reason: Reason, *, reader: Reader = Reader.PUPIL, language: Language = Language.DE
) -> str:
    """What became of the person, in one sentence."""
    kind = {Code.GRANTED: "granted", Code.CONFIRMED: "confirmed", Code.NO_WISH: "no_wish"}
    text: str = _TABLES[language].OVERALL[kind.get(reason.code, "without")][reader]
    return text.format(number=reason.lottery, people=reason.people)


def _worse_off(row: WishReason) -> int:
    """People who would be without (or with a place fewer) to make room, at least one."""
    return max(1, sum(1 for move in row.moves if move.target is None))


def _first_change(row: WishReason) -> int:
    return row.change[0][1] if row.change else 0
