"""Networks with their people, and their meetings."""

from werkpfad.region.meetings.models.circles import Circle, CircleMember, Participant
from werkpfad.region.meetings.models.meetings import (
    AgendaItem,
    Meeting,
    Registration,
    Series,
    WorkingGroup,
)
from werkpfad.region.meetings.models.minutes import ActionPoint, Decision, Minutes
from werkpfad.region.meetings.models.news import NewsIssue, Subscription
from werkpfad.region.meetings.models.periods import PeriodChange

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "Circle",
    "CircleMember",
    "Decision",
    "Meeting",
    "Minutes",
    "NewsIssue",
    "Participant",
    "PeriodChange",
    "Registration",
    "Series",
    "Subscription",
    "WorkingGroup",
]
