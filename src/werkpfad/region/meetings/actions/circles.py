"""Founding a circle, and who is in it. A person is stored once per region, whatever circles they are in."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.text import same_name_key
from werkpfad.region.meetings.models import Circle, CircleMember, Participant
from werkpfad.region.meetings.rules import PersonLine
from werkpfad.region.network.models import Organisation, Region


class NameTaken(Exception):
    """The region has a circle of this name already."""


@transaction.atomic
def found_circle(*, region: Region, name: str, description: str, by: Actor, at: datetime) -> Circle:
    """Raises NameTaken."""
    if Circle.objects.filter(region=region, name=name).exists():
        raise NameTaken
    circle = Circle.objects.create(region=region, name=name, description=description)
    _record("circle.founded", circle, by=by, at=at)
    return circle


@transaction.atomic
def change_circle(
    *, circle: Circle, name: str, description: str, seen_version: int, by: Actor, at: datetime
) -> None:
    """Raises NameTaken, or EditConflict if somebody saved since `seen_version`."""
    if Circle.objects.filter(region=circle.region_id, name=name).exclude(pk=circle.pk).exists():
        raise NameTaken
    circle.name, circle.description = name, description
    save_if_unchanged(circle, seen_version=seen_version)
    _record("circle.changed", circle, by=by, at=at)


@transaction.atomic
def add_members(
    *, circle: Circle, people: Iterable[PersonLine], by: Actor, at: datetime, today: date
) -> int:
    """Take people into the circle; those who are in already stay as they are. Returns how many are new."""
    wanted = {person.email: person for person in people}
    known = {
        row.email: row
        for row in Participant.objects.filter(region=circle.region_id, email__in=wanted)
    }
    names = {same_name_key(person.organisation) for person in wanted.values()} - {""}
    organisations = {
        row.name_key: row
        for row in Organisation.objects.filter(region=circle.region_id, name_key__in=names)
    }
    new = 0
    for email, person in wanted.items():
        participant = known.get(email) or _participant(circle, person, organisations)
        _, is_new = CircleMember.objects.get_or_create(
            circle=circle, participant=participant, defaults={"joined_on": today}
        )
        new += is_new
    _record("circle.members_added", circle, by=by, at=at, count=new)
    return new


def _participant(
    circle: Circle, person: PersonLine, organisations: dict[str, Organisation]
) -> Participant:
    organisation = organisations.get(same_name_key(person.organisation))
    return Participant.objects.create(
        region_id=circle.region_id,
        name=person.name,
        email=person.email,
        organisation=organisation,
        organisation_name="" if organisation else person.organisation,
    )


@transaction.atomic
def change_participant(
    *,
    participant: Participant,
    name: str,
    organisation_name: str,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Correct name and organisation, in all circles at once. Raises EditConflict."""
    key = same_name_key(organisation_name)
    organisation = Organisation.objects.filter(region=participant.region_id, name_key=key).first()
    participant.name = name
    participant.organisation = organisation if key else None
    participant.organisation_name = "" if organisation else organisation_name
    save_if_unchanged(participant, seen_version=seen_version)
    record("participant.changed", by=by, at=at, obj=participant, region_id=participant.region_id)


@transaction.atomic
def remove_member(*, member: CircleMember, by: Actor, at: datetime) -> None:
    """The person leaves this circle; what they said at meetings stays in its minutes."""
    _record("circle.member_removed", member.circle, by=by, at=at, member=member.public_id)
    member.delete()


def _record(event: str, circle: Circle, *, by: Actor, at: datetime, **facts: object) -> None:
    record(event, by=by, at=at, obj=circle, region_id=circle.region_id, **facts)
