"""Invitations and what people answer. Seats are counted under a lock; a seat that becomes free goes to who waits longest."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.region.meetings.actions.telling import tell
from werkpfad.region.meetings.enums import Answer, Attending, MeetingState, PlaceKind
from werkpfad.region.meetings.models import Meeting, Participant, Registration, WorkingGroup
from werkpfad.region.meetings.queries import seats_taken
from werkpfad.region.meetings.rules import Method, has_seat, may_answer, may_invite


class NotInvitable(Exception):
    """The meeting is called off."""


class TooLate(Exception):
    """The meeting is over, called off or not open yet."""


class GroupFull(Exception):
    """Somebody else took the last seat of the working group."""


@transaction.atomic
def invite(
    *, meeting: Meeting, participants: Iterable[Participant], by: Actor, at: datetime
) -> int:
    """Invite people who are not invited yet; each gets a mail with a calendar entry. Returns how many. Raises NotInvitable."""
    locked = _locked(meeting)
    if not may_invite(locked.state):
        raise NotInvitable
    if locked.state == MeetingState.PLANNED:
        locked.state, locked.changed_at = MeetingState.INVITED, at
        locked.save(update_fields=["state", "changed_at", "updated_at"])
    known = set(locked.registrations.values_list("participant_id", flat=True))
    new = [person for person in participants if person.pk not in known]
    agenda = list(locked.agenda.order_by("position"))
    for person in new:
        row = Registration.objects.create(meeting=locked, participant=person)
        tell(
            row,
            "meetings/mail/invited.txt",
            occasion="invited",
            method=Method.REQUEST,
            by=by,
            at=at,
            agenda=agenda,
        )
    record(
        "meeting.invited",
        by=by,
        at=at,
        obj=locked,
        region_id=locked.circle.region_id,
        count=len(new),
    )
    return len(new)


@transaction.atomic
def accept(
    *,
    registration: Registration,
    attending: Attending,
    group: WorkingGroup | None,
    needs: str,
    by: Actor,
    at: datetime,
) -> Answer:
    """Take part; COMING, or WAITING when the room is full. Raises TooLate, GroupFull."""
    meeting, row = _both(registration, at=at)
    had_seat = row.answer == Answer.COMING and row.attending == Attending.ROOM
    row.attending = _possible(meeting, attending)
    needs_seat = row.attending == Attending.ROOM and not had_seat
    if group is not None and not _group_has_seat(group, row):
        raise GroupFull
    row.group, row.needs, row.answered_at = group, needs, at
    if needs_seat and not has_seat(meeting.capacity, seats_taken(meeting)):
        row.answer, row.waiting_since = Answer.WAITING, row.waiting_since or at
    else:
        row.answer, row.waiting_since = Answer.COMING, None
    row.save()
    _record(f"registration.{row.answer}", row, meeting, by=by, at=at)
    if had_seat:
        move_up(meeting=meeting, by=by, at=at)
    return Answer(row.answer)


@transaction.atomic
def decline(*, registration: Registration, by: Actor, at: datetime) -> None:
    """Do not take part; the seat goes to who waits longest. Raises TooLate."""
    meeting, row = _both(registration, at=at)
    row.answer, row.waiting_since, row.group = Answer.DECLINED, None, None
    row.answered_at = at
    row.save()
    _record("registration.declined", row, meeting, by=by, at=at)
    move_up(meeting=meeting, by=by, at=at)


def move_up(*, meeting: Meeting, by: Actor, at: datetime) -> int:
    """Give free seats to the waiting list, oldest first; returns how many moved up. Call with the meeting locked."""
    if meeting.state != MeetingState.INVITED or meeting.starts_at <= at:
        return 0
    moved = 0
    waiting = Registration.objects.filter(meeting=meeting, answer=Answer.WAITING)
    for row in waiting.select_related("participant").order_by("waiting_since", "pk"):
        if not has_seat(meeting.capacity, seats_taken(meeting)):
            break
        row.meeting = meeting
        row.answer, row.waiting_since = Answer.COMING, None
        row.save()
        _record("registration.moved_up", row, meeting, by=by, at=at)
        tell(
            row,
            "meetings/mail/moved_up.txt",
            occasion=f"up:{row.version}",
            method=Method.REQUEST,
            by=by,
            at=at,
        )
        moved += 1
    return moved


@transaction.atomic
def note_attendance(*, meeting: Meeting, there: frozenset[str], by: Actor, at: datetime) -> int:
    """Who was there, by public ids; everybody else registered was not. Returns how many were."""
    rows = meeting.registrations.exclude(answer=Answer.DECLINED)
    rows.filter(public_id__in=there).update(
        was_there=True, answer=Answer.COMING, waiting_since=None
    )
    rows.exclude(public_id__in=there).update(was_there=False)
    count = rows.filter(was_there=True).count()
    record(
        "meeting.attendance",
        by=by,
        at=at,
        obj=meeting,
        region_id=meeting.circle.region_id,
        count=count,
    )
    return count


@transaction.atomic
def give_feedback(
    *, registration: Registration, rating: int, comment: str, by: Actor, at: datetime
) -> None:
    """1 (not useful) to 4 (very useful), with or without words; may be given again."""
    registration.rating, registration.comment = rating, comment
    registration.save(update_fields=["rating", "comment", "updated_at"])
    _record("registration.feedback", registration, registration.meeting, by=by, at=at)


def _locked(meeting: Meeting) -> Meeting:
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("circle__region")
        .get(pk=meeting.pk)
    )


def _both(registration: Registration, *, at: datetime) -> tuple[Meeting, Registration]:
    """Meeting (locked) and registration as they are now."""
    meeting = _locked(registration.meeting)
    if not may_answer(meeting.state, ends_at=meeting.ends_at, at=at):
        raise TooLate
    return meeting, Registration.objects.get(pk=registration.pk)


def _possible(meeting: Meeting, wanted: Attending) -> Attending:
    if meeting.place_kind == PlaceKind.HYBRID:
        return wanted
    return Attending.REMOTE if meeting.place_kind == PlaceKind.REMOTE else Attending.ROOM


def _group_has_seat(group: WorkingGroup, row: Registration) -> bool:
    others = group.registrations.filter(answer__in=[Answer.COMING, Answer.WAITING])
    return has_seat(group.capacity, others.exclude(pk=row.pk).count())


def _record(event: str, row: Registration, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    record(event, by=by, at=at, obj=row, region_id=meeting.circle.region_id)
