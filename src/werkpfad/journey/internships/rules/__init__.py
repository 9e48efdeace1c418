"""What decides about programmes and offers, in plain values."""

from werkpfad.journey.internships.rules.offers import (
    MAX_OTHER_FIELDS,
    MAX_SEATS,
    OfferPlace,
    OfferStep,
    OfferText,
    OfferTimes,
    SeatFrame,
    WizardStep,
    next_offer_status,
    place_problems,
    publish_problems,
    seat_problems,
    shifted_seats,
    text_problems,
    time_problems,
)
from werkpfad.journey.internships.rules.problems import NotValid, Problem, refuse
from werkpfad.journey.internships.rules.programmes import (
    DayChoice,
    ProgrammePlan,
    day_choices,
    day_problems,
    next_status,
    programme_problems,
)
from werkpfad.journey.internships.rules.search import (
    SearchCriteria,
    Sort,
)

__all__ = [
    "MAX_OTHER_FIELDS",
    "MAX_SEATS",
    "DayChoice",
    "NotValid",
    "OfferPlace",
    "OfferStep",
    "OfferText",
    "OfferTimes",
    "Problem",
    "ProgrammePlan",
    "SearchCriteria",
    "SeatFrame",
    "Sort",
    "WizardStep",
    "day_choices",
    "day_problems",
    "next_offer_status",
    "next_status",
    "place_problems",
    "programme_problems",
    "publish_problems",
    "refuse",
    "seat_problems",
    "shifted_seats",
    "text_problems",
    "time_problems",
]
