"""Meetings are planned, changed, called off; a change that a calendar shows is told to everybody invited."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of
from werkpfad.base.core.text import same_name_key
from werkpfad.region.meetings.actions.answers import move_up
from werkpfad.region.meetings.actions.telling import tell_all
from werkpfad.region.meetings.enums import MeetingState, PlaceKind, Rhythm
from werkpfad.region.meetings.models import AgendaItem, Circle, Meeting, Series, WorkingGroup
from werkpfad.region.meetings.rules import (
    TOLD,
    MeetingPlan,
    Method,
    may_call_off,
    moved,
    series_days,
)

_PLAIN = (
    "title",
    "description",
    "starts_at",
    "ends_at",
    "place_kind",
    "room",
    "address",
    "access_note",
    "video_link",
    "capacity",
)


class AlreadyCalledOff(Exception):
    """The meeting is called off."""


@transaction.atomic
def schedule(
    *,
    circle: Circle,
    plan: MeetingPlan,
    rhythm: Rhythm | None = None,
    count: int = 1,
    by: Actor,
    at: datetime,
) -> list[Meeting]:
    """One meeting, or `count` of a series at the same time of day. Nobody is invited yet."""
    series = Series.objects.create(circle=circle, rhythm=rhythm) if rhythm else None
    first = day_of(plan.starts_at)
    days = series_days(first, rhythm, count) if rhythm else (first,)
    meetings = []
    for day in days:
        shift = (day - first).days
        meeting = Meeting(circle=circle, series=series, changed_at=at)
        _write(meeting, _shifted(plan, shift))
        meeting.save()
        _write_agenda(meeting, plan)
        _write_groups(meeting, plan)
        _record("meeting.planned", meeting, by=by, at=at)
        meetings.append(meeting)
    return meetings


def _shifted(plan: MeetingPlan, days: int) -> MeetingPlan:
    return replace(plan, starts_at=moved(plan.starts_at, days), ends_at=moved(plan.ends_at, days))


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, plan: MeetingPlan, seen_version: int, by: Actor, at: datetime
) -> int:
    """Store another plan; returns how many people were told. Raises EditConflict."""
    locked = _locked(meeting)
    before = {name: getattr(locked, name) for name in TOLD}
    _write(locked, plan)
    is_news = any(getattr(locked, name) != before[name] for name in TOLD)
    if is_news:
        locked.sequence, locked.changed_at = locked.sequence + 1, at
    save_if_unchanged(locked, seen_version=seen_version)
    _write_agenda(locked, plan)
    _write_groups(locked, plan)
    if locked.starts_at != before["starts_at"]:
        locked.registrations.update(reminded_at=None)
    _record("meeting.changed", locked, by=by, at=at, sequence=locked.sequence)
    told = 0
    if is_news and locked.state == MeetingState.INVITED:
        told = tell_all(
            locked,
            "meetings/mail/changed.txt",
            occasion="changed",
            method=Method.REQUEST,
            by=by,
            at=at,
        )
    move_up(meeting=locked, by=by, at=at)
    return told


@transaction.atomic
def move_meeting(*, meeting: Meeting, days: int, by: Actor, at: datetime) -> int:
    """The same time of day some days later or earlier; returns how many people were told. Raises AlreadyCalledOff."""
    locked = _locked(meeting)
    if not may_call_off(locked.state):
        raise AlreadyCalledOff
    locked.starts_at, locked.ends_at = moved(locked.starts_at, days), moved(locked.ends_at, days)
    _next_revision(locked, at=at)
    locked.registrations.update(reminded_at=None)
    _record("meeting.moved", locked, by=by, at=at, sequence=locked.sequence, days=days)
    if locked.state != MeetingState.INVITED:
        return 0
    return tell_all(
        locked,
        "meetings/mail/changed.txt",
        occasion="changed",
        method=Method.REQUEST,
        by=by,
        at=at,
    )


@transaction.atomic
def call_off(*, meeting: Meeting, reason: str, by: Actor, at: datetime) -> int:
    """The meeting does not take place; returns how many people were told. Raises AlreadyCalledOff."""
    locked = _locked(meeting)
    if not may_call_off(locked.state):
        raise AlreadyCalledOff
    was_invited = locked.state == MeetingState.INVITED
    locked.state, locked.cancel_reason = MeetingState.CANCELLED, reason
    _next_revision(locked, at=at)
    _record("meeting.called_off", locked, by=by, at=at, sequence=locked.sequence)
    if not was_invited:
        return 0
    return tell_all(
        locked, "meetings/mail/called_off.txt", occasion="off", method=Method.CANCEL, by=by, at=at
    )


@transaction.atomic
def take_up_again(*, meeting: Meeting, by: Actor, at: datetime) -> int:
    """A meeting called off takes place after all; returns how many people were told."""
    locked = _locked(meeting)
    if locked.state != MeetingState.CANCELLED:
        return 0
    had_invited = locked.registrations.exists()
    locked.state = MeetingState.INVITED if had_invited else MeetingState.PLANNED
    locked.cancel_reason = ""
    _next_revision(locked, at=at)
    _record("meeting.taken_up", locked, by=by, at=at, sequence=locked.sequence)
    if not had_invited:
        return 0
    return tell_all(
        locked, "meetings/mail/taken_up.txt", occasion="on", method=Method.REQUEST, by=by, at=at
    )


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("circle__region")
    return rows.get(pk=meeting.pk)


def _next_revision(meeting: Meeting, *, at: datetime) -> None:
    meeting.sequence += 1
    meeting.changed_at = at
    meeting.version += 1
    meeting.save()


def _write(meeting: Meeting, plan: MeetingPlan) -> None:
    for name in _PLAIN:
        setattr(meeting, name, getattr(plan, name))
    has_room = plan.place_kind != PlaceKind.REMOTE and plan.room
    meeting.room_key = same_name_key(f"{plan.room} {plan.address}") if has_room else ""


def _write_agenda(meeting: Meeting, plan: MeetingPlan) -> None:
    """Items keep their row while their title stays; one with notes is never lost, and notes are never touched here."""
    known = {item.title: item for item in meeting.agenda.all()}
    for position, line in enumerate(plan.agenda):
        values = {"position": position, "minutes": line.minutes, "owner": line.owner}
        item = known.pop(line.title, None)
        if item is None:
            AgendaItem.objects.create(meeting=meeting, title=line.title, **values)
        else:
            AgendaItem.objects.filter(pk=item.pk).update(**values)
    AgendaItem.objects.filter(pk__in=[item.pk for item in known.values()], notes="").delete()


def _write_groups(meeting: Meeting, plan: MeetingPlan) -> None:
    known = {group.title: group for group in meeting.groups.all()}
    for position, line in enumerate(plan.groups):
        group = known.pop(line.title, None) or WorkingGroup(meeting=meeting, title=line.title)
        group.position, group.capacity = position, line.capacity
        group.save()
    WorkingGroup.objects.filter(pk__in=[group.pk for group in known.values()]).delete()


def _record(event: str, meeting: Meeting, *, by: Actor, at: datetime, **facts: object) -> None:
    record(event, by=by, at=at, obj=meeting, region_id=meeting.circle.region_id, **facts)
