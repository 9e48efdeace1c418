from datetime import date, timedelta
from typing import Any

from tests.access.route import EVERYBODY, SIGNED_IN, Route
from tests.access.world import NOW, World
from tests.factories.meetings import (
    make_circle,
    make_meeting,
    make_member,
    make_participant,
    make_registration,
)
from werkpfad.base.accounts.actions import issue_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.meetings.actions import open_feed
from werkpfad.region.meetings.models import (
    ActionPoint,
    Circle,
    CircleMember,
    Meeting,
    Minutes,
    NewsIssue,
    PeriodChange,
    Registration,
    Subscription,
)

COORDINATOR = frozenset({"coordinator"})
BOTH = ("GET", "POST")
POST = ("POST",)
# The probes ask the real clock.
FOR_LONG = timedelta(days=3650)


def circle_of(world: World, side: str) -> Circle:
    region = getattr(world, side).region
    return Circle.objects.filter(region=region).first() or make_circle(region=region)


def member_of(world: World, side: str) -> CircleMember:
    circle = circle_of(world, side)
    return circle.members.first() or make_member(circle=circle)


def _circle(side: str) -> Any:
    return lambda world: {"public_id": circle_of(world, side).public_id}


def _member(side: str) -> Any:
    return lambda world: {"public_id": member_of(world, side).public_id}


def _of_circle(**more: Any) -> Route:
    return Route(allowed=COORDINATOR, args=_circle("own"), foreign=_circle("foreign"), **more)


def _of_member(**more: Any) -> Route:
    return Route(allowed=COORDINATOR, args=_member("own"), foreign=_member("foreign"), **more)


def meeting_of(world: World, side: str) -> Meeting:
    circle = circle_of(world, side)
    return circle.meetings.first() or make_meeting(circle=circle)


def registration_of(world: World, side: str) -> Registration:
    """The teacher of that side is invited, was there, and has an account of the same address."""
    meeting = meeting_of(world, side)
    found = meeting.registrations.first()
    if found is not None:
        return found
    email = getattr(world, side).users["teacher"].email
    person = make_participant(region=meeting.circle.region, email=email)
    return make_registration(meeting=meeting, participant=person, answer="coming", was_there=True)


def _meeting(side: str) -> Any:
    return lambda world: {"public_id": meeting_of(world, side).public_id}


def _registration(side: str) -> Any:
    return lambda world: {"public_id": registration_of(world, side).public_id}


def _of_meeting(**more: Any) -> Route:
    return Route(allowed=COORDINATOR, args=_meeting("own"), foreign=_meeting("foreign"), **more)


def _of_registration(**more: Any) -> Route:
    return Route(
        allowed={"teacher"},
        args=_registration("own"),
        foreign=_registration("foreign"),
        **more,
    )


def _feed_token(world: World) -> dict[str, Any]:
    person = registration_of(world, "own").participant
    return {"token": open_feed(participant=person, by=SYSTEM, at=NOW)}


def _change(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        region = getattr(world, side).region
        values = {"deed": "call_off", "first_day": date(2026, 12, 1), "last_day": date(2026, 12, 9)}
        found = PeriodChange.objects.filter(region=region).first()
        return {
            "public_id": (found or PeriodChange.objects.create(region=region, **values)).public_id
        }

    return arguments


def minutes_of(world: World, side: str) -> Minutes:
    """Approved, with a task of the teacher, who was invited to the meeting."""
    meeting = meeting_of(world, side)
    found = Minutes.objects.filter(meeting=meeting).first()
    if found is not None:
        return found
    owner = registration_of(world, side).participant
    ActionPoint.objects.create(
        circle=meeting.circle, meeting=meeting, text="Termin machen", owner=owner
    )
    return Minutes.objects.create(meeting=meeting, approved_at=NOW, search_text="termin")


def point_of(world: World, side: str) -> ActionPoint:
    minutes = minutes_of(world, side)
    return ActionPoint.objects.get(meeting=minutes.meeting)


def _minutes(side: str) -> Any:
    return lambda world: {"public_id": minutes_of(world, side).public_id}


def _point(side: str) -> Any:
    return lambda world: {"public_id": point_of(world, side).public_id}


def _of_minutes() -> Route:
    return Route(
        allowed={"coordinator", "teacher"}, args=_minutes("own"), foreign=_minutes("foreign")
    )


def _link_to(purpose: LinkPurpose, row: Any) -> Any:
    """A token for the teacher's address, to what `row` makes."""

    def arguments(world: World) -> dict[str, Any]:
        token = issue_link(
            purpose=purpose,
            email=registration_of(world, "own").participant.email,
            valid_for=FOR_LONG,
            by=SYSTEM,
            at=NOW,
            obj=row(world, "own"),
            single_use=False,
        )
        return {"token": token}

    return arguments


def draft_of(world: World, side: str) -> NewsIssue:
    circle = circle_of(world, side)
    found = circle.issues.filter(sent_at__isnull=True).first()
    return found or NewsIssue.objects.create(circle=circle, title="Entwurf", text="Text")


def sent_of(world: World, side: str) -> NewsIssue:
    circle = circle_of(world, side)
    found = circle.issues.filter(sent_at__isnull=False).first()
    values = {"title": "Ausgabe 1", "text": "Text", "sent_at": NOW}
    return found or NewsIssue.objects.create(circle=circle, **values)


def _news_token(world: World) -> dict[str, Any]:
    row, _ = Subscription.objects.get_or_create(
        circle=circle_of(world, "own"), email="leser@example.org"
    )
    token = issue_link(
        purpose=LinkPurpose.NEWS,
        email=row.email,
        valid_for=FOR_LONG,
        by=SYSTEM,
        at=NOW,
        obj=row,
        single_use=False,
    )
    return {"token": token}


def _archive(world: World) -> dict[str, Any]:
    return {"public_id": sent_of(world, "own").circle.public_id}


def _sent(world: World) -> dict[str, Any]:
    issue = sent_of(world, "own")
    return {"public_id": issue.circle.public_id, "issue_id": issue.public_id}


def _of_draft() -> Route:
    return Route(
        allowed=COORDINATOR,
        args=lambda world: {"public_id": draft_of(world, "own").public_id},
        foreign=lambda world: {"public_id": draft_of(world, "foreign").public_id},
        methods=BOTH,
    )


ROUTES = {
    "meetings:issues": _of_circle(),
    "meetings:issue_new": _of_circle(methods=BOTH),
    "meetings:issue_edit": _of_draft(),
    "meetings:issue_send": _of_draft(),
    "meetings:news": Route(allowed=EVERYBODY, args=_archive, methods=BOTH),
    "meetings:news_issue": Route(allowed=EVERYBODY, args=_sent),
    "meetings:news_confirm": Route(allowed=EVERYBODY, args=_news_token, methods=BOTH),
    "meetings:news_leave": Route(allowed=EVERYBODY, args=_news_token, methods=BOTH),
    "meetings:news_one_click": Route(
        allowed=EVERYBODY, args=_news_token, methods=POST, post_status=(404,)
    ),
    "meetings:minutes_write": _of_meeting(methods=BOTH),
    "meetings:minutes_approve": _of_meeting(methods=BOTH),
    "meetings:minutes_search": Route(allowed=SIGNED_IN - {"pupil", "guardian"}),
    "meetings:minutes": _of_minutes(),
    "meetings:minutes_pdf": _of_minutes(),
    "meetings:minutes_by_link": Route(
        allowed=EVERYBODY, args=_link_to(LinkPurpose.MEETING, minutes_of)
    ),
    "meetings:minutes_pdf_by_link": Route(
        allowed=EVERYBODY, args=_link_to(LinkPurpose.MEETING, minutes_of)
    ),
    "meetings:points": _of_circle(),
    "meetings:point_toggle": Route(
        allowed=COORDINATOR, args=_point("own"), foreign=_point("foreign"), methods=POST
    ),
    "meetings:point": Route(
        allowed=EVERYBODY, args=_link_to(LinkPurpose.TASK, point_of), methods=BOTH
    ),
    "meetings:period": Route(allowed=COORDINATOR, methods=BOTH),
    "meetings:period_done": Route(
        allowed=COORDINATOR, args=_change("own"), foreign=_change("foreign")
    ),
    "meetings:period_undo": Route(
        allowed=COORDINATOR, args=_change("own"), foreign=_change("foreign"), methods=POST
    ),
    "meetings:circle_list": Route(allowed=COORDINATOR),
    "meetings:circle_new": Route(allowed=COORDINATOR, methods=BOTH),
    "meetings:circle_edit": _of_circle(methods=BOTH),
    "meetings:members": _of_circle(methods=BOTH),
    "meetings:members_from_contacts": _of_circle(methods=BOTH),
    "meetings:participant": _of_member(methods=BOTH),
    "meetings:member_remove": _of_member(methods=BOTH),
    "meetings:circle": _of_circle(),
    "meetings:meeting_new": _of_circle(methods=BOTH),
    "meetings:meeting": _of_meeting(),
    "meetings:meeting_edit": _of_meeting(methods=BOTH),
    "meetings:invite": _of_meeting(methods=BOTH),
    "meetings:meeting_call_off": _of_meeting(methods=BOTH),
    "meetings:meeting_take_up": _of_meeting(methods=POST),
    "meetings:checkin": _of_meeting(methods=BOTH),
    "meetings:checkin_pdf": _of_meeting(),
    "meetings:my_meetings": Route(allowed=SIGNED_IN - {"pupil", "guardian"}),
    "meetings:my_meeting": _of_registration(methods=BOTH),
    "meetings:my_meeting_ics": _of_registration(),
    "meetings:my_meeting_certificate": _of_registration(),
    "meetings:my_meeting_calendar": _of_registration(methods=POST),
    "meetings:answer": Route(
        allowed=EVERYBODY, args=_link_to(LinkPurpose.MEETING, registration_of), methods=BOTH
    ),
    "meetings:answer_ics": Route(
        allowed=EVERYBODY, args=_link_to(LinkPurpose.MEETING, registration_of)
    ),
    "meetings:answer_certificate": Route(
        allowed=EVERYBODY, args=_link_to(LinkPurpose.MEETING, registration_of)
    ),
    "meetings:answer_calendar": Route(
        allowed=EVERYBODY, args=_link_to(LinkPurpose.MEETING, registration_of), methods=POST
    ),
    "meetings:feed": Route(allowed=EVERYBODY, args=_feed_token),
}
