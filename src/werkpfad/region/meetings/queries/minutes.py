"""Minutes somebody may read, what is found in them, and tasks that are open."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.models import ActionLink, User
from werkpfad.base.core.text import tokens
from werkpfad.region.meetings.models import (
    ActionPoint,
    Circle,
    CircleMember,
    Meeting,
    Minutes,
    Participant,
    Registration,
)
from werkpfad.region.meetings.queries.circles import steered_circles

MOST_WORDS = 8


def visible_minutes(grants: Grants) -> QuerySet[Minutes]:
    """Approved minutes of circles one steers or belongs to, and of meetings one was invited to."""
    address = User.objects.filter(pk=grants.user_id, is_active=True, email__isnull=False)
    member = CircleMember.objects.filter(
        circle=OuterRef("meeting__circle"), participant__email__in=address.values("email")
    )
    invited = Registration.objects.filter(
        meeting=OuterRef("meeting"), participant__email__in=address.values("email")
    )
    return Minutes.objects.filter(
        Q(meeting__circle__in=steered_circles(grants)) | Exists(member) | Exists(invited)
    ).select_related("meeting__circle__region")


def search_words(words: str) -> list[str]:
    """Stemmed tokens to look for, at most eight."""
    return [token for token in tokens(words) if token.isalnum()][:MOST_WORDS]


def with_words(minutes: QuerySet[Minutes], words: str) -> QuerySet[Minutes]:
    """Minutes that hold every word, whole or as a part of a compound: 'Betrieb' finds 'Ausbildungsbetrieb'."""
    for token in search_words(words):
        minutes = minutes.filter(search_text__contains=token)
    return minutes


def minutes_of(link: ActionLink) -> Minutes | None:
    """The minutes a mail link was made for, while its address belongs to somebody of the region."""
    if link.object_kind != "meetings.minutes":
        return None
    found = Minutes.objects.select_related("meeting__circle__region").filter(
        public_id=link.object_id
    )
    row = found.first()
    if row is None:
        return None
    people = Participant.objects.filter(region=row.meeting.circle.region_id, email=link.email)
    return row if people.exists() else None


def readers_of(meeting: Meeting) -> QuerySet[Participant]:
    """Members of the circle and everybody who was invited, each once."""
    return Participant.objects.filter(
        Q(circle_memberships__circle=meeting.circle_id) | Q(registrations__meeting=meeting)
    ).distinct()


def open_points(circle: Circle) -> QuerySet[ActionPoint]:
    """Tasks nobody has done yet, the most urgent first, those without date last."""
    return (
        ActionPoint.objects.filter(circle=circle, done_at__isnull=True)
        .select_related("owner__organisation", "meeting")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def points_of(circle: Circle) -> QuerySet[ActionPoint]:
    return ActionPoint.objects.filter(circle=circle).select_related(
        "owner__organisation", "meeting", "circle__region"
    )


def steered_points(grants: Grants) -> QuerySet[ActionPoint]:
    return ActionPoint.objects.filter(circle__in=steered_circles(grants)).select_related(
        "circle__region", "meeting", "owner"
    )


def point_of(link: ActionLink) -> ActionPoint | None:
    """The task a mail link was made for, while its address is still the owner's."""
    rows = ActionPoint.objects.filter(public_id=link.object_id, owner__email=link.email)
    return rows.select_related("circle__region", "meeting", "owner").first()


def points_to_remind(*, today: date) -> QuerySet[ActionPoint]:
    """Open tasks due in the next three days or overdue, whose owner has not been reminded."""
    return ActionPoint.objects.filter(
        done_at__isnull=True,
        reminded_at__isnull=True,
        owner__isnull=False,
        due_on__lte=today + timedelta(days=3),
    ).select_related("circle__region", "meeting", "owner")
