"""Two records of one company made one. Everything that points at the loser moves to the winner, all or nothing.

`HANDLED` names each key to organisations and sites and what becomes of it; a test fails when a new key is missing here.
What the winner has already (the same person in the same role, the same contact, the same address) stays behind with the
loser, which is seen nowhere any more: so nothing is thrown away, and a merge can be taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.models import Record
from werkpfad.base.core.text import same_name_key
from werkpfad.journey.internships.models import Offer
from werkpfad.journey.internships.queries import words_of
from werkpfad.region.atlas.enums import CooperationStatus
from werkpfad.region.atlas.models import Cooperation, MemberEntry
from werkpfad.region.meetings.models import Participant
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.network.models import (
    Contact,
    Invitation,
    Membership,
    Merge,
    Organisation,
    Site,
)
from werkpfad.region.network.rules import merge_problem
from werkpfad.region.notifications.models import Preference


class NotMergeable(Exception):
    """These two cannot be merged, or not be parted again; nothing was written. The text says why, in German."""


@dataclass(slots=True)
class Move:
    """One merge under way; `entries` is the ledger, `sites` maps a loser's site to the winner's with that address."""

    loser: Organisation
    winner: Organisation
    at: datetime
    entries: list[dict[str, Any]] = field(default_factory=list)
    sites: dict[int, Site] = field(default_factory=dict)

    def set(self, obj: Record, **new: Any) -> None:
        """Change a row and remember what it was. A new version tells an import that it is no longer as it left it."""
        old = {name: _plain(getattr(obj, name)) for name in new}
        for name, value in new.items():
            setattr(obj, name, value)
        obj.version += 1
        obj.save(update_fields=[*new, "version", "updated_at"])
        self.entries.append(
            {"model": obj._meta.label_lower, "id": obj.pk, "version": obj.version, "old": old}
        )

    def take(self, obj: Record, **also: Any) -> None:
        """This row is the winner's from now on."""
        self.set(obj, organisation_id=self.winner.pk, **also)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def merge_organisations(
    *, loser: Organisation, winner: Organisation, by: Actor, at: datetime
) -> Merge:
    """Make `loser` a part of `winner`. Raises `NotMergeable`."""
    gone, stays = _locked_pair(loser, winner)
    problem = merge_problem(
        same_region=gone.region_id == stays.region_id and gone.pk != stays.pk,
        kinds=(gone.kind, stays.kind),
        statuses=(gone.status, stays.status),
    )
    if problem:
        raise NotMergeable(problem)
    move = Move(gone, stays, at)
    for handle in HANDLED.values():
        handle(move)
    _fill_gaps(move)
    move.set(gone, status=OrganisationStatus.MERGED, merged_into_id=stays.pk)
    merge = Merge.objects.create(loser=gone, winner=stays, ledger=move.entries)
    record(
        "organisation.merged",
        by=by,
        at=at,
        obj=stays,
        region_id=stays.region_id,
        loser=gone.public_id,
        merge=merge.public_id,
        moved=len(move.entries),
    )
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: Actor, at: datetime) -> None:
    """Part the two again, as long as nobody worked with what was moved. Raises `NotMergeable`."""
    locked = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if locked.undone_at is not None:
        raise NotMergeable("Diese Zusammenführung ist schon rückgängig gemacht.")
    loser, winner = _locked_pair(locked.loser, locked.winner)
    if loser.merged_into_id != winner.pk:
        raise NotMergeable(
            "Der Eintrag, der blieb, ist inzwischen selbst zusammengeführt. Nehmen Sie das zuerst zurück."
        )
    if problem := _obstacle(locked):
        raise NotMergeable(problem)
    for entry in reversed(locked.ledger):
        _restore(entry)
    for offer in Offer.objects.filter(pk__in=_ids(locked, Offer)).select_related("organisation"):
        _refresh_words(offer)
    locked.undone_at = at
    locked.save(update_fields=["undone_at", "updated_at"])
    record(
        "organisation.merge_undone",
        by=by,
        at=at,
        obj=winner,
        region_id=winner.region_id,
        loser=loser.public_id,
        merge=locked.public_id,
    )


def _locked_pair(first: Organisation, second: Organisation) -> tuple[Organisation, Organisation]:
    """Both as stored, locked in order of their ids, so that two merges never wait for each other."""
    rows = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    by_pk = {row.pk: row for row in rows.filter(pk__in=(first.pk, second.pk))}
    return by_pk[first.pk], by_pk[second.pk]


# ---- what becomes of what points at the loser ------------------------------------------------------


def _move_sites(move: Move) -> None:
    """A site with the same address stays behind, its offers go to the winner's."""
    own = list(move.winner.sites.order_by("-is_main", "pk"))
    known = {_address(site): site for site in reversed(own)}
    has_main = any(site.is_main for site in own)
    for site in move.loser.sites.order_by("-is_main", "pk"):
        twin = known.get(_address(site))
        if twin is not None:
            move.sites[site.pk] = twin
        else:
            move.take(site, is_main=site.is_main and not has_main)


def _address(site: Site) -> tuple[str, str]:
    return site.postal_code, same_name_key(site.street)


def _move_contacts(move: Move) -> None:
    known = {_person(contact) for contact in move.winner.contacts.all()}
    for contact in move.loser.contacts.order_by("position", "pk"):
        if _person(contact) not in known:
            move.take(contact)


def _person(contact: Contact) -> tuple[str, str]:
    return same_name_key(contact.name), contact.email.lower()


def _move_memberships(move: Move) -> None:
    """Who holds the same role at both keeps the longer of the two periods."""
    own = {(row.user_id, row.role): row for row in move.winner.memberships.all()}
    for row in Membership.objects.filter(organisation=move.loser).order_by("pk"):
        twin = own.get((row.user_id, row.role))
        if twin is None:
            move.take(row)
        elif _ends_later(row, twin):
            move.set(twin, starts_on=row.starts_on, ends_on=row.ends_on)


def _ends_later(row: Membership, twin: Membership) -> bool:
    return (row.ends_on or date.max) > (twin.ends_on or date.max)


def _move_invitations(move: Move) -> None:
    """Of two open invitations of one address into one role, the winner's holds."""
    own = {
        (row.role, row.email)
        for row in move.winner.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True)
    }
    for row in Invitation.objects.filter(organisation=move.loser).order_by("pk"):
        is_open = row.accepted_at is None and row.revoked_at is None
        if is_open and (row.role, row.email) in own:
            move.set(row, revoked_at=move.at)
        else:
            move.take(row)


def _move_preferences(move: Move) -> None:
    own = set(Preference.objects.filter(organisation=move.winner).values_list("user_id", "kind"))
    for row in Preference.objects.filter(organisation=move.loser).order_by("pk"):
        if (row.user_id, row.kind) not in own:
            move.take(row)


def _move_offers(move: Move) -> None:
    for offer in Offer.objects.filter(organisation=move.loser).order_by("pk"):
        twin = move.sites.get(offer.site_id)
        if twin is None:
            move.take(offer)
        else:
            move.take(offer, site_id=twin.pk, lat=twin.lat, lon=twin.lon)
        _refresh_words(Offer.objects.select_related("organisation").get(pk=offer.pk))


def _refresh_words(offer: Offer) -> None:
    """The name of the company is among the words an offer is found by."""
    Offer.objects.filter(pk=offer.pk).update(search_text=words_of(offer))


def _follow(move: Move) -> None:
    """What was merged into the loser before belongs to the winner too."""
    for row in Organisation.objects.filter(merged_into=move.loser).order_by("pk"):
        move.set(row, merged_into_id=move.winner.pk)


def _stays(move: Move) -> None:
    """Nothing to do: history, or a kind of organisation that is never merged."""


def _move_entry(move: Move) -> None:
    """One entry per organisation: the winner's own stays, without one it takes the loser's."""
    found = MemberEntry.objects.filter(organisation=move.loser).first()
    if found and not MemberEntry.objects.filter(organisation=move.winner).exists():
        move.take(found)


def _move_participants(move: Move) -> None:
    """People in the region's networks come from the winner now; each is known by the address, once per region."""
    for row in Participant.objects.filter(organisation=move.loser).order_by("pk"):
        move.take(row)


def _move_cooperations(move: Move) -> None:
    """The loser's cooperations go on with the winner, unless the winner runs the same with that school."""
    for found in Cooperation.objects.filter(partner=move.loser).order_by("pk"):
        running = Cooperation.objects.filter(
            partner=move.winner, school=found.school_id, kind=found.kind
        ).exclude(status=CooperationStatus.ENDED)
        if found.status == CooperationStatus.ENDED or not running.exists():
            move.set(found, partner_id=move.winner.pk)


HANDLED: dict[str, Callable[[Move], None]] = {
    "network.site.organisation": _move_sites,
    "network.contact.organisation": _move_contacts,
    "network.membership.organisation": _move_memberships,
    "network.invitation.organisation": _move_invitations,
    "notifications.preference.organisation": _move_preferences,
    "internships.offer.organisation": _move_offers,
    "internships.offer.site": _stays,  # moved with the offer's organisation
    "network.organisation.merged_into": _follow,
    "network.merge.loser": _stays,
    "network.merge.winner": _stays,
    "schools.school.organisation": _stays,  # schools are never merged
    "atlas.memberentry.organisation": _move_entry,
    "meetings.participant.organisation": _move_participants,
    "atlas.introduction.asking": _stays,  # a letter that was sent
    "atlas.introduction.other": _stays,
    "atlas.cooperation.school": _stays,  # schools are never merged
    "atlas.cooperation.partner": _move_cooperations,
}


def _fill_gaps(move: Move) -> None:
    """What the winner does not say about itself, the loser's words say."""
    gaps = {
        name: getattr(move.loser, name)
        for name in ("website", "description")
        if getattr(move.loser, name) and not getattr(move.winner, name)
    }
    if gaps:
        move.set(move.winner, **gaps)


# ---- the way back ----------------------------------------------------------------------------------


def _ids(merge: Merge, model: type[Record]) -> list[int]:
    label = model._meta.label_lower
    return [entry["id"] for entry in merge.ledger if entry["model"] == label]


def _obstacle(merge: Merge) -> str | None:
    """Why the two can no longer be parted: what was moved was worked with. People and contacts just go back."""
    offers = _ids(merge, Offer)
    versions = dict(Offer.objects.filter(pk__in=offers).values_list("pk", "version"))
    left = {e["id"]: e["version"] for e in merge.ledger if e["model"] == Offer._meta.label_lower}
    if any(left[pk] != version for pk, version in versions.items()):
        return "Ein übernommenes Angebot wurde seitdem bearbeitet."
    moved_sites = [
        entry["id"]
        for entry in merge.ledger
        if entry["model"] == Site._meta.label_lower and "organisation_id" in entry["old"]
    ]
    if Offer.objects.filter(site__in=moved_sites).exclude(pk__in=offers).exists():
        return "An einem übernommenen Standort gibt es neue Angebote."
    return None


def _restore(entry: dict[str, Any]) -> None:
    """The old values again; what was removed meanwhile stays removed."""
    # The ledger names models of several rooms; importing each of them here would say nothing more.
    model: Any = apps.get_model(entry["model"])  # noqa: TID251
    obj = model.objects.filter(pk=entry["id"]).first()
    if obj is None:
        return
    for name, value in entry["old"].items():
        known = model._meta.get_field(name.removesuffix("_id"))
        setattr(obj, name, value if known.is_relation else known.to_python(value))
    obj.version += 1
    obj.save(update_fields=[*entry["old"], "version", "updated_at"])
