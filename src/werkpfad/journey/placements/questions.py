"""The short questions both sides answer afterwards, on a scale from 1 (stimmt nicht) to 4 (stimmt genau)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from werkpfad.journey.placements.enums import Side

SCALE: Mapping[int, str] = {
    1: "stimmt nicht",
    2: "stimmt kaum",
    3: "stimmt ziemlich",
    4: "stimmt genau",
}


@dataclass(frozen=True, slots=True)
class Question:
    """`code` is stored, `text` is asked, `short` heads a figure."""

    code: str
    text: str
    short: str


BY_COMPANY = (
    Question("reliable", "War pünktlich und hielt sich an Absprachen.", "Zuverlässigkeit"),
    Question("interested", "Zeigte Interesse und stellte Fragen.", "Interesse"),
    Question("careful", "Führte Aufgaben sorgfältig aus.", "Sorgfalt"),
    Question("team", "War freundlich und arbeitete gut mit anderen.", "Umgang im Team"),
)
BY_PUPIL = (
    Question("task", "Ich hatte richtige Aufgaben.", "Aufgaben"),
    Question("guidance", "Mir wurde alles gut erklärt.", "Anleitung"),
    Question("welcome", "Alle waren freundlich zu mir.", "Umgang"),
    Question("insight", "Ich weiß jetzt besser, ob das etwas für mich ist.", "Orientierung"),
)
QUESTIONS: Mapping[Side, tuple[Question, ...]] = {
    Side.COMPANY: BY_COMPANY,
    Side.PUPIL: BY_PUPIL,
}


def are_complete(side: Side, scores: Mapping[str, int]) -> bool:
    """Whether exactly the side's questions are answered, each on the scale."""
    codes = {question.code for question in QUESTIONS.get(side, ())}
    return bool(codes) and scores.keys() == codes and all(s in SCALE for s in scores.values())


@dataclass(frozen=True, slots=True)
class Average:
    question: Question
    value: float


def averages(
    side: Side, answers: Iterable[Mapping[str, int]], *, min_group_size: int
) -> tuple[Average, ...]:
    """Means by question; nothing below the group size, so that no single pupil can be recognised."""
    rows = list(answers)
    if len(rows) < max(1, min_group_size):
        return ()
    return tuple(
        Average(q, round(sum(row[q.code] for row in rows) / len(rows), 1)) for q in QUESTIONS[side]
    )
