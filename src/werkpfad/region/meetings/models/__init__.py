"""Networks with their people, and their meetings."""

from werkpfad.region.meetings.models.circles import Circle, CircleMember, Participant
from werkpfad.region.meetings.models.meetings import (
    AgendaItem,
    Meeting,
    Registration,
    Series,
    WorkingGroup,
)
from werkpfad.region.meetings.models.periods import PeriodChange

__all__ = [
    "AgendaItem",
    "Circle",
    "CircleMember",
    "Meeting",
    "Participant",
    "PeriodChange",
    "Registration",
    "Series",
    "WorkingGroup",
]
