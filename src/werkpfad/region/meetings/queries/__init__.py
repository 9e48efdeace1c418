"""Reads of the room: who sees which circle."""

from werkpfad.region.meetings.queries.circles import (
    contacts_to_add,
    members_of,
    steered_circles,
    steered_members,
    with_counts,
)

__all__ = ["contacts_to_add", "members_of", "steered_circles", "steered_members", "with_counts"]
