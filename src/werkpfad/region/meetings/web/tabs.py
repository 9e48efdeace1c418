"""The parts of one network as tabs."""

from django.urls import reverse

from werkpfad.base.core.ui.parts import Link
from werkpfad.region.meetings.models import Circle

TABS = (
    ("Treffen", "meetings:circle", "calendar-today"),
    ("Aufgaben", "meetings:points", "task"),
    ("Rundbrief", "meetings:issues", "mail"),
    ("Mitglieder", "meetings:members", "users"),
)


def tabs_of(circle: Circle, current: str) -> list[Link]:
    """`current` is the route one is on."""
    return [
        Link(label, reverse(route, args=[circle.public_id]), icon, current=route == current)
        for label, route, icon in TABS
    ]
