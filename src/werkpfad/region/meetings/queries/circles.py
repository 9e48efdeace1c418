"""Networks and their people."""

from django.db.models import Count, Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.meetings.models import Circle, CircleMember
from werkpfad.region.network.models import Contact


def steered_circles(grants: Grants) -> QuerySet[Circle]:
    """The circles of the regions somebody coordinates."""
    return Circle.objects.filter(
        region__in=grants.regions_with(Permission.MANAGE_REGION)
    ).select_related("region")


def with_counts(circles: QuerySet[Circle]) -> QuerySet[Circle]:
    """Adds `people`, the number of members."""
    return circles.annotate(people=Count("members"))


def members_of(circle: Circle) -> QuerySet[CircleMember]:
    return (
        CircleMember.objects.filter(circle=circle)
        .select_related("participant__organisation")
        .order_by("participant__name", "pk")
    )


def contacts_to_add(circle: Circle, words: str = "") -> QuerySet[Contact]:
    """Contact persons of the region with an address who are not members yet."""
    contacts = Contact.objects.filter(organisation__region=circle.region_id).exclude(email="")
    members = CircleMember.objects.filter(circle=circle).values("participant__email")
    contacts = contacts.exclude(email__in=members).select_related("organisation")
    for word in words.split()[:5]:
        contacts = contacts.filter(Q(organisation__name__icontains=word) | Q(name__icontains=word))
    return contacts


def steered_members(grants: Grants) -> QuerySet[CircleMember]:
    """Members of the circles somebody steers."""
    return CircleMember.objects.filter(circle__in=steered_circles(grants)).select_related(
        "circle__region", "participant__organisation"
    )
