"""Certificates: what was attested is frozen with its hash, and anybody who holds the paper can check it."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.ids import ALPHABET
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.placements.attested import content_of, days_content_of, hash_of
from werkpfad.journey.placements.enums import SEATED
from werkpfad.journey.placements.models import Certificate, DaysCertificate, Placement
from werkpfad.journey.placements.queries import certified_days
from werkpfad.region.schools.models import Pupil

CODE_LENGTH = 12


class NotAttestable(Exception):
    """The pupil was not there on any day, or the placement never took place."""


@transaction.atomic
def issue_certificate(*, placement: Placement, by: Actor, at: datetime) -> Certificate:
    """Issue the certificate with what is known now; a repeat returns the one that exists. Raises `NotAttestable`."""
    existing = Certificate.objects.filter(placement=placement).first()
    if existing is not None:
        return existing
    content = content_of(placement, list(placement.attendances.all()), at=at)
    if placement.state not in SEATED or not content["days_present"]:
        raise NotAttestable
    row = _store(placement, content, by=by, at=at)
    record(
        "placement.certificate",
        by=by,
        at=at,
        obj=placement,
        region_id=placement.slot.programme.region_id,
        certificate=row.public_id,
    )
    return row


def _store(
    placement: Placement, content: dict[str, object], *, by: Actor, at: datetime
) -> Certificate:
    try:
        with transaction.atomic():
            return Certificate.objects.create(
                placement=placement,
                code=_code(),
                content=content,
                content_hash=hash_of(content),
                issued_at=at,
                issued_by_id=by.user_id,
            )
    except IntegrityError:
        # Two clicks at once: the other one was first.
        return Certificate.objects.get(placement=placement)


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, by: Actor, at: datetime) -> Certificate:
    """Make a certificate invalid; the check page says so. A repeat changes nothing."""
    row = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at", "updated_at"])
        placement = Placement.objects.select_related("slot__programme").get(pk=row.placement_id)
        record(
            "placement.certificate_revoked",
            by=by,
            at=at,
            obj=placement,
            region_id=placement.slot.programme.region_id,
            certificate=row.public_id,
        )
    return row


@transaction.atomic
def issue_days_certificate(
    *, pupil: Pupil, programme: Programme, by: Actor, at: datetime
) -> DaysCertificate:
    """The sum sheet of all days certified so far; one that says the same already is returned. Raises `NotAttestable`."""
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    days = list(certified_days(pupil, programme))
    if not days:
        raise NotAttestable
    content = days_content_of(days, at=at)
    latest = (
        DaysCertificate.objects.filter(pupil=pupil, programme=programme).order_by("-pk").first()
    )
    if latest is not None and latest.content["days"] == content["days"]:
        return latest
    row = DaysCertificate.objects.create(
        pupil=pupil,
        programme=programme,
        code=_code(),
        content=content,
        content_hash=hash_of(content),
        issued_at=at,
        issued_by_id=by.user_id,
    )
    record("placement.days_certificate", by=by, at=at, obj=row, region_id=programme.region_id)
    return row


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
