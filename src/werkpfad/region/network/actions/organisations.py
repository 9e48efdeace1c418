"""Organisations: made, edited, released, paused, blocked."""

from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.text import same_name_key
from werkpfad.region.network.actions.sites import save_site
from werkpfad.region.network.enums import OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import Organisation, Region, Site
from werkpfad.region.network.rules import Step, next_status


class StepNotPossible(Exception):
    """The organisation is not in a state in which this can be decided; perhaps somebody else was quicker."""


@transaction.atomic
def create_organisation(
    *,
    region: Region,
    kind: OrganisationKind,
    name: str,
    street: str,
    postal_code: str,
    place_name: str,
    by: Actor,
    at: datetime,
    status: OrganisationStatus = OrganisationStatus.ACTIVE,
) -> Organisation:
    """An organisation with its main site."""
    organisation = Organisation.objects.create(
        region=region, kind=kind, status=status, name=name.strip(), name_key=same_name_key(name)
    )
    save_site(
        site=Site(organisation=organisation, is_main=True),
        street=street,
        postal_code=postal_code,
        place_name=place_name,
        by=by,
        at=at,
    )
    record(
        "organisation.created",
        by=by,
        at=at,
        obj=organisation,
        region_id=region.pk,
        status=str(status),
    )
    return organisation


@transaction.atomic
def edit_organisation(
    *,
    organisation: Organisation,
    name: str,
    website: str,
    description: str,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Change the profile. Raises EditConflict if somebody saved since `seen_version`."""
    organisation.name, organisation.name_key = name.strip(), same_name_key(name)
    organisation.website, organisation.description = website, description
    save_if_unchanged(organisation, seen_version=seen_version)
    record("organisation.edited", by=by, at=at, obj=organisation, region_id=organisation.region_id)


@transaction.atomic
def decide(
    *, organisation: Organisation, step: Step, by: Actor, at: datetime, reason: str = ""
) -> Organisation:
    """Release, pause, resume, block or unblock. Raises StepNotPossible."""
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    status = next_status(locked.status, step)
    if status is None:
        raise StepNotPossible
    locked.status = status
    locked.blocked_reason = reason if status == OrganisationStatus.BLOCKED else ""
    locked.version += 1
    locked.save(update_fields=["status", "blocked_reason", "version", "updated_at"])
    record(f"organisation.{step}", by=by, at=at, obj=locked, region_id=locked.region_id)
    return locked


@transaction.atomic
def forget_unconfirmed(*, before: datetime, by: Actor, at: datetime) -> int:
    """Remove registrations whose address nobody confirmed until `before`; returns how many."""
    rows = Organisation.objects.filter(
        status=OrganisationStatus.REQUESTED, memberships__isnull=True, created_at__lt=before
    )
    count = 0
    for organisation in rows:
        record(
            "organisation.forgotten",
            by=by,
            at=at,
            obj=organisation,
            region_id=organisation.region_id,
        )
        organisation.delete()
        count += 1
    return count
