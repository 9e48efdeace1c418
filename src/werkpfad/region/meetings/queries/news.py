"""Newsletters: drafts for the office, sent issues for everybody."""

from django.db.models import QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.models import ActionLink
from werkpfad.region.meetings.models import Circle, NewsIssue, Subscription
from werkpfad.region.meetings.queries.circles import steered_circles


def steered_issues(grants: Grants) -> QuerySet[NewsIssue]:
    return NewsIssue.objects.filter(circle__in=steered_circles(grants)).select_related(
        "circle__region"
    )


def circles_with_news() -> QuerySet[Circle]:
    """Circles that have sent something: their archive is public. Others do not exist for visitors."""
    return Circle.objects.filter(issues__sent_at__isnull=False).distinct().select_related("region")


def archive_of(circle: Circle) -> QuerySet[NewsIssue]:
    """Sent issues, the newest first."""
    return NewsIssue.objects.filter(circle=circle, sent_at__isnull=False).order_by(
        "-sent_at", "-pk"
    )


def drafts_of(circle: Circle) -> QuerySet[NewsIssue]:
    return NewsIssue.objects.filter(circle=circle, sent_at__isnull=True).order_by("-created_at")


def receivers_of(circle: Circle) -> int:
    return Subscription.objects.filter(circle=circle, confirmed_at__isnull=False).count()


def subscription_of(link: ActionLink) -> Subscription | None:
    """The subscription a link was made for, while it exists."""
    rows = Subscription.objects.filter(public_id=link.object_id, email=link.email)
    return rows.select_related("circle__region").first()
