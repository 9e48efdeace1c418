"""Entries: written by their owners, released by the office (or at once where it trusts), confirmed once a year."""

from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actions import EditConflict, record
from werkpfad.base.core.actor import Actor
from werkpfad.region.atlas.enums import EntryStatus
from werkpfad.region.atlas.models import EntryItem, EntryVersion, MemberEntry
from werkpfad.region.atlas.notices import entry_released, entry_waits
from werkpfad.region.atlas.queries import latest_content, voices_of, words_of
from werkpfad.region.atlas.rules import Content, as_data, content_from, publish_problem
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation
from werkpfad.region.notifications.actions import notify


class NotPublishable(Exception):
    """The entry says too little to be shown, or nothing waits; the text says what to do, in German."""


@transaction.atomic
def save_content(
    *, organisation: Organisation, content: Content, seen_version: int, by: Actor, at: datetime
) -> MemberEntry:
    """Store what an owner wrote as the next version; nobody else sees it yet. The first one makes the entry.

    `seen_version` is the entry's version when the page was opened, 0 without an entry. Raises `EditConflict`.
    """
    entry, made = MemberEntry.objects.select_for_update(of=("self",)).get_or_create(
        organisation=organisation, defaults={"region": organisation.region}
    )
    if not made and entry.version != seen_version:
        raise EditConflict
    entry.latest += 1
    # What was handed in waits no longer: the office should read what is meant now.
    entry.submitted = None
    entry.version += 0 if made else 1
    entry.save()
    EntryVersion.objects.create(
        entry=entry,
        number=entry.latest,
        content=as_data(content),
        author_id=by.user_id,
        saved_at=at,
    )
    _record("saved", entry, by=by, at=at, number=entry.latest)
    return entry


@transaction.atomic
def publish_entry(*, entry: MemberEntry, by: Actor, at: datetime, today: date) -> bool:
    """Show what was written last; True if everybody sees it now, False if the office has to look first.

    Raises `NotPublishable`.
    """
    locked = _locked(entry)
    _require_publishable(locked)
    if locked.is_trusted:
        _release(locked, locked.latest, at=at)
        _record("published", locked, by=by, at=at, number=locked.latest)
        return True
    locked.submitted = locked.latest
    _save(locked)
    _record("submitted", locked, by=by, at=at, number=locked.latest)
    for office in Organisation.objects.filter(
        region=locked.region_id, kind=OrganisationKind.OFFICE
    ).order_by("pk"):
        for voice in voices_of(office, today=today):
            notify(
                entry_waits(locked),
                at=at,
                to_user=voice.user,
                to_email=voice.email,
                region=locked.region,
                organisation=office,
            )
    return False


@transaction.atomic
def release_entry(*, entry: MemberEntry, by: Actor, at: datetime, today: date) -> None:
    """The office shows what was handed in, or what was written last, and tells the owners. Raises `NotPublishable`."""
    locked = _locked(entry)
    _require_publishable(locked)
    number = locked.submitted or locked.latest
    _release(locked, number, at=at)
    _record("released", locked, by=by, at=at, number=number)
    for voice in voices_of(locked.organisation, today=today):
        if voice.user is None or voice.user.pk != by.user_id:
            notify(
                entry_released(locked, number),
                at=at,
                to_user=voice.user,
                to_email=voice.email,
                region=locked.region,
                organisation=locked.organisation,
            )


@transaction.atomic
def withdraw_entry(*, entry: MemberEntry, by: Actor, at: datetime) -> None:
    """Nobody sees it any more; what was written stays with its owners."""
    locked = _locked(entry)
    locked.status, locked.submitted = EntryStatus.WITHDRAWN, None
    _save(locked)
    locked.items.all().delete()
    _record("withdrawn", locked, by=by, at=at)


@transaction.atomic
def trust_entry(*, entry: MemberEntry, trusted: bool, by: Actor, at: datetime) -> None:
    """From now on changes of this organisation are public at once, or have to be released again."""
    locked = _locked(entry)
    locked.is_trusted = trusted
    _save(locked)
    _record("trusted" if trusted else "distrusted", locked, by=by, at=at)


@transaction.atomic
def confirm_entry(*, entry: MemberEntry, by: Actor, at: datetime) -> None:
    """Somebody of the organisation says that all is still right."""
    locked = _locked(entry)
    locked.confirmed_at = at
    _save(locked)
    _record("confirmed", locked, by=by, at=at)


def _locked(entry: MemberEntry) -> MemberEntry:
    rows = MemberEntry.objects.select_for_update(of=("self",)).select_related(
        "organisation", "region"
    )
    return rows.get(pk=entry.pk)


def _save(entry: MemberEntry) -> None:
    entry.version += 1
    entry.save()


def _require_publishable(entry: MemberEntry) -> None:
    if problem := publish_problem(latest_content(entry)):
        raise NotPublishable(problem)


def _release(entry: MemberEntry, number: int, *, at: datetime) -> None:
    content = content_from(entry.versions.get(number=number).content)
    entry.status, entry.published, entry.submitted = EntryStatus.PUBLIC, number, None
    entry.published_at = entry.confirmed_at = at
    entry.content = as_data(content)
    entry.search_text = words_of(entry.organisation, content)
    _save(entry)
    entry.items.all().delete()
    EntryItem.objects.bulk_create(items_for(entry, content))


def items_for(entry: MemberEntry, content: Content) -> list[EntryItem]:
    """The unsaved rows behind the items of `content`, in their order."""
    return [
        EntryItem(
            entry=entry,
            key=item.key,
            position=position,
            direction=item.direction,
            kind=item.kind,
            text=item.text,
            fields=list(item.fields),
            forms=list(item.forms),
            first_grade=item.first_grade,
            last_grade=item.last_grade,
        )
        for position, item in enumerate(content.items)
    ]


def _record(event: str, entry: MemberEntry, *, by: Actor, at: datetime, **facts: int) -> None:
    record(f"entry.{event}", by=by, at=at, obj=entry, region_id=entry.region_id, **facts)
