"""Contact persons of an organisation."""

from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.region.network.models import Contact


@transaction.atomic
def save_contact(
    *,
    contact: Contact,
    name: str,
    function: str,
    email: str,
    phone: str,
    is_public: bool,
    by: Actor,
    at: datetime,
) -> Contact:
    """Store a new or changed contact. `is_public`: the person agreed to be shown to everybody."""
    contact.name, contact.function = name.strip(), function.strip()
    contact.email, contact.phone, contact.is_public = email, phone.strip(), is_public
    contact.save()
    record(
        "contact.saved",
        by=by,
        at=at,
        obj=contact,
        region_id=contact.organisation.region_id,
        is_public=is_public,
    )
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: Actor, at: datetime) -> None:
    record("contact.removed", by=by, at=at, obj=contact, region_id=contact.organisation.region_id)
    contact.delete()
