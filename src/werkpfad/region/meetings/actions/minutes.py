"""Writing minutes together, approving them, and what follows: each task has an owner and a day.

Approval is one transaction: minutes, decisions, tasks and all mails exist together or not at all.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from werkpfad.base.accounts.actions import issue_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.queries import user_by_email
from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import SYSTEM, Actor
from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.days import day_of
from werkpfad.base.core.text import same_name_key, search_text
from werkpfad.region.meetings.models import (
    ActionPoint,
    AgendaItem,
    Decision,
    Meeting,
    Minutes,
    Participant,
)
from werkpfad.region.meetings.queries import points_to_remind, readers_of
from werkpfad.region.meetings.rules import Mark, MarkKind, marks_in
from werkpfad.region.notifications.actions import notify
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import from_template

LINK_LASTS = timedelta(days=365)


class AlreadyApproved(Exception):
    """The minutes are approved; what they say stays."""


@transaction.atomic
def write_notes(
    *, item: AgendaItem, notes: str, seen_version: int, by: Actor, at: datetime
) -> None:
    """Store what was said about one item. Raises EditConflict when somebody else saved it, AlreadyApproved."""
    meeting = _locked(item.meeting_id)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise AlreadyApproved
    item.notes = notes
    save_if_unchanged(item, seen_version=seen_version)
    record("minutes.written", by=by, at=at, obj=item, region_id=meeting.circle.region_id)


@transaction.atomic
def approve_minutes(*, meeting: Meeting, by: Actor, at: datetime) -> Minutes:
    """Publish to members and invited people, and turn marked lines into decisions and tasks. Raises AlreadyApproved."""
    locked = _locked(meeting.pk)
    if Minutes.objects.filter(meeting=locked).exists():
        raise AlreadyApproved
    items = list(locked.agenda.order_by("position"))
    words = search_text(locked.title, *(f"{item.title} {item.notes}" for item in items))
    minutes = Minutes.objects.create(
        meeting=locked, approved_at=at, approved_by_id=by.user_id, search_text=words
    )
    readers = list(readers_of(locked))
    points = _draw_conclusions(locked, items, readers)
    record(
        "minutes.approved",
        by=by,
        at=at,
        obj=minutes,
        region_id=locked.circle.region_id,
        tasks=len(points),
    )
    for reader in readers:
        _send_minutes(minutes, reader, by=by, at=at)
    for point in points:
        if point.owner is not None:
            _send_point(point, "meetings/mail/task.txt", occasion="new", by=by, at=at)
    return minutes


def _locked(meeting_id: int) -> Meeting:
    """Writing and approving wait for each other, so that nothing is written into approved minutes."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("circle__region")
    return rows.get(pk=meeting_id)


def _draw_conclusions(
    meeting: Meeting, items: list[AgendaItem], readers: list[Participant]
) -> list[ActionPoint]:
    day = day_of(meeting.starts_at)
    points = []
    for item in items:
        for mark in marks_in(item.notes, meeting_day=day):
            if mark.kind is MarkKind.DECISION:
                Decision.objects.create(meeting=meeting, item=item, text=mark.text)
            else:
                points.append(_point(meeting, item, mark, readers))
    return points


def _point(
    meeting: Meeting, item: AgendaItem, mark: Mark, readers: list[Participant]
) -> ActionPoint:
    return ActionPoint.objects.create(
        circle=meeting.circle,
        meeting=meeting,
        item=item,
        text=mark.text,
        owner=owner_among(readers, mark.owner),
        owner_name=mark.owner,
        due_on=mark.due_on,
    )


def owner_among(readers: list[Participant], written: str) -> Participant | None:
    """Who is meant by a name in the minutes: the address, the full name, or a family name only one person has."""
    if not written:
        return None
    key = same_name_key(written)
    for same in (
        lambda person: person.email == written.lower(),
        lambda person: same_name_key(person.name) == key,
        lambda person: key.endswith(same_name_key(person.name.split()[-1])),
    ):
        found = [person for person in readers if same(person)]
        if len(found) == 1:
            return found[0]
    return None


def _send_minutes(minutes: Minutes, reader: Participant, *, by: Actor, at: datetime) -> None:
    token = issue_link(
        purpose=LinkPurpose.MEETING,
        email=reader.email,
        valid_for=LINK_LASTS,
        by=by,
        at=at,
        obj=minutes,
        single_use=False,
    )
    meeting = minutes.meeting
    notice = from_template(
        NoticeKind.MEETING,
        "meetings/mail/minutes.txt",
        {
            "meeting": meeting,
            "circle": meeting.circle,
            "region": meeting.circle.region,
            "name": reader.name,
            "url": absolute(reverse("meetings:minutes_by_link", args=[token])),
        },
        dedupe_key=f"minutes:{minutes.public_id}",
    )
    notify(notice, at=at, to_email=reader.email, region=meeting.circle.region)


def _send_point(
    point: ActionPoint, template: str, *, occasion: str, by: Actor, at: datetime
) -> None:
    assert point.owner is not None
    token = issue_link(
        purpose=LinkPurpose.TASK,
        email=point.owner.email,
        valid_for=LINK_LASTS,
        by=by,
        at=at,
        obj=point,
        single_use=False,
    )
    notice = from_template(
        NoticeKind.TASK,
        template,
        {
            "point": point,
            "circle": point.circle,
            "region": point.circle.region,
            "meeting": point.meeting,
            "name": point.owner.name,
            "url": absolute(reverse("meetings:point", args=[token])),
        },
        dedupe_key=f"task:{point.public_id}:{occasion}",
    )
    notify(
        notice,
        at=at,
        to_user=user_by_email(point.owner.email),
        to_email=point.owner.email,
        region=point.circle.region,
    )


@transaction.atomic
def finish_point(*, point: ActionPoint, answer: str, by: Actor, at: datetime) -> None:
    """Done; `answer` says how it went. A second time changes only the words."""
    point.done_at, point.answer = point.done_at or at, answer
    point.save(update_fields=["done_at", "answer", "updated_at"])
    record("task.done", by=by, at=at, obj=point, region_id=point.circle.region_id)


@transaction.atomic
def reopen_point(*, point: ActionPoint, by: Actor, at: datetime) -> None:
    """Not done after all: it comes back onto the next agenda."""
    point.done_at = None
    point.save(update_fields=["done_at", "updated_at"])
    record("task.reopened", by=by, at=at, obj=point, region_id=point.circle.region_id)


def remind_of_points(*, at: datetime) -> int:
    """One mail per task, three days before it is due; returns how many."""
    rows = list(points_to_remind(today=day_of(at)).order_by("pk"))
    for row in rows:
        _remind(row, at=at)
    return len(rows)


@transaction.atomic
def _remind(point: ActionPoint, *, at: datetime) -> None:
    unreminded = ActionPoint.objects.filter(pk=point.pk, reminded_at__isnull=True)
    if unreminded.update(reminded_at=at):
        _send_point(point, "meetings/mail/task_due.txt", occasion="due", by=SYSTEM, at=at)
