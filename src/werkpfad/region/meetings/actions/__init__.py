"""Meetings promise: a person is stored once per region; nobody is invited, moved or sent away without a word."""

from werkpfad.region.meetings.actions.circles import (
    NameTaken,
    add_members,
    change_circle,
    change_participant,
    found_circle,
    remove_member,
)

__all__ = [
    "NameTaken",
    "add_members",
    "change_circle",
    "change_participant",
    "found_circle",
    "remove_member",
]
