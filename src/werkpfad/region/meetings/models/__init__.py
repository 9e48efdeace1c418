"""Networks with their people, and their meetings."""

from werkpfad.region.meetings.models.circles import Circle, CircleMember, Participant
from werkpfad.region.meetings.models.meetings import (
    AgendaItem,
    Meeting,
    Registration,
    Series,
    WorkingGroup,
)

__all__ = [
    "AgendaItem",
    "Circle",
    "CircleMember",
    "Meeting",
    "Participant",
    "Registration",
    "Series",
    "WorkingGroup",
]
