"""Meetings promise: a person is stored once per region; a seat is never given twice; nobody invited misses a change;
what calendars show is always the newest revision; every mail leaves once.
"""

from werkpfad.region.meetings.actions.answers import (
    GroupFull,
    NotInvitable,
    TooLate,
    accept,
    decline,
    give_feedback,
    invite,
    move_up,
    note_attendance,
)
from werkpfad.region.meetings.actions.calendars import close_feed, open_feed
from werkpfad.region.meetings.actions.circles import (
    NameTaken,
    add_members,
    change_circle,
    change_participant,
    found_circle,
    remove_member,
)
from werkpfad.region.meetings.actions.minutes import (
    AlreadyApproved,
    approve_minutes,
    finish_point,
    remind_of_points,
    reopen_point,
    write_notes,
)
from werkpfad.region.meetings.actions.news import (
    AlreadySent,
    ask_for_news,
    change_issue,
    confirm_news,
    forget_unconfirmed,
    leave_news,
    send_issue,
    write_issue,
)
from werkpfad.region.meetings.actions.periods import change_period, undo_period
from werkpfad.region.meetings.actions.planning import (
    AlreadyCalledOff,
    call_off,
    change_meeting,
    move_meeting,
    schedule,
    take_up_again,
)
from werkpfad.region.meetings.actions.repeating import (
    ask_how_it_was,
    forget_people,
    forget_registrations,
    remind_of_meetings,
)

__all__ = [
    "AlreadyApproved",
    "AlreadyCalledOff",
    "AlreadySent",
    "GroupFull",
    "NameTaken",
    "NotInvitable",
    "TooLate",
    "accept",
    "add_members",
    "approve_minutes",
    "ask_for_news",
    "ask_how_it_was",
    "call_off",
    "change_circle",
    "change_issue",
    "change_meeting",
    "change_participant",
    "change_period",
    "close_feed",
    "confirm_news",
    "decline",
    "finish_point",
    "forget_people",
    "forget_registrations",
    "forget_unconfirmed",
    "found_circle",
    "give_feedback",
    "invite",
    "leave_news",
    "move_meeting",
    "move_up",
    "note_attendance",
    "open_feed",
    "remind_of_meetings",
    "remind_of_points",
    "remove_member",
    "reopen_point",
    "schedule",
    "send_issue",
    "take_up_again",
    "undo_period",
    "write_issue",
    "write_notes",
]
