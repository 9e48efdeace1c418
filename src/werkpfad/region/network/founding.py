"""Founding a region promises: with its first row it has an office and somebody who may steer it."""

from datetime import datetime

from django.db import transaction

from werkpfad.base.accounts.actions import create_user
from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.queries import user_by_email
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.text import same_name_key
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Membership, Organisation, Region


class RegionExists(Exception):
    """The short name is taken; nothing was written."""


@transaction.atomic
def found_region(
    *,
    slug: str,
    name: str,
    state: str,
    office_name: str,
    email: str,
    given_name: str = "",
    family_name: str = "",
    by: Actor,
    at: datetime,
) -> Region:
    """Create region, office and first coordinator; a person known by the address gets the role added."""
    if Region.objects.filter(slug=slug).exists():
        raise RegionExists
    region = Region.objects.create(slug=slug, name=name, state=state, contact_email=email)
    office = Organisation.objects.create(
        region=region,
        kind=OrganisationKind.OFFICE,
        name=office_name,
        name_key=same_name_key(office_name),
    )
    user = user_by_email(email) or create_user(
        kind=UserKind.STAFF,
        email=email,
        given_name=given_name,
        family_name=family_name,
        by=by,
        at=at,
    )
    Membership.objects.create(user=user, organisation=office, role=RoleCode.COORDINATOR)
    record("region.founded", by=by, at=at, obj=region, region_id=region.pk)
    return region
