"""Entries, their history, and who speaks for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.text import search_text
from werkpfad.base.occupations.models import Field
from werkpfad.region.atlas.enums import EntryStatus
from werkpfad.region.atlas.models import EntryVersion, MemberEntry
from werkpfad.region.atlas.rules import ASK_AGAIN_AFTER, FRESH_FOR, Content, content_from
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.network.models import Contact, Membership, Organisation
from werkpfad.region.network.queries import running

# Those who speak for an organisation to the network.
SPEAKERS = (
    RoleCode.COMPANY_MANAGER,
    RoleCode.SCHOOL_COORDINATOR,
    RoleCode.PARTNER,
    RoleCode.COORDINATOR,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """An address that speaks for an organisation; `user` is absent for a contact without account."""

    email: str
    user: User | None = None


def public_entries() -> QuerySet[MemberEntry]:
    """What everybody sees: released, of an active organisation."""
    return MemberEntry.objects.filter(
        status=EntryStatus.PUBLIC, organisation__status=OrganisationStatus.ACTIVE
    )


def visible_entries(grants: Grants) -> QuerySet[MemberEntry]:
    """Entries of one's own organisations in any state, and all of a region one manages."""
    managed = grants.regions_with(Permission.MANAGE_ORGANISATIONS)
    return MemberEntry.objects.filter(
        Q(organisation__in=grants.organisations) | Q(region__in=managed)
    ).select_related("organisation__region")


def maintained_entries(grants: Grants) -> QuerySet[MemberEntry]:
    """All entries of the regions whose office somebody is."""
    managed = grants.regions_with(Permission.MANAGE_ORGANISATIONS)
    return MemberEntry.objects.filter(region__in=managed).select_related("organisation")


def latest_content(entry: MemberEntry | None) -> Content:
    """What was saved last, published or not."""
    if entry is None or entry.latest == 0:
        return Content()
    version = entry.versions.filter(number=entry.latest).first()
    return content_from(version.content) if version else Content()


def history_of(entry: MemberEntry, *, most: int = 20) -> list[EntryVersion]:
    """The last versions with their authors, the newest first; one more than `most` to compare with."""
    rows = entry.versions.select_related("author").order_by("-number")
    return list(rows[: most + 1])


def public_contacts(organisations: Iterable[int]) -> QuerySet[Contact]:
    """Contact persons who agreed to be shown to everybody."""
    return Contact.objects.filter(organisation__in=organisations, is_public=True).order_by(
        "organisation", "position", "pk"
    )


def entries_to_ask(*, at: datetime) -> QuerySet[MemberEntry]:
    """Public entries nobody confirmed for a year, and whose owners were not asked lately."""
    return (
        public_entries()
        .filter(confirmed_at__lt=at - FRESH_FOR)
        .filter(Q(asked_at__isnull=True) | Q(asked_at__lt=at - ASK_AGAIN_AFTER))
        .select_related("organisation__region")
        .order_by("pk")
    )


def voices_of(organisation: Organisation, *, today: date) -> list[Voice]:
    """Who is written to: the people who manage it, else its first contact person with an address."""
    rows = Membership.objects.filter(
        organisation=organisation, role__in=SPEAKERS, user__is_active=True
    ).select_related("user")
    found = {
        row.user.email: Voice(row.user.email, row.user)
        for row in running(rows, today=today).order_by("pk")
        if row.user.email
    }
    if found:
        return list(found.values())
    contact = organisation.contacts.exclude(email="").order_by("position", "pk").first()
    return [Voice(contact.email)] if contact else []


def words_of(organisation: Organisation, content: Content) -> str:
    """Everything the search looks at, as index tokens."""
    codes = {code for item in content.items for code in item.fields}
    titles = Field.objects.filter(code__in=codes).values_list("title", flat=True)
    return search_text(
        organisation.name,
        content.intro,
        *organisation.sites.values_list("place_name", flat=True),
        *titles,
        *(part for item in content.items for part in (item.kind.label, item.text, item.keywords)),
    )
