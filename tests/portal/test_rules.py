"""A pupil's next step: the most urgent one, and always exactly one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.placements.enums import Side
from werkpfad.surface.portal.rules import PupilJourney, Task, steps_done, task_of

SOON = date(2027, 2, 8)


@pytest.mark.parametrize(
    ("journey", "task"),
    [
        (PupilJourney(), Task.PROFILE),
        (PupilJourney(profile_done=True), Task.SEARCH),
        (PupilJourney(phase=RoundPhase.WISHES), Task.PROFILE),
        (PupilJourney(profile_done=True, phase=RoundPhase.WISHES), Task.WISH),
        (
            PupilJourney(profile_done=True, phase=RoundPhase.WISHES, wishes_submitted=True),
            Task.WAIT_FOR_RESULT,
        ),
        (PupilJourney(phase=RoundPhase.ALLOCATION), Task.WAIT_FOR_RESULT),
        (PupilJourney(phase=RoundPhase.PUBLISHED, has_result=True), Task.RESULT),
        (PupilJourney(phase=RoundPhase.LEFTOVERS, has_result=True), Task.LEFTOVERS),
        (PupilJourney(phase=RoundPhase.LEFTOVERS, next_first_day=SOON), Task.GO),
        (PupilJourney(phase=RoundPhase.PUBLISHED, open_side=Side.PUPIL), Task.ANSWER),
        (PupilJourney(open_side=Side.COMPANY), Task.WAIT_FOR_ANSWER),
        (PupilJourney(next_first_day=SOON), Task.GO),
        (PupilJourney(next_first_day=SOON, open_side=Side.PUPIL), Task.ANSWER),
        (PupilJourney(feedback_missing=True, had_placement=True), Task.FEEDBACK),
        (PupilJourney(profile_done=True, had_placement=True), Task.DONE),
    ],
)
def test_the_most_urgent_comes_first(journey: PupilJourney, task: Task) -> None:
    assert task_of(journey) is task


journeys = st.builds(
    PupilJourney,
    profile_done=st.booleans(),
    phase=st.one_of(st.none(), st.sampled_from(RoundPhase)),
    wishes_submitted=st.booleans(),
    has_result=st.booleans(),
    open_side=st.one_of(st.none(), st.sampled_from(Side)),
    next_first_day=st.one_of(st.none(), st.just(SOON)),
    feedback_missing=st.booleans(),
    had_placement=st.booleans(),
)


@given(journeys)
def test_every_journey_has_a_task_and_a_place_on_the_way(journey: PupilJourney) -> None:
    assert task_of(journey) in Task
    assert 0 <= steps_done(journey) <= 4


@given(journeys)
def test_an_answer_others_wait_for_is_never_hidden(journey: PupilJourney) -> None:
    if journey.open_side is Side.PUPIL:
        assert task_of(journey) is Task.ANSWER
