"""Opening a page from a mail link: GET shows, POST acts, and a link that ended says so and offers a new one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.models import ActionLink
from werkpfad.base.accounts.queries import find_link
from werkpfad.base.core import clock
from werkpfad.base.core.actor import Actor, by_link
from werkpfad.journey.applications.queries import offers_answered_by
from werkpfad.region.network.models import Organisation

_STATUS = {LinkState.UNKNOWN: 404}


@dataclass(frozen=True, slots=True)
class Opened:
    """A valid link with the company it speaks for, and the ids of the offers for which its address may answer."""

    link: ActionLink
    organisation: Organisation
    offers: tuple[int, ...]
    at: datetime
    today: date

    @property
    def by(self) -> Actor:
        return by_link(self.link.pk)


def company_of(link: ActionLink) -> tuple[Organisation, tuple[int, ...]] | None:
    """The company a link is bound to, with the ids of the offers its address still answers for; None without any."""
    organisation = (
        Organisation.objects.select_related("region", "merged_into__region")
        .filter(public_id=link.object_id)
        .first()
    )
    if organisation is None:
        return None
    organisation = organisation.merged_into or organisation
    found = offers_answered_by(organisation, link.email, today=clock.today())
    offers = tuple(found.values_list("pk", flat=True))
    return (organisation, offers) if offers else None


def open_link(request: HttpRequest, token: str, purpose: LinkPurpose) -> Opened | HttpResponse:
    """The opened link, or the page that says why it does not open."""
    at = clock.now()
    state, link = find_link(token, purpose=purpose, at=at)
    company = company_of(link) if link is not None else None
    if link is None or company is None:
        return closed_page(request, LinkState.UNKNOWN)
    if state is not LinkState.VALID:
        return closed_page(request, state, token=token, purpose=purpose, link=link)
    return Opened(link, *company, at, clock.today())


def closed_page(
    request: HttpRequest,
    state: LinkState,
    *,
    token: str = "",
    purpose: LinkPurpose | None = None,
    link: ActionLink | None = None,
) -> HttpResponse:
    """404 for an unknown link, 410 for one that was valid once."""
    context = {
        "state": str(state),
        "token": token,
        "purpose": str(purpose or ""),
        "address": masked(link.email) if link else "",
    }
    return render(request, "placements/link_closed.html", context, status=_STATUS.get(state, 410))


def masked(email: str) -> str:
    """'i•••@tischlerei.example': enough to recognise one's own address, too little to learn it."""
    name, _, host = email.partition("@")
    return f"{name[:1]}•••@{host}"
