"""Allocation in plain values: phases, wishes, figures and the words for a result."""

from werkpfad.journey.matching.rules.figures import Outcome, summarise, suppressed, total
from werkpfad.journey.matching.rules.guidance import Guidance, guidance
from werkpfad.journey.matching.rules.reasons import (
    headline,
    lottery_line,
    next_step,
    why_not,
    why_not_for_teacher,
)
from werkpfad.journey.matching.rules.rounds import (
    BY_HAND,
    NotValid,
    Problem,
    RoundPlan,
    commitment,
    next_phase,
    phase_on,
    progress_of,
    round_problems,
    run_seed,
    steps_by_hand,
)
from werkpfad.journey.matching.rules.variation import MOST_SEATS, NewPlace, Variation, variation_of
from werkpfad.journey.matching.rules.wishes import (
    Obstacle,
    PupilFacts,
    SlotFacts,
    chance,
    crowding,
    is_possible,
    obstacles,
    submit_problems,
    travel_km,
    week_problems,
)
from werkpfad.journey.matching.rules.worth import Worth, worth_of

__all__ = [
    "BY_HAND",
    "MOST_SEATS",
    "Guidance",
    "NewPlace",
    "NotValid",
    "Obstacle",
    "Outcome",
    "Problem",
    "PupilFacts",
    "RoundPlan",
    "SlotFacts",
    "Variation",
    "Worth",
    "chance",
    "commitment",
    "crowding",
    "guidance",
    "headline",
    "is_possible",
    "lottery_line",
    "next_phase",
    "next_step",
    "obstacles",
    "phase_on",
    "progress_of",
    "round_problems",
    "run_seed",
    "steps_by_hand",
    "submit_problems",
    "summarise",
    "suppressed",
    "total",
    "travel_km",
    "variation_of",
    "week_problems",
    "why_not",
    "why_not_for_teacher",
    "worth_of",
]
