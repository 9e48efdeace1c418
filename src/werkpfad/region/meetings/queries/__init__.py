"""Reads of the room: who sees which circle and which meeting."""

from werkpfad.region.meetings.queries.circles import (
    contacts_to_add,
    members_of,
    steered_circles,
    steered_members,
    with_counts,
)
from werkpfad.region.meetings.queries.meetings import (
    in_the_same_room,
    invited_to,
    meetings_between,
    own_registrations,
    registration_of,
    registrations_of,
    seats_taken,
    steered_changes,
    steered_meetings,
    to_remind,
    to_thank,
    with_answers,
)

__all__ = [
    "contacts_to_add",
    "in_the_same_room",
    "invited_to",
    "meetings_between",
    "members_of",
    "own_registrations",
    "registration_of",
    "registrations_of",
    "seats_taken",
    "steered_changes",
    "steered_circles",
    "steered_meetings",
    "steered_members",
    "to_remind",
    "to_thank",
    "with_answers",
    "with_counts",
]
