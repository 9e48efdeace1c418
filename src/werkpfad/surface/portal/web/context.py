"""What the page frame shows around every page: menu, account, organisations, region, footer, demo bar."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.accounts.roles import role
from werkpfad.base.core import clock
from werkpfad.base.core.ui.parts import Link
from werkpfad.region.network.models import Membership
from werkpfad.region.network.request import membership_of, memberships_of
from werkpfad.region.notifications.queries import announcements_for
from werkpfad.surface.portal.navigation import menu_for

FOOTER = (
    ("Netzwerkkarte", "atlas:network"),
    ("Hilfe", "portal:help"),
    ("Impressum", "portal:imprint"),
    ("Datenschutz", "portal:privacy"),
    ("Barrierefreiheit", "portal:accessibility"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of `base.html`. No query: what is not on the request already is asked by the page that shows it."""
    grants = grants_of(request)
    membership = membership_of(request)
    region = membership.organisation.region if membership else None
    context: dict[str, Any] = {
        "demo_bar_template": "portal/_demo_bar.html" if settings.DEMO else "",
        "footer_links": [Link(label, reverse(route)) for label, route in FOOTER],
        "sign_in_url": settings.LOGIN_URL,
        "home_url": reverse("portal:start" if grants.user_id else "portal:landing"),
        "region_name": region.name if region else "",
        "branding_url": reverse("network:branding")
        if region is not None and region.accent_hue is not None
        else "",
    }
    if grants.user_id is None:
        return context
    return context | {
        "nav": _nav(request, grants),
        "account": _account(request, grants, membership),
        "organisations": _organisations(request),
        "switch_organisation_url": reverse("network:switch"),
        # Asked only by the start pages, which show them.
        "announcements": announcements_for(membership, today=clock.today()),
    }


def _nav(request: HttpRequest, grants: Grants) -> list[Link]:
    links = []
    for entry in menu_for(grants):
        url = reverse(entry.route)
        here = request.path == url if url == "/start/" else request.path.startswith(url)
        links.append(Link(entry.label, url, entry.icon, current=here))
    return links


def _account(request: HttpRequest, grants: Grants, membership: Membership | None) -> dict[str, Any]:
    """Pupils and guardians have no name here: the school knows it, the frame need not."""
    user = request.user
    held = role(membership.role) if membership else None
    kind = UserKind(user.kind)
    name = user.display_name if kind is UserKind.STAFF else kind.label
    title = held.title if held else ("Betrieb der Plattform" if user.is_operator else "")
    return {
        "name": name,
        "initials": "".join(part[0] for part in name.split()[:2]).upper(),
        "role": title if title != name else "",
        "links": _account_links(grants, kind),
        "sign_out_url": reverse("accounts:sign_out"),
    }


def _account_links(grants: Grants, kind: UserKind) -> list[Link]:
    links = [Link("Konto und Sicherheit", reverse("accounts:account"), "key")]
    if kind is UserKind.STAFF:
        links.append(Link("Meine Treffen", reverse("meetings:my_meetings"), "calendar-today"))
    if grants.has(Permission.IMPORT_DATA):
        links.append(Link("Importe", reverse("exchange:import_list"), "upload"))
    if grants.has(Permission.MANAGE_REGION):
        links += [
            Link("Region einrichten", reverse("network:region"), "sliders"),
            Link("Hinweise", reverse("notifications:announcement_list"), "info"),
            Link("Einträge im Netzwerk", reverse("atlas:care"), "map-pin"),
            Link("Verschickte Mails", reverse("notifications:mail_log"), "mail"),
        ]
    return links


def _organisations(request: HttpRequest) -> list[dict[str, Any]]:
    memberships, current = memberships_of(request), membership_of(request)
    if len(memberships) < 2:
        return []
    return [
        {
            "value": membership.public_id,
            "label": membership.organisation.name,
            "current": current is not None and membership.pk == current.pk,
        }
        for membership in memberships
    ]
