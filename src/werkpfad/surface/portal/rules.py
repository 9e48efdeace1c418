"""What a pupil does next: one sentence and one button, decided from plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.placements.enums import Side


class Task(StrEnum):
    """The one thing on top of a pupil's start page."""

    ANSWER = "answer"
    WAIT_FOR_ANSWER = "wait_for_answer"
    GO = "go"
    FEEDBACK = "feedback"
    PROFILE = "profile"
    WISH = "wish"
    WAIT_FOR_RESULT = "wait_for_result"
    RESULT = "result"
    LEFTOVERS = "leftovers"
    SEARCH = "search"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PupilJourney:
    """Where a pupil stands in everything that runs. Dates are inclusive.

    `open_side` is whose answer the nearest proposal waits for, None without one.
    """

    profile_done: bool = False
    phase: RoundPhase | None = None
    wishes_submitted: bool = False
    has_result: bool = False
    open_side: Side | None = None
    next_first_day: date | None = None
    feedback_missing: bool = False
    had_placement: bool = False


def task_of(journey: PupilJourney) -> Task:
    """The most urgent first: an answer others wait for, then what lies ahead, then the round."""
    if journey.open_side is Side.PUPIL:
        return Task.ANSWER
    if journey.feedback_missing:
        return Task.FEEDBACK
    if journey.next_first_day is not None:
        return Task.GO
    if journey.open_side is not None:
        return Task.WAIT_FOR_ANSWER
    return _task_in_round(journey)


def _task_in_round(journey: PupilJourney) -> Task:
    if journey.phase is RoundPhase.PUBLISHED and journey.has_result:
        return Task.RESULT
    if journey.phase is RoundPhase.LEFTOVERS:
        return Task.LEFTOVERS
    if journey.phase in (RoundPhase.WISHES, RoundPhase.PLANNED, None) and not journey.profile_done:
        return Task.PROFILE
    if journey.phase is RoundPhase.WISHES and not journey.wishes_submitted:
        return Task.WISH
    if journey.phase in (RoundPhase.WISHES, RoundPhase.ALLOCATION):
        return Task.WAIT_FOR_RESULT
    return Task.DONE if journey.had_placement and journey.phase is None else Task.SEARCH


def steps_done(journey: PupilJourney) -> int:
    """How many of the four steps lie behind: profile, wishes, result, placement confirmed."""
    if journey.next_first_day is not None or (journey.had_placement and journey.phase is None):
        return 4
    if journey.has_result or journey.open_side is not None:
        return 3
    if journey.wishes_submitted:
        return 2
    return 1 if journey.profile_done else 0
