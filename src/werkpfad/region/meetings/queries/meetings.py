"""Meetings, who answered what, and what stands in whose calendar."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.models import ActionLink, User
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.meetings.enums import Answer, Attending, MeetingState
from werkpfad.region.meetings.models import Meeting, Participant, PeriodChange, Registration
from werkpfad.region.meetings.queries.circles import steered_circles

FEED_REACHES_BACK = timedelta(days=90)


def steered_meetings(grants: Grants) -> QuerySet[Meeting]:
    """All meetings of the circles somebody steers."""
    return Meeting.objects.filter(circle__in=steered_circles(grants)).select_related(
        "circle__region"
    )


def with_answers(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Adds `coming`, of these `seated` in the room, and `waiting`."""
    return meetings.annotate(
        coming=Count("registrations", filter=Q(registrations__answer=Answer.COMING)),
        seated=Count(
            "registrations",
            filter=Q(registrations__answer=Answer.COMING, registrations__attending=Attending.ROOM),
        ),
        waiting=Count("registrations", filter=Q(registrations__answer=Answer.WAITING)),
    )


def registrations_of(meeting: Meeting) -> QuerySet[Registration]:
    return (
        Registration.objects.filter(meeting=meeting)
        .select_related("participant__organisation", "group")
        .order_by("participant__name", "pk")
    )


def own_registrations(grants: Grants) -> QuerySet[Registration]:
    """What somebody with an account was invited to, found by the address of the account."""
    address = User.objects.filter(pk=grants.user_id, is_active=True, email__isnull=False)
    return _whole(Registration.objects.filter(participant__email__in=address.values("email")))


def registration_of(link: ActionLink) -> Registration | None:
    """The registration a mail link was made for, while its address is still the person's."""
    rows = Registration.objects.filter(public_id=link.object_id, participant__email=link.email)
    return _whole(rows).first()


def _whole(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    return rows.select_related("meeting__circle__region", "participant__organisation", "group")


def invited_to(participant: Participant, *, at: datetime) -> QuerySet[Registration]:
    """What a calendar feed shows: meetings of the last three months and all to come, without those declined."""
    rows = Registration.objects.filter(
        participant=participant, meeting__ends_at__gte=at - FEED_REACHES_BACK
    ).exclude(answer=Answer.DECLINED)
    return _whole(rows).order_by("meeting__starts_at", "pk")


def seats_taken(meeting: Meeting) -> int:
    """Registered people in the room; who takes part online needs no seat."""
    return Registration.objects.filter(
        meeting=meeting, answer=Answer.COMING, attending=Attending.ROOM
    ).count()


def in_the_same_room(meeting: Meeting) -> QuerySet[Meeting]:
    """Other meetings of the region that are planned for the same room at an overlapping time."""
    if not meeting.room_key:
        return Meeting.objects.none()
    return (
        Meeting.objects.filter(
            circle__region=meeting.circle.region_id,
            room_key=meeting.room_key,
            starts_at__lt=meeting.ends_at,
            ends_at__gt=meeting.starts_at,
        )
        .exclude(pk=meeting.pk)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("circle")
        .order_by("starts_at", "pk")
    )


def meetings_between(
    grants: Grants, first: date, last: date, *, circle: str, after: datetime
) -> QuerySet[Meeting]:
    """Meetings that can still be moved or called off, from the first to the last day; `circle` empty means all."""
    rows = steered_meetings(grants).exclude(state=MeetingState.CANCELLED)
    if circle:
        rows = rows.filter(circle__public_id=circle)
    return rows.filter(
        starts_at__gt=after, starts_at__date__gte=first, starts_at__date__lte=last
    ).order_by("starts_at", "pk")


def steered_changes(grants: Grants) -> QuerySet[PeriodChange]:
    return PeriodChange.objects.filter(region__in=grants.regions_with(Permission.MANAGE_REGION))


def to_remind(*, at: datetime) -> QuerySet[Registration]:
    """Registered for a meeting of the next 28 hours and not reminded yet."""
    return _whole(
        Registration.objects.filter(
            answer=Answer.COMING,
            reminded_at__isnull=True,
            meeting__state=MeetingState.INVITED,
            meeting__starts_at__gt=at,
            meeting__starts_at__lte=at + timedelta(hours=28),
        )
    )


def to_thank(*, at: datetime) -> QuerySet[Registration]:
    """Were at a meeting that ended two hours to three days ago and have not been asked how it was."""
    return _whole(
        Registration.objects.filter(
            Q(was_there=True) | Q(was_there__isnull=True),
            answer=Answer.COMING,
            thanked_at__isnull=True,
            meeting__state=MeetingState.INVITED,
            meeting__ends_at__gt=at - timedelta(days=3),
            meeting__ends_at__lte=at - timedelta(hours=2),
        )
    )
